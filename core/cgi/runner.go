package cgi

import "io"

// Runner starts scripts. The default starts a process; one that runs
// WebAssembly, or a function of a test, can be put in its place.
type Runner interface {
	// Start starts c. errors.ErrUnsupported means that there is no way to run
	// anything here (the response is 501); any other error is one of the script
	// (502).
	Start(c *Command) (Process, error)
}

// Command is one run of a script.
type Command struct {
	Path string   // the program, in the notation of the host
	Args []string // its words, its own name first
	Env  []string // all of its environment, "NAME=value"; the later of two counts
	Dir  string   // its working directory; empty is the server's
	// Stderr is called with each line the script writes to standard error,
	// from any goroutine, but not after Wait has returned. Lines are bounded
	// and come without their end.
	Stderr func(line string)
}

// Process is a script that runs. Stdin, Stdout and Wait are for one goroutine
// each; Kill is for all.
type Process interface {
	Stdin() io.WriteCloser
	// Stdout ends when the script is over, even if something it has left
	// behind could still write.
	Stdout() io.ReadCloser
	// Wait waits for the script and returns its exit code; -9 is signal 9.
	Wait() (code int, err error)
	// Kill ends the script and all that it has started. It may be called
	// again, and after the end.
	Kill()
}
