//go:build js

package host

import (
	"slices"
	"syscall/js"

	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// Typed is a connection whose bytes a person types. The page's own worker has
// the server at its other end: the program that serves sites.
type Typed struct {
	host    *Host
	site    string
	port    js.Value
	receive js.Func
	over    bool

	written func(p []byte)
	record  func(r *trace.Record)
	ended   func(failed bool)
}

// OpenTyped opens such a connection over a site, or over a small one in memory
// if site is empty, to a server that is strict (HTTP/1.1, RFC 9112) or as
// http.server is. It returns nil where the browser starts no such worker. The
// functions are called from callbacks of the browser, which must not wait:
// written with each piece of the responses, record with each exchange, ended
// once, failed if the worker is the reason.
func (h *Host) OpenTyped(site string, strict bool, written func(p []byte), record func(r *trace.Record), ended func(failed bool)) *Typed {
	if h.worker.failed || h.worker.worker.IsUndefined() && !h.worker.start() {
		return nil
	}
	channel := js.Global().Get("MessageChannel").New()
	t := &Typed{host: h, site: site, port: channel.Get("port1"), written: written, record: record, ended: ended}
	t.receive = js.FuncOf(func(_ js.Value, args []js.Value) any {
		t.received(args[0].Get("data"))
		return nil
	})
	t.port.Set("onmessage", t.receive) // starts it
	h.worker.typed = append(h.worker.typed, t)
	m := message(contract.Console, site)
	m.Set(contract.FieldStrict, strict)
	h.worker.worker.Call("postMessage", m, []any{channel.Get("port2")})
	return t
}

// Send types bytes.
func (t *Typed) Send(p []byte) {
	m := message(contract.Typed, t.site)
	b := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(b, p)
	m.Set(contract.FieldBytes, b)
	t.post(m)
}

// End says that no more is typed.
func (t *Typed) End() { t.post(message(contract.TypedEnd, t.site)) }

// HangUp goes away.
func (t *Typed) HangUp() { t.post(message(contract.HangUp, t.site)) }

func (t *Typed) post(m js.Value) {
	if !t.over {
		t.port.Call("postMessage", m)
	}
}

// received takes a message of the worker, which is ours.
func (t *Typed) received(data js.Value) {
	switch remotefs.Text(data, contract.FieldType) {
	case contract.Written:
		if p, ok := remotefs.Bytes(data, contract.FieldBytes); ok {
			t.written(p)
		}
	case contract.Over:
		t.close(false)
	default:
		switch m, _ := remotefs.DecodeFromWorker(data); m := m.(type) {
		case remotefs.Look:
			go func() {
				node := t.host.look(t.site, m)
				t.post(remotefs.Encode(remotefs.Found{Number: m.Number, Node: node}))
			}()
		case remotefs.Record:
			t.record(m.Record)
		}
	}
}

// close ends the connection here.
func (t *Typed) close(failed bool) {
	if t.over {
		return
	}
	t.over = true
	t.port.Set("onmessage", js.Null())
	t.port.Call("close")
	t.receive.Release()
	f := &t.host.worker
	f.typed = slices.DeleteFunc(f.typed, func(other *Typed) bool { return other == t })
	t.ended(failed)
}
