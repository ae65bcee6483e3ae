//go:build app

package main

import (
	"embed"
	"io/fs"
)

//go:embed all:appdist
var appdist embed.FS

// embeddedApp is the browser edition in this binary.
func embeddedApp() (fs.FS, error) { return fs.Sub(appdist, "appdist") }
