package cgi

import (
	"io/fs"
	"math"
	"strings"
	"sync"
	"time"

	"vitrine/core/handler"
	"vitrine/core/site"
	"vitrine/core/trace"
)

// Defaults of the limits of a Handler.
const (
	DefaultTimeout    = 60 * time.Second
	DefaultMaxContent = 10 << 20
	DefaultMaxOutput  = 1 << 30
	DefaultMaxScripts = 32

	DefaultContentTimeout = 5 * time.Minute
)

// Handler serves a folder and runs the scripts in it: CGIHTTPRequestHandler
// as a value. Make one with [New]; fields are set before the first request
// and not changed after it.
type Handler struct {
	*site.Site // serves what is no script; its fields count here, too

	// Root is the folder on disk, in the notation of the host. FS of the site
	// shows the same files.
	Root string
	// Directories are the paths below which files are scripts, without a
	// slash at their end (cgi_directories, G-1). They may have several
	// levels.
	Directories []string

	// Runner starts scripts; nil starts processes. Started as root, they run
	// as the user and group "nobody".
	Runner Runner
	// Dir is the working directory of scripts; empty is the server's, as in
	// http.server (G-14).
	Dir string
	// Environ are variables as "NAME=value" that every script gets; those of
	// CGI outrank them.
	Environ []string
	// Interpreter runs scripts whose name ends in .py or .pyw, which need not
	// be executable then. New sets it where files cannot be run by their
	// first line (see HaveFork); empty runs every script itself.
	Interpreter string

	// Timeout ends a script that neither writes, nor reads, nor ends for so
	// long; zero is DefaultTimeout, negative never. http.server waits without
	// end (G-21). A script whose client is gone ends with the context of its
	// exchange, if the connection can tell.
	Timeout time.Duration
	// ContentTimeout bounds how long a running script is kept waiting for the
	// content of its request, all waits together; past it the script is ended
	// and the response is 408. Zero is DefaultContentTimeout, negative no bound.
	// A single wait is bounded by the server (server.Server.ContentStallTimeout), which
	// each byte starts again.
	ContentTimeout time.Duration
	// MaxScripts bounds how many scripts run at once; past it the response is
	// 503 with Retry-After, at once. Zero is DefaultMaxScripts, negative no
	// bound. http.server starts one for each request.
	MaxScripts int
	// MaxContent bounds the content of a request for a script, in bytes; past
	// it, 413. Zero is DefaultMaxContent, negative no bound.
	MaxContent int64
	// MaxOutput bounds the content a script may write; past it the script is
	// ended and the response cut. Zero is DefaultMaxOutput, negative no bound.
	MaxOutput int64

	// AllowCrossSite runs scripts for pages of other sites, too, as http.server
	// does: see [CrossSite].
	AllowCrossSite bool

	// The function fields replace a method of http.server of the same name;
	// nil is the default behaviour.

	// IsCGI cuts a path that is to be run into directory and rest; the
	// default is the function of that name over Directories.
	IsCGI func(path string) (directory, rest string, ok bool)
	// IsExecutable tells of a file on disk whether this process may run it.
	IsExecutable func(path string) bool
	// IsPython tells from a script's name whether Interpreter runs it.
	IsPython func(name string) bool

	mu      sync.Mutex
	running map[Process]bool
	slots   int // of MaxScripts that are taken
}

// New returns a handler for the files of fsys, which are the files of the
// folder root on disk. It responds to GET, HEAD and POST and runs what is below
// /cgi-bin and /htbin.
func New(fsys fs.FS, root string) *Handler {
	h := &Handler{
		Site:        site.New(fsys),
		Root:        absolute(root),
		Directories: []string{"/cgi-bin", "/htbin"},
		Interpreter: interpreter,
		running:     make(map[Process]bool),
	}
	h.Forbidden = h.isHidden
	h.Methods["GET"] = h.DoGET
	h.Methods["HEAD"] = h.DoHEAD
	h.Methods["POST"] = h.DoPOST
	return h
}

