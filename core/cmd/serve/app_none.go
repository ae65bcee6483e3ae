//go:build !app

package main

import (
	"errors"
	"io/fs"
)

// embeddedApp fails: this binary was built without the browser edition.
func embeddedApp() (fs.FS, error) {
	return nil, errors.New("this binary was built without the browser edition: build it with \"make build\", or name a folder that has it with --app=DIST")
}
