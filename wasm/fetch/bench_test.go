//go:build js

package fetch

import (
	"syscall/js"
	"testing"

	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/site"
	"vitrine/wasm/browserfs"
)

// BenchmarkServe is one fetch of a small file from Request to Response, as
// the worker serves it, without the way to the page and back.
func BenchmarkServe(b *testing.B) {
	l := new(browserfs.List)
	if err := l.Add("f.txt", js.Global().Get("File").New([]any{"0123456789"}, "f.txt")); err != nil {
		b.Fatal(err)
	}
	object := js.Global().Get("Request").New("http://site-1a2b.vitrine.localhost:8001/f.txt", map[string]any{
		"headers": map[string]any{"Accept": "text/css,*/*;q=0.1", "Accept-Language": "en"},
	})
	b.ReportAllocs()
	for b.Loop() {
		s := site.New(l)
		r := &Request{Object: object, Target: Target(object.Get("url").String(), ""), Host: "site-1a2b.vitrine.localhost:8001"}
		if err := r.Prepare(); err != nil {
			b.Fatal(err)
		}
		a, err := r.Serve(s, session.Config{Rules: http1.Compat})
		if err != nil {
			b.Fatal(err)
		}
		a.Record()
	}
}