// DoGET runs a script or responds with a file (G-5).
func (h *Handler) DoGET(x *handler.Exchange) error {
	content, err := h.SendHead(x)
	if err != nil {
		return err
	}
	return x.SendContent(content)
}

// DoHEAD responds as DoGET does, without the content.
//
// Differs from http.server, which sends the content of a script (G-16, X-6).
func (h *Handler) DoHEAD(x *handler.Exchange) error {
	content, err := h.SendHead(x)
	handler.CloseContent(content)
	return err
}

// SendHead responds to a request for a script; for any other it is the site's
// SendHead (http.server's send_head).
func (h *Handler) SendHead(x *handler.Exchange) (handler.Content, error) {
	t, err := h.read(x)
	site.NoteWalk(x, t.name, t.dir, err)
	switch {
	case err != nil:
		return nil, x.SendError(404, "File not found", "")
	case t.script:
		return nil, h.runTarget(x, t)
	}
	return h.SendName(x, t.name, t.dir)
}

// DoPOST runs a script; there is nothing else to post to (G-5).
func (h *Handler) DoPOST(x *handler.Exchange) error {
	t, err := h.read(x)
	site.NoteWalk(x, t.name, t.dir, err)
	switch {
	case err != nil:
		return x.SendError(404, "File not found", "")
	case t.script:
		return h.runTarget(x, t)
	}
	x.Step(trace.CGIPostElsewhere, x.Path)
	return x.SendError(501, "Can only POST to CGI scripts", "")
}

// target is a request-target read once.
//
// Differs from http.server (G-4, G-7, X-5), where the test for CGI, the
// script, PATH_INFO and the file handler each read it their own way.
type target struct {
	name   string // of site.TranslatePath
	dir    bool
	script bool // it is CGI, and then:

	directory, rest string
}

func (h *Handler) read(x *handler.Exchange) (t target, err error) {
	t.name, t.dir, err = h.Translate(x.Path)
	if err != nil {
		return t, err
	}
	path := pathOf(x.Path, t.name, t.dir)
	if h.IsCGI != nil {
		t.directory, t.rest, t.script = h.IsCGI(path)
	} else {
		t.directory, t.rest, t.script = IsCGI(h.Directories, path)
	}
	return t, nil
}

// runTarget runs the script of a target.
//
// Differs from http.server: a "#" is refused. It never belongs into a
// request-target (RFC 9112 §3.2), and the two readings of it are what sends
// the source of a script there. And pages of other sites cannot have
// scripts run: see [CrossSite].
func (h *Handler) runTarget(x *handler.Exchange, t target) error {
	if strings.IndexByte(x.Path, '#') >= 0 {
		x.Step(trace.CGIFragment)
		return x.SendError(400, "A request-target has no fragment", "")
	}
	if !h.AllowCrossSite && CrossSite(x) {
		x.Step(trace.CGICrossSite)
		return x.SendError(403, "Cross-site request for a CGI script", "A page of another site asked for this script to be run")
	}
	return h.RunCGI(x, FindScript(t.directory, t.rest, queryOf(x.Path), h.isDirectory))
}

func (h *Handler) isDirectory(name string) bool {
	info, err := fs.Stat(h.FS, name)
	return err == nil && info.IsDir()
}

// Stop ends all scripts that are running: what a server does when it ends.
func (h *Handler) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range h.running {
		p.Kill()
	}
}

func (h *Handler) started(p Process) {
	h.mu.Lock()
	h.running[p] = true
	h.mu.Unlock()
}

func (h *Handler) ended(p Process) {
	h.mu.Lock()
	delete(h.running, p)
	h.mu.Unlock()
}

func (h *Handler) timeout() time.Duration {
	if h.Timeout == 0 {
		return DefaultTimeout
	}
	return h.Timeout
}

// bound is a limit with its default, as a number that nothing exceeds if
// there is none.
func bound(limit, byDefault int64) int64 {
	switch {
	case limit == 0:
		return byDefault
	case limit < 0:
		return math.MaxInt64
	}
	return limit
}
