//go:build js

package main

import (
	"io/fs"
	"sync"
	"syscall/js"
	"time"

	"vitrine/core/console"
	"vitrine/core/session"
	"vitrine/core/steps"
	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// typed is a connection whose bytes are typed in the page's console, at the end
// of a port that leads to the page. The page looks into folders for it.
type typed struct {
	port    js.Value
	conn    *console.Conn
	receive js.Func

	mu      sync.Mutex
	waiting map[int]chan<- *remotefs.Node
	last    int
}

// openConsole opens such a connection: console(site, strict, port).
func (w *worker) openConsole(_ js.Value, args []js.Value) any {
	t := &typed{port: args[2], waiting: make(map[int]chan<- *remotefs.Node)}
	if w.typed >= console.MaxConnections {
		t.port.Call("postMessage", t.message(contract.Over))
		t.port.Call("close")
		return nil
	}
	w.typed++
	site, profile := args[0].String(), steps.Compat
	if args[1].Bool() {
		profile = steps.Strict
	}
	files := console.Site()
	if site != "" {
		files = pageFiles{t.ask}
	}
	t.conn = console.Open(files, profile, site, console.Person{
		Bytes: func(p []byte) {
			m := t.message(contract.Written)
			m.Set(contract.FieldBytes, bytesOf(p))
			t.port.Call("postMessage", m)
		},
		Record: func(r *trace.Record) { t.port.Call("postMessage", remotefs.Encode(remotefs.Record{Record: r})) },
		Waits: func(p session.Phase) {
			m := t.message(contract.Waits)
			m.Set(contract.FieldPhase, int(p))
			t.port.Call("postMessage", m)
		},
		Over: func() {
			w.typed--
			t.port.Call("postMessage", t.message(contract.Over))
			t.port.Set("onmessage", js.Null())
			t.receive.Release()
		},
	})
	t.receive = js.FuncOf(func(_ js.Value, args []js.Value) any {
		t.received(args[0].Get("data"))
		return nil
	})
	t.port.Set("onmessage", t.receive) // starts it
	return nil
}

// message is a message of the console.
func (t *typed) message(kind string) js.Value {
	m := objectClass.New()
	m.Set(contract.FieldVersion, contract.PortVersion)
	m.Set(contract.FieldType, kind)
	return m
}

// received takes a message of the page.
func (t *typed) received(data js.Value) {
	switch remotefs.Text(data, contract.FieldType) {
	case contract.Typed:
		if p, ok := remotefs.Bytes(data, contract.FieldBytes); ok {
			t.conn.Send(p) // the page knows when the connection is over
		}
	case contract.TypedEnd:
		t.conn.End()
	case contract.HangUp:
		t.conn.Close()
	default:
		m, err := remotefs.Decode(data)
		if found, ok := m.(remotefs.Found); ok && err == nil {
			t.mu.Lock()
			response := t.waiting[found.Number]
			delete(t.waiting, found.Number)
			t.mu.Unlock()
			if response != nil {
				response <- found.Node
			}
		}
	}
}

// ask has the page look into a folder.
func (t *typed) ask(look remotefs.Look) (*remotefs.Node, error) {
	response := make(chan *remotefs.Node, 1)
	t.mu.Lock()
	t.last++
	look.Number = t.last
	t.waiting[look.Number] = response
	t.mu.Unlock()
	t.port.Call("postMessage", remotefs.Encode(look))
	late := time.NewTimer(lookTime)
	defer late.Stop()
	select {
	case node := <-response:
		return node, nil
	case <-late.C:
		t.mu.Lock()
		delete(t.waiting, look.Number)
		t.mu.Unlock()
		return nil, errSlow
	}
}

// pageFiles is a folder that the page looks into. A connection lasts longer than
// what was seen of a folder, so each question is put again.
type pageFiles struct {
	ask func(remotefs.Look) (*remotefs.Node, error)
}

var (
	_ fs.ReadDirFS = pageFiles{}
	_ fs.StatFS    = pageFiles{}
)

func (f pageFiles) now() *remotefs.Remote { return &remotefs.Remote{Ask: f.ask} }

func (f pageFiles) Open(name string) (fs.File, error)          { return f.now().Open(name) }
func (f pageFiles) ReadDir(name string) ([]fs.DirEntry, error) { return f.now().ReadDir(name) }
func (f pageFiles) Stat(name string) (fs.FileInfo, error)      { return f.now().Stat(name) }
