//go:build js

// Package browsertest is what the tests of the browser's file systems share:
// files, a directory handle as Chromium has it, and what each of the file
// systems has to pass.
package browsertest

import (
	"strings"
	"syscall/js"
	"testing"
)

// Tree is what the tests serve, path to content.
var Tree = map[string]string{
	"index.html":            "<p>root",
	"empty.txt":             "",
	"css/site.css":          "p { color: red }",
	"docs/a b#c?d%20'\".md": "odd name",
	"docs/deep/er/x.js":     "export default 1",
	"docs/ümläut 😀.txt":     "Grüße",
	"big.bin":               strings.Repeat("0123456789abcdef", 64),
}

// Paths returns the files of Tree.
func Paths() (names []string) {
	for name := range Tree {
		names = append(names, name)
	}
	return names
}

// AddTree adds the files of Tree to a list.
func AddTree(t *testing.T, add func(name string, file js.Value) error) {
	for name, content := range Tree {
		if err := add(name, File(name, content)); err != nil {
			t.Fatal(err)
		}
	}
}

// Modified is the last change of every file of Tree, in ms.
const Modified = 1_600_000_000_123

// File makes a File.
func File(name, content string) js.Value {
	options := map[string]any{"lastModified": Modified}
	return js.Global().Get("File").New([]any{content}, name, options)
}

// Unreadable is a File that the browser refuses to read, with an exception of
// that name.
func Unreadable(exception string) js.Value {
	return js.Global().Get("Function").New("file", "name", `
		file.arrayBuffer = () => Promise.reject(new DOMException("The operation was refused. ", name));
		file.slice = () => file;
		return file`).Invoke(File("changed.txt", "x"), exception)
}

// Rewritten is a File whose content on the disk became another, as Firefox has
// it: its size stays, and reading it gives what is there now.
func Rewritten(was, now string) js.Value {
	return js.Global().Get("Function").New("file", "now", `
		file.arrayBuffer = () => now.arrayBuffer();
		file.slice = (from, to) => now.slice(from, Math.min(to, file.size));
		return file`).Invoke(File("changed.txt", was), File("changed.txt", now))
}
