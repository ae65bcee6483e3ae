package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vitrine/core/handler"
	"vitrine/core/osfs"
	"vitrine/core/server"
	"vitrine/core/trace"
	"vitrine/core/words"
)

// setLogs opens the log and the trace. Both are queued: no reader, however
// slow, stops the server. What they are written to is private: it is never
// served (see hidePrivate).
func (s *service) setLogs(c *config, h *handler.Base, srv *server.Server, stderr io.Writer) error {
	messages := server.NewLogQueue(stderr, 0)
	s.closers = append(s.closers, func() { messages.Close(logTimeout) })
	if f, ok := stderr.(*os.File); ok {
		if _, err := f.Stat(); err == nil { // else it is closed
			s.private = append(s.private, f)
		}
	}
	lines := messages
	if c.logFile != "" {
		f, err := openLog(c.logFile, os.O_APPEND)
		if err != nil {
			return fmt.Errorf("cannot write the log: %w", err)
		}
		s.private = append(s.private, f)
		lines = server.NewLogQueue(f, 0)
		lines.Failed = lost(messages, "log", c.logFile)
		s.closers = append(s.closers, func() { lines.Close(logTimeout); f.Close() })
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
	return s.setTrace(c, srv, messages)
}

// setTrace opens the trace, and has notes printed.
func (s *service) setTrace(c *config, srv *server.Server, messages io.Writer) error {
	if c.trace == "" && c.lint == "" {
		return nil
	}
	write := func(*trace.Record) {}
	if c.trace != "" {
		var err error
		if write, err = s.openTrace(c, messages); err != nil {
			return err
		}
	}
	note := func(*trace.Record) {}
	if c.lint != "" {
		note = newLinter(c, messages).watch
	}
	srv.Log = &trace.Log{MaxRecords: 1, Watch: func(r *trace.Record) {
		redacted := trace.Redact(r) // notes quote what passed
		if !c.traceCredentials {
			r = redacted
		}
		write(r)
		note(redacted)
	}}
	return nil
}

// openTrace opens the trace and returns what writes a record into it.
func (s *service) openTrace(c *config, messages io.Writer) (write func(*trace.Record), err error) {
	f, err := openLog(c.trace, os.O_TRUNC)
	if err != nil {
		return nil, fmt.Errorf("cannot write the trace: %w", err)
	}
	s.private = append(s.private, f)
	if err := tighten(f); err != nil {
		fmt.Fprintf(messages, "%s: others can read the trace %s: its mode cannot be changed: %v\n", prog, c.trace, reason(err))
	}
	queue := server.NewLogQueue(f, traceBytes)
	queue.Failed = lost(messages, "trace", c.trace)
	form := trace.AppendTranscript
	queue.Dropped = func(n int64) string {
		return fmt.Sprintf("# %d exchanges were dropped here: they could not be written as fast as they came\n\n", n)
	}
	if isJSON(c.trace) {
		form, queue.Dropped = trace.AppendJSON, jsonDropped
	}
	s.closers = append(s.closers, func() { queue.Close(logTimeout); f.Close() })
	return func(r *trace.Record) { queue.Write(form(nil, r, words.Line)) }, nil
}

// isJSON reports whether a trace of that name is one JSON object for each
// exchange on a line of its own, not a transcript.
func isJSON(name string) bool {
	switch filepath.Ext(name) {
	case ".json", ".jsonl":
		return true
	}
	return false
}

// lost says on standard error that a log cannot be written any more.
func lost(messages io.Writer, what, name string) func(error) {
	return func(err error) {
		fmt.Fprintf(messages, "%s: cannot write the %s: %s: %v; lines are lost\n", prog, what, name, reason(err))
	}
}

// traceBytes is how much of a trace may wait to be written.
const traceBytes = 16 << 20

// openLog opens a log or a trace. A new one is for its owner alone: even
// without credentials it holds addresses and request-targets. (On Windows the
// folder's access list decides.) The mode of a log that is there already was
// chosen by whoever made it, such as a rotation that lets a group read it, so
// it is left as it is.
func openLog(name string, flag int) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|flag, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, reason(err))
	}
	return f, nil
}

// tighten lets only its owner read a trace that was there already. Unlike a log
// it is truncated by each run, and it holds what goes over connections.
func tighten(f *os.File) error {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Mode()&0o077 == 0 {
		return err
	}
	return f.Chmod(info.Mode().Perm() &^ 0o077)
}

// hidePrivate keeps the log, the trace and a redirected standard error out of
// a folder that is served, by whatever name they can be reached there.
//
// Differs from http.server, whose users redirect its log into the folder
// they serve, where all clients can read it.
func (s *service) hidePrivate(dir *osfs.Folder) error {
	for _, f := range s.private {
		if err := dir.Hide(f); err != nil {
			return fmt.Errorf("cannot keep %s from being served: %w", f.Name(), reason(err))
		}
	}
	return nil
}
