package cgi

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/trace"
)

// maxVariable is how long one variable or argument may be, in bytes: Linux
// hands no longer one to a program.
const maxVariable = 128<<10 - 1

// RunCGI runs a script and responds with its output, or says why it cannot
// (G-8).
func (h *Handler) RunCGI(x *handler.Exchange, s Script) error {
	shown := handler.Repr(s.Name)
	info, err := fs.Stat(h.FS, s.file())
	switch {
	case err != nil:
		x.Step(trace.CGIMissing, s.Name)
		return x.SendError(404, "No such CGI script ("+shown+")", "")
	case !info.Mode().IsRegular():
		x.Step(trace.CGINotFile, s.Name)
		return x.SendError(403, "CGI script is not a plain file ("+shown+")", "")
	}
	path := join(h.Root, s.file())
	interpreted := h.Interpreter != "" && h.isPython(s.Name)
	if !interpreted && !h.isExecutable(path) {
		x.Step(trace.CGINotExecutable, s.Name)
		return x.SendError(403, "CGI script is not executable ("+shown+")", "")
	}
	if most := bound(h.MaxContent, DefaultMaxContent); x.ContentLength > most {
		x.Step(trace.CGITooMuch, strconv.FormatInt(x.ContentLength, 10), strconv.FormatInt(most, 10))
		return x.SendError(413, "", "")
	}

	c := &Command{Path: path, Args: s.Arguments(), Env: h.environ(x, &s), Dir: h.Dir, Stderr: x.LogError}
	if interpreted {
		c.Args = append([]string{h.Interpreter, "-u", path}, c.Args[1:]...)
		c.Path = h.Interpreter
	}
	switch refused := fits(c); {
	case refused == 400:
		x.Step(trace.CGINUL)
		return x.SendError(400, "A NUL in the request", "")
	case refused != 0:
		x.Step(trace.CGITooLong)
		return x.SendError(refused, "", "")
	}

	if h.isFull() {
		return h.sendFull(x)
	}
	first, err := h.firstContent(x)
	if err != nil {
		return h.refuseContent(x, err)
	}
	if !h.acquire() {
		return h.sendFull(x)
	}
	defer h.release()
	p, err := h.start(c)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		x.Step(trace.CGIUnsupported)
		return x.SendError(501, "CGI scripts cannot be run here", "")
	case err != nil:
		// Differs from http.server (G-20, X-6): the client gets a response.
		x.Step(trace.CGINotStarted, s.Name)
		x.LogError("CGI script " + shown + " cannot be started: " + err.Error())
		return x.SendError(502, "CGI script cannot be started ("+shown+")", "")
	}
	x.Step(trace.CGIRun, s.Name)
	h.started(p)
	defer h.ended(p)
	return h.converse(x, p, first)
}

func (h *Handler) start(c *Command) (Process, error) {
	if h.Runner != nil {
		return h.Runner.Start(c)
	}
	return processes{}.Start(c)
}

// environ is the environment of a run.
func (h *Handler) environ(x *handler.Exchange, s *Script) []string {
	e := Environment{
		Base:       append(BaseEnviron(serverEnviron()), h.Environ...),
		Software:   h.Software(),
		Protocol:   h.Protocol(),
		Translated: h.translated(s.PathInfo),
	}
	return e.Append(nil, x, s)
}

// translated is the extra path as a file below the root; the root if there is
// none.
func (h *Handler) translated(pathInfo string) string {
	if pathInfo == "" {
		return h.Root
	}
	path := join(h.Root, pathInfo) // decoded and normalised already
	if strings.HasSuffix(pathInfo, "/") {
		path += "/"
	}
	return path
}

// fits returns the status that says why c cannot be handed to a program, 0 if
// it can.
func fits(c *Command) int {
	for _, v := range c.Args {
		switch {
		case strings.IndexByte(v, 0) >= 0:
			return 400
		case len(v) > maxVariable:
			return 414
		}
	}
	for _, v := range c.Env {
		switch {
		case strings.IndexByte(v, 0) >= 0:
			return 400
		case len(v) > maxVariable:
			return 431
		}
	}
	return 0
}

func (h *Handler) isExecutable(path string) bool {
	if h.IsExecutable != nil {
		return h.IsExecutable(path)
	}
	return IsExecutable(path)
}

func (h *Handler) isPython(name string) bool {
	if h.IsPython != nil {
		return h.IsPython(name)
	}
	return IsPython(name)
}

// IsPython reports whether name ends in .py or .pyw.
func IsPython(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".py") || strings.HasSuffix(name, ".pyw")
}

// logExit logs how a script ended, if it was not with success (G-19).
func logExit(x *handler.Exchange, code int) {
	if code != 0 {
		x.LogError("CGI script exit code " + strconv.Itoa(code))
	}
}
