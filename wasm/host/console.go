//go:build js

package host

import (
	"slices"
	"syscall/js"

	"vitrine/core/steps"
	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// ReadSteps has the parser of the page's own worker read bytes in segments, of
// which marks are the ends; end says that the client then closes its side. done
// gets what it makes of them as http.server and strictly, unless the worker
// fails or another question came in between. It returns false where the browser
// starts no such worker.
func (h *Host) ReadSteps(b []byte, marks []int, end bool, done func(compat, strict *steps.Trace)) bool {
	f := &h.worker
	if !f.ready() {
		return false
	}
	f.question++
	f.read = done
	m := message(contract.Read, "")
	m.Set(contract.FieldNumber, f.question)
	m.Set(contract.FieldBytes, bytesOf(b))
	list := make([]any, len(marks))
	for i, n := range marks {
		list[i] = n
	}
	m.Set(contract.FieldMarks, list)
	m.Set(contract.FieldEnd, end)
	f.worker.Call("postMessage", m)
	return true
}

// readSteps takes the response to the newest question.
func (f *folders) readSteps(data js.Value) {
	b, ok := remotefs.Bytes(data, contract.FieldBytes)
	if !ok || remotefs.Number(data, contract.FieldNumber) != int64(f.question) {
		return
	}
	compat, rest := steps.Decode(b)
	if strict, _ := steps.Decode(rest); compat != nil && strict != nil {
		f.read(compat, strict)
	}
}

// ready starts the worker if it does not run yet.
func (f *folders) ready() bool { return !f.failed && (!f.worker.IsUndefined() || f.start()) }

func bytesOf(p []byte) js.Value {
	b := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(b, p)
	return b
}

// Typed is a connection whose bytes a person types. The page's own worker has
// the server at its other end: the program that serves sites.
type Typed struct {
	host    *Host
	site    string
	port    js.Value
	receive js.Func
	over    bool

	to TypedEvents
}

// TypedEvents is whom a connection reports to, from callbacks of the browser,
// which must not wait.
type TypedEvents struct {
	Written func(p []byte)        // a piece of the responses
	Record  func(r *trace.Record) // an exchange is over
	Waits   func(phase int)       // the server waits for bytes: a phase of package session
	Over    func(failed bool)     // the last event; failed if the worker is the reason
}

// OpenTyped opens such a connection over a site, or over a small one in memory
// if site is empty, to a server that is strict (HTTP/1.1, RFC 9112) or as
// http.server is. It returns nil where the browser starts no such worker.
func (h *Host) OpenTyped(site string, strict bool, to TypedEvents) *Typed {
	if !h.worker.ready() {
		return nil
	}
	channel := js.Global().Get("MessageChannel").New()
	t := &Typed{host: h, site: site, port: channel.Get("port1"), to: to}
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
	m.Set(contract.FieldBytes, bytesOf(p))
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
			t.to.Written(p)
		}
	case contract.Waits:
		t.to.Waits(int(remotefs.Number(data, contract.FieldPhase)))
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
			t.to.Record(m.Record)
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
	t.to.Over(failed)
}
