//go:build js

package main

import (
	"strings"
	"syscall/js"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/console"
	"vitrine/core/steps"
	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// typist is the page's end of a typed connection. files are what it finds for
// the worker.
type typist struct {
	port    js.Value
	out     strings.Builder
	records []*trace.Record
	looks   int
	phases  []int
	news    chan string // kinds of messages
}

func newTypist(t *testing.T, w *worker, site string, strict bool, files fstest.MapFS) *typist {
	t.Helper()
	channel := js.Global().Get("MessageChannel").New()
	p := &typist{port: channel.Get("port1"), news: make(chan string, 1000)}
	receive := js.FuncOf(func(_ js.Value, args []js.Value) any {
		data := args[0].Get("data")
		kind := remotefs.Text(data, contract.FieldType)
		switch kind {
		case contract.Written:
			b, _ := remotefs.Bytes(data, contract.FieldBytes)
			p.out.Write(b)
		case contract.Waits:
			p.phases = append(p.phases, int(remotefs.Number(data, contract.FieldPhase)))
		default:
			switch m, _ := remotefs.DecodeFromWorker(data); m := m.(type) {
			case remotefs.Record:
				p.records = append(p.records, m.Record)
			case remotefs.Look:
				p.looks++
				p.port.Call("postMessage", remotefs.Encode(remotefs.Found{Number: m.Number, Node: remotefs.Lookup(files, m)}))
			}
		}
		p.news <- kind
		return nil
	})
	p.port.Set("onmessage", receive)
	t.Cleanup(func() {
		p.port.Call("close")
		channel.Get("port2").Call("close")
		receive.Release()
	})
	w.openConsole(js.Undefined(), []js.Value{js.ValueOf(site), js.ValueOf(strict), channel.Get("port2")})
	return p
}

// post sends a message; text is what is typed.
func (p *typist) post(kind, text string) {
	p.port.Call("postMessage", map[string]any{contract.FieldType: kind, contract.FieldBytes: bytesOf([]byte(text))})
}

// until waits for a message of a kind.
func (p *typist) until(t *testing.T, kind string) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		select {
		case got := <-p.news:
			if got == kind {
				return
			}
		case <-late:
			t.Fatalf("no %s; out %q", kind, p.out.String())
		}
	}
}

// Requests are typed over one connection, to the site in memory; the end comes
// last.
func TestTyped(t *testing.T) {
	w := &worker{}
	p := newTypist(t, w, "", true, nil)
	p.post(contract.Typed, "GET /hello.txt HTT")
	p.until(t, contract.Waits)
	p.post(contract.Typed, "P/1.1\r\nHost: a\r\n\r\n")
	p.until(t, contract.Record)
	if out := p.out.String(); !strings.HasPrefix(out, "HTTP/1.1 200 OK\r\n") || !strings.HasSuffix(out, "by hand!\n") {
		t.Errorf("got %q", out)
	}
	if r := p.records[0]; r.Source != trace.Typed || r.Status != 200 || w.typed != 1 {
		t.Errorf("got %+v", r)
	}
	p.post(contract.TypedEnd, "")
	p.until(t, contract.Over)
	p.post(contract.HangUp, "") // nothing hears it any more
	if w.typed != 0 || len(p.records) != 2 || p.looks != 0 {
		t.Errorf("%d are open, %d records, %d looks", w.typed, len(p.records), p.looks)
	}
}

// Other sites are looked into by the page, at each request: what has changed is
// seen on the same connection.
func TestTypedToSite(t *testing.T) {
	files := fstest.MapFS{"a/b.txt": {Data: []byte("one")}}
	w := &worker{}
	p := newTypist(t, w, "site", true, files)
	p.post(contract.Typed, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
	p.until(t, contract.Record)
	delete(files, "a/b.txt")
	p.post(contract.Typed, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
	p.until(t, contract.Record)
	if p.records[0].Status != 301 || p.records[1].Status != 404 || p.records[0].Site != "site" || p.looks < 2 {
		t.Errorf("got %d and %d after %d looks", p.records[0].Status, p.records[1].Status, p.looks)
	}
	p.until(t, contract.Over) // after an error nothing follows
}

// More connections than there may be are over at once.
func TestTypedBound(t *testing.T) {
	w := &worker{typed: console.MaxConnections}
	newTypist(t, w, "", false, nil).until(t, contract.Over)
	if w.typed != console.MaxConnections {
		t.Errorf("%d are open", w.typed)
	}
}

// The parser reads for the page, in the page's segments; marks that cannot be
// are left out.
func TestReadSteps(t *testing.T) {
	read := func(marks ...any) (compat, strict *steps.Trace) {
		v := readSteps(js.Undefined(), []js.Value{bytesOf([]byte("GET  / HTTP/1.1\r\n\r\n")), js.ValueOf(marks), js.ValueOf(false)})
		b := make([]byte, v.(js.Value).Length())
		js.CopyBytesToGo(b, v.(js.Value))
		compat, rest := steps.Decode(b)
		strict, _ = steps.Decode(rest)
		return compat, strict
	}
	compat, strict := read(7)
	if at, part := steps.Diverge(compat, strict); at != 4 || !part {
		t.Errorf("they part at %d, %v", at, part)
	}
	if compat.Requests != 1 || compat.Steps[3].Code != steps.Target || compat.Steps[5].Code != steps.Wait {
		t.Errorf("got %+v", compat.Steps)
	}
	if compat, _ := read(7, 3, 999); compat == nil || compat.Requests != 1 {
		t.Errorf("got %+v", compat)
	}
}
