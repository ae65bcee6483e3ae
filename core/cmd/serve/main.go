// Command serve serves a directory as a web site, as python -m http.server
// does: the same options, the same messages, the same responses.
//
// The one rule: what http.server prints on standard output is printed there
// unchanged, so that scripts can wait for it; everything else goes to
// standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"vitrine/core/internal/version"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program; it returns the exit code: 0 after a stop that was
// asked for, 1 when it could not serve, 2 for a wrong command line.
func run(args []string, stdout, stderr io.Writer) int {
	c, err := parse(args)
	var usage *usageError
	switch {
	case c.help:
		fmt.Fprint(stdout, c.commandLine().helpText())
		return 0
	case c.version:
		fmt.Fprintln(stdout, "Vitrine "+version.Number)
		return 0
	case errors.As(err, &usage):
		if !usage.brief {
			fmt.Fprint(stderr, c.commandLine().usage())
		}
		fmt.Fprintf(stderr, "%s: error: %s\n", prog, usage.text)
		return 2
	}
	s, err := start(c, stderr)
	if errors.As(err, &usage) {
		fmt.Fprintf(stderr, "%s%s: error: %s\n", c.commandLine().usage(), prog, usage.text)
		return 2
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: error: %s\n", prog, err)
		return 1
	}
	defer s.close()
	signals := catchSignals()
	s.printBanner(stdout, stderr)
	return s.serve(untilSignal(signals, stdout, s.stopScripts), stderr)
}

// catchSignals is called before the server says where it listens, so
// that no signal to stop finds the program unprepared.
func catchSignals() <-chan os.Signal {
	// A write to a closed standard output or error must not kill the server.
	// Catching the signal, unlike ignoring it, is not inherited by scripts.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	// The end of the terminal must not leave scripts behind; nohup counts.
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(signals, syscall.SIGHUP)
	}
	return signals
}

// untilSignal returns a context that the first signal to stop ends. The
// second one ends the program, atOnce before it: a stop is never refused.
func untilSignal(signals <-chan os.Signal, stdout io.Writer, atOnce func()) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		// Differs from http.server: SIGTERM stops as gently as SIGINT, and
		// both let responses under way finish (B-4).
		if <-signals == os.Interrupt {
			say(stdout, "\nKeyboard interrupt received, exiting.\n")
		}
		cancel()
		<-signals
		atOnce()
		os.Exit(0)
	}()
	return ctx
}

// say writes text, and waits no longer than logTimeout for who reads it.
func say(w io.Writer, text string) {
	said := make(chan struct{})
	go func() {
		io.WriteString(w, text)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(logTimeout):
	}
}
