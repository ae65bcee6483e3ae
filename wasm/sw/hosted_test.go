//go:build js

package main

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"vitrine/core/handler/handlertest"
	"vitrine/wasm/hosting"
	"vitrine/wasm/remotefs"
)

// askingFS has the page asked before a file is opened, as a Remote does.
type askingFS struct {
	fs.FS
	ask func(name string)
}

func (f askingFS) Open(name string) (fs.File, error) {
	f.ask(name)
	return f.FS.Open(name)
}

// A worker that was just started has no options: the first response of the
// page brings them, in time for the request that it is about.
func TestOptionsComeWithTheFirstResponse(t *testing.T) {
	files := fstest.MapFS{"index.html": {Data: []byte("the application")}, "about.html": {Data: []byte("about")}}
	p := newPage(t)
	p.options = hosting.Options{Unknown: hosting.Application, CleanURLs: true, Fields: hosting.Isolation}
	for _, tc := range []struct {
		target, content string
		status          int
	}{
		{"/users/7", "the application", 200},
		{"/about", "about", 200},
		{"/app.js", "", 404},
	} {
		var h *hosted
		h = newHosted(askingFS{files, func(name string) {
			p.ask(name)
			h.learn(p.link)
		}})
		r := handlertest.Get(h.handler(), tc.target)
		if r.Status != tc.status || tc.content != "" && string(r.Content) != tc.content {
			t.Errorf("%s: got %d %q, want %d %q", tc.target, r.Status, r.Content, tc.status, tc.content)
		}
		opener := r.Fields.Get("Cross-Origin-Opener-Policy")
		if want := tc.status == 200; (opener == "same-origin") != want {
			t.Errorf("%s: got Cross-Origin-Opener-Policy %q", tc.target, opener)
		}
		if !h.current(p.link) {
			t.Errorf("%s: the options are others now", tc.target)
		}
	}
	if p.calls != 1 {
		t.Errorf("the bridge was called %d times, want 1", p.calls)
	}
}

// What was decided by other options than those of now is not given again.
func TestOptionsThatChanged(t *testing.T) {
	p := newPage(t)
	h := newHosted(fstest.MapFS{})
	if h.current(p.link) {
		t.Error("options that were never learned are current")
	}
	p.ask("file")
	h.learn(p.link)
	p.options = hosting.Options{CleanURLs: true}
	p.connect()
	p.ask("file")
	if h.current(p.link) {
		t.Error("options from before are current")
	}
	h.learn(p.link)
	if h.fallback.CleanURLs {
		t.Error("one request was served by two options")
	}
	if o, _ := p.link.options(); !o.CleanURLs {
		t.Errorf("got the options %+v, want clean URLs", o)
	}
	// Scripts of the site can send ports and messages, too.
	port := remotefs.Encode(remotefs.Hosting{})
	port.Set("options", "\nConnection: close")
	if _, err := remotefs.Decode(port); err == nil {
		t.Error("a framing field came over the port")
	}
}
