//go:build !js

// Command skipped runs go test and keeps a list of the tests that were
// skipped, so that a run that compared less than it could says so:
//
//	skipped -to FILE go test ./...
//	skipped -report FILE...
//
// The first form prints what go test prints, writes a line for each skipped
// test into FILE, and exits as go test does. The second prints these lines
// and, last, one that holds each reason once. make test ends with it.
//
// A test that is skipped because another target of the Makefile runs it says
// "see make TARGET" as its reason, and is left out.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

func main() {
	to := flag.String("to", "", "the file for the list of skipped tests")
	last := flag.Bool("report", false, "print the lists in the files named")
	flag.Parse()
	code, err := 0, error(nil)
	switch {
	case *last:
		err = report(os.Stdout, flag.Args())
	case *to == "" || flag.NArg() < 2:
		flag.Usage()
		code = 2
	default:
		code, err = run(*to, flag.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "skipped:", err)
		code = 1
	}
	os.Exit(code)
}

// run runs "go test" with its arguments and returns its exit code.
func run(to string, command []string) (code int, err error) {
	args := slices.Insert(slices.Clone(command[1:]), 1, "-json")
	cmd := exec.Command(command[0], args...)
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	list, err := read(events, os.Stdout)
	failed := cmd.Wait()
	if err != nil {
		return 0, err
	}
	if err := os.WriteFile(to, []byte(strings.Join(list, "")), 0o644); err != nil {
		return 0, err
	}
	var exit *exec.ExitError
	if errors.As(failed, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, failed
}

// event is a line of go test -json; see go doc test2json.
type event struct {
	Action, Package, Test, Output string
}

var (
	// boring is what go test prints only with -v, which -json includes.
	boring = regexp.MustCompile(`^(=== |PASS$|\s*--- (PASS|SKIP))`)
	// logged is a line of a test: the rest is what it said.
	logged = regexp.MustCompile(`^\s+\S+_test\.go:\d+: (.*)`)
)

// read writes what go test without -json prints to w, and returns a line for
// each skipped test.
func read(r io.Reader, w io.Writer) (skipped []string, err error) {
	said := map[string][]string{} // package and test: its output
	failures := map[string][]string{}
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil {
				fmt.Fprint(w, line) // not of go test -json
				continue
			}
			key := e.Package + " " + e.Test
			switch {
			case e.Action == "build-output", e.Action == "output" && e.Test == "":
				if !boring.MatchString(strings.TrimSuffix(e.Output, "\n")) {
					if strings.HasPrefix(e.Output, "FAIL") {
						fmt.Fprint(w, strings.Join(failures[e.Package], ""))
						delete(failures, e.Package)
					}
					fmt.Fprint(w, e.Output)
				}
			case e.Action == "output":
				said[key] = append(said[key], e.Output)
			case e.Action == "fail" && e.Test != "":
				for _, text := range said[key] {
					if !boring.MatchString(text) {
						failures[e.Package] = append(failures[e.Package], text)
					}
				}
				delete(said, key)
			case e.Action == "skip" && e.Test != "":
				if why := reason(said[key]); !strings.Contains(why, "see make ") {
					skipped = append(skipped, fmt.Sprintf("%s %s: %s\n", strings.TrimPrefix(e.Package, "vitrine/"), e.Test, why))
				}
				delete(said, key)
			case e.Action == "fail":
				// A test that never ended, as after a panic, has no event of
				// its own.
				for key, text := range said {
					if strings.HasPrefix(key, e.Package+" ") {
						fmt.Fprint(w, strings.Join(text, ""))
						delete(said, key)
					}
				}
			case e.Action == "pass":
				delete(said, key)
			}
		}
		if errors.Is(err, io.EOF) {
			return skipped, nil
		}
		if err != nil {
			return skipped, err
		}
	}
}

// reason is what a skipped test said last.
func reason(output []string) string {
	why := "no reason given"
	for _, line := range output {
		if m := logged.FindStringSubmatch(line); m != nil {
			why = strings.TrimSpace(m[1])
		}
	}
	return why
}

// report prints the lists in files. One that is not there is empty: its tests
// were not run.
func report(w io.Writer, files []string) error {
	var reasons []string
	count := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for line := range strings.Lines(string(text)) {
			count++
			fmt.Fprint(w, "skipped: ", line)
			_, why, _ := strings.Cut(strings.TrimSpace(line), ": ")
			if !slices.Contains(reasons, why) {
				reasons = append(reasons, why)
			}
		}
	}
	if count == 0 {
		fmt.Fprintln(w, "All tests passed, none was skipped.")
		return nil
	}
	fmt.Fprintf(w, "All tests passed; %d skipped: %s.\n", count, strings.Join(reasons, "; "))
	return nil
}
