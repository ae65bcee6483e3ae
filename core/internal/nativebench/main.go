//go:build linux

// Nativebench measures serve beside nginx and the file servers of fasthttp and
// net/http: what each request costs the processor in the process of the server.
// `make bench-native` runs it.
//
// The one rule: ratios are made of what was measured in the same round. In each
// round every load goes to every server in turn, so that whatever else the
// computer does troubles all alike; of the rounds the medians are printed.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"time"
)

// options are those of the command line.
type options struct {
	serve, peers string // programs
	builds       string // other builds of serve: NAME=PROGRAM, with commas between them
	rounds       int
	span         time.Duration // of one load on one server in one round
	loads        *regexp.Regexp
	servers      *regexp.Regexp
	more         string // options of serve for all its servers
	best         bool
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "nativebench:", err)
		os.Exit(1)
	}
}

func run() (err error) {
	var o options
	flag.StringVar(&o.serve, "serve", "bin/serve", "program to measure")
	flag.StringVar(&o.builds, "beside", "", "other builds of serve to measure in the same rounds: NAME=PROGRAM,...")
	flag.StringVar(&o.peers, "peers", "bin/bench/peers", "program with the servers of fasthttp and net/http; empty leaves them out")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds")
	flag.DurationVar(&o.span, "span", time.Second, "how long one load is on one server in a round")
	loads := flag.String("loads", ".", "loads to measure, a regular expression")
	servers := flag.String("servers", ".", "servers to measure beside serve, a regular expression")
	flag.StringVar(&o.more, "with", "", "options for serve, such as '--keep-files 0'")
	flag.BoolVar(&o.best, "best", false, "print the least of all rounds, not the median: for a computer that has other work, while one changes code")
	flag.Parse()
	if o.loads, err = regexp.Compile(*loads); err != nil {
		return err
	}
	if o.servers, err = regexp.Compile(*servers); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "vitrine-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{options: o, dir: dir}
	defer b.stop()
	if err := b.prepare(); err != nil {
		return err
	}
	b.measureLoads()
	b.measureIdle()
	b.measureStart()
	b.print(os.Stdout)
	return b.err
}
