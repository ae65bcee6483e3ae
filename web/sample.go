// Package web holds what the browser edition ships beside its programs.
package web

import "embed"

// Sample is the built-in sample site, below the folder sample. The names in
// it are chosen to show something: a space, a number sign, a percent sign, a
// letter outside ASCII, a folder without an index page.
//
//go:embed sample
var Sample embed.FS
