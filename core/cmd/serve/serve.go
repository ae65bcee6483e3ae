package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"vitrine/core/server"
)

// serve serves on all sockets until ctx is done. What goes wrong is a line on
// stderr when it happens; the result is the exit code.
func (s *service) serve(ctx context.Context, stderr io.Writer) int {
	// Pages that listen for changes would hold the end up.
	for _, stop := range s.stopEvents {
		context.AfterFunc(ctx, stop)
	}
	var all sync.WaitGroup
	var failed atomic.Bool
	run := func(serve func(context.Context) error) {
		all.Go(func() {
			text, failure := serveProblem(serve(ctx))
			if text != "" {
				say(stderr, fmt.Sprintf("%s: %s\n", prog, text))
			}
			if failure {
				failed.Store(true)
			}
		})
	}
	for _, srv := range s.folder {
		run(srv.serve)
	}
	for _, srv := range s.app {
		run(srv.ListenAndServe)
	}
	all.Wait()
	if failed.Load() {
		return 1
	}
	return 0
}

// serveProblem is what a person must know of the error with which a server
// ended, "" if nothing, and whether it is a failure. To cut responses when their
// time is over is what --grace asks for, so it is no failure.
func serveProblem(err error) (text string, failure bool) {
	switch {
	case err == nil:
		return "", false
	case errors.Is(err, server.ErrMethodsRunning):
		return "error: " + server.ErrMethodsRunning.Error(), true
	case errors.Is(err, context.DeadlineExceeded):
		return "responses that were not finished within --grace were cut", false
	}
	return "error: " + strings.ReplaceAll(reason(err).Error(), "\n", "; "), true
}
