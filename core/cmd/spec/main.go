// Command spec writes core/RULES.md: every rule of http.server's behaviour
// with its text and the tests that show it. It fails if a rule has no test,
// or if the source names a rule that does not exist.
//
// A test says what it shows in a comment above it, or inside it beside the
// case that does:
//
//	// spec: R-3 R-4
//	// departs: K-8
//
// The first kind says that the server does what http.server does; the second
// that it deliberately does something else, and in parentheses the rule that
// asks for it. A rule in parentheses counts as shown by that test.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// document is the file that is written, below the root of the module.
const document = "core/RULES.md"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "spec:", err)
		os.Exit(1)
	}
}

func run() error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	rules := Rules()
	tags, err := Tags(root)
	if err != nil {
		return err
	}
	mentions, err := Mentions(root)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, document), Markdown(rules, tags), 0o644); err != nil {
		return err
	}
	problems := Problems(rules, tags, mentions)
	for _, p := range problems {
		fmt.Println(p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%d problems", len(problems))
	}
	fmt.Printf("%s: %d rules, each with a test.\n", document, len(rules))
	return nil
}

// moduleRoot is the nearest folder above the current one with a go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod above %s", dir)
		}
		dir = parent
	}
}
