// Command spec prints every rule of http.server's behaviour with the tests
// that show it, and fails if one has none.
//
// A test says what it shows in a comment above it, or inside it beside the
// case that does:
//
//	// spec: R-3 R-4
//	// departs: K-8
//
// The first kind says that the server does what http.server does; the second
// that it deliberately does something else, and in parentheses the rule that
// asks for it. A rule in parentheses counts as shown by that test. A comment
// that names a rule nobody knows is a mistake and ends the program with 1.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	root, err := moduleRoot()
	if err == nil {
		var complete bool
		if complete, err = report(os.Stdout, root); err == nil && complete {
			return
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "spec:", err)
	}
	os.Exit(1)
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

// report prints the table of all rules and says whether each has a test and
// each tag a rule.
func report(w io.Writer, root string) (complete bool, err error) {
	rules := Rules()
	tags, err := Tags(root)
	if err != nil {
		return false, err
	}
	shown, departs := map[string][]string{}, map[string][]string{}
	known := map[string]bool{}
	for _, r := range rules {
		known[r.ID] = true
	}
	var strangers []string
	for _, t := range tags {
		if !known[t.Rule] {
			strangers = append(strangers, t.Test+" names "+t.Rule)
			continue
		}
		if t.Departs {
			note := t.Test
			if t.Because != "" {
				note += " (" + t.Because + ")"
			}
			departs[t.Rule] = add(departs[t.Rule], note)
		} else {
			shown[t.Rule] = add(shown[t.Rule], t.Test)
		}
	}

	out := bufio.NewWriter(w)
	defer out.Flush()
	fmt.Fprint(out, "| rule | what | shown by | departures |\n| --- | --- | --- | --- |\n")
	var missing []string
	for _, r := range rules {
		if shown[r.ID] == nil && departs[r.ID] == nil {
			missing = append(missing, r.ID)
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", r.ID, r.Title,
			strings.Join(shown[r.ID], ", "), strings.Join(departs[r.ID], ", "))
	}
	fmt.Fprintf(out, "\n%d rules, %d shown by tests, %d with a departure, %d missing.\n",
		len(rules), len(shown), len(departs), len(missing))
	if len(missing) > 0 {
		fmt.Fprintln(out, "No test shows:", strings.Join(missing, " "))
	}
	for _, s := range strangers {
		fmt.Fprintln(out, "No such rule:", s)
	}
	return len(missing) == 0 && len(strangers) == 0, nil
}

// add appends s unless it is there.
func add(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
