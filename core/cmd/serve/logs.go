package main

import (
	"fmt"
	"io"
	"os"

	"vitrine/core/handler"
	"vitrine/core/server"
	"vitrine/core/trace"
)

// setLogs opens the log and the trace. Both are queued: no reader, however
// slow, stops the server.
func (s *service) setLogs(c *config, h *handler.Handler, srv *server.Server, stderr io.Writer) error {
	messages := server.NewLogQueue(stderr, 0)
	s.closers = append(s.closers, func() { messages.Close(closing) })
	lines := messages
	if c.logFile != "" {
		f, err := openLog(c.logFile, os.O_APPEND)
		if err != nil {
			return fmt.Errorf("cannot write the log: %w", err)
		}
		lines = server.NewLogQueue(f, 0)
		lines.Failed = lost(messages, "log", c.logFile)
		s.closers = append(s.closers, func() { lines.Close(closing); f.Close() })
	}
	srv.ErrorLog = messages
	switch c.logFormat {
	case "default":
		h.ErrorLog = lines
	case "combined":
		useAccessLog(h, lines, messages, appendCombined)
	case "json":
		lines.Dropped = jsonDropped
		useAccessLog(h, lines, messages, appendJSON)
	}
	if c.trace != "" {
		f, err := openLog(c.trace, os.O_TRUNC)
		if err != nil {
			return fmt.Errorf("cannot write the trace: %w", err)
		}
		queue := server.NewLogQueue(f, traceBytes)
		queue.Failed = lost(messages, "trace", c.trace)
		queue.Dropped = func(n int64) string {
			return fmt.Sprintf("# %d exchanges were dropped here: they could not be written as fast as they came\n\n", n)
		}
		s.closers = append(s.closers, func() { queue.Close(closing); f.Close() })
		srv.Log = &trace.Log{MaxRecords: 1, Watch: func(r *trace.Record) {
			queue.Write(trace.AppendTranscript(nil, r))
		}}
	}
	return nil
}

// lost says on standard error that a log cannot be written any more.
func lost(messages io.Writer, what, name string) func(error) {
	return func(err error) {
		fmt.Fprintf(messages, "%s: cannot write the %s: %s: %v; lines are lost\n", prog, what, name, reason(err))
	}
}

// traceBytes is how much of a trace may wait to be written.
const traceBytes = 16 << 20

func openLog(name string, flag int) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|flag, 0o644)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	return f, nil
}
