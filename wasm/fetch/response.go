//go:build js

package fetch

import (
	"strconv"
	"strings"
	"syscall/js"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/wasm/promise"
)

// response makes the Response object of an answer. notes say what of the
// answer has no effect in a browser. ok is false if there is no such
// Response: its status is out of bounds.
func (t *transport) response(prefix string) (response js.Value, notes []string, ok bool) {
	h := t.head
	if h.Status < 200 || h.Status > 599 {
		return js.Undefined(), []string{"no Response object can have the status " + strconv.Itoa(h.Status)}, false
	}
	headers := js.Global().Get("Headers").New()
	for _, f := range h.Fields {
		switch {
		case http1.EqualFold(f.Name, "Set-Cookie"):
			notes = append(notes, "Set-Cookie has no effect: the browser drops it from an answer of a service worker")
			continue
		case http1.EqualFold(f.Name, "Transfer-Encoding"):
			continue // undone already
		case http1.EqualFold(f.Name, "Content-Encoding"):
			notes = append(notes, "Content-Encoding is a label here: the browser does not decode an answer of a service worker")
		case http1.EqualFold(f.Name, "Location") && prefix != "" && strings.HasPrefix(f.Value, "/") && !strings.HasPrefix(f.Value, "//"):
			f.Value = prefix + f.Value
			notes = append(notes, "for the browser Location begins with "+prefix+", where the site is mounted")
		}
		name, value := f.Name, handler.Latin1(f.Value)
		if _, err := promise.Try(func() js.Value { return headers.Call("append", name, value) }); err != nil {
			notes = append(notes, name+" has no effect: "+err.Error())
		}
	}
	init := js.Global().Get("Object").New()
	init.Set("status", h.Status)
	init.Set("statusText", handler.Latin1(h.Reason))
	init.Set("headers", headers)
	body := t.body()
	response, err := promise.Try(func() js.Value { return js.Global().Get("Response").New(body, init) })
	if err == nil {
		return response, notes, true
	}
	// The reason phrase is what a browser may refuse; it carries no meaning.
	init.Set("statusText", "")
	response, err = promise.Try(func() js.Value { return js.Global().Get("Response").New(body, init) })
	if err != nil {
		return response, append(notes, "the browser refused the answer: "+err.Error()), false
	}
	return response, append(notes, "the browser refused the reason phrase"), true
}

// body is the content in the cheapest form a Response takes.
func (t *transport) body() js.Value {
	switch t.head.Status {
	case 204, 205, 304:
		return js.Null()
	}
	switch {
	case t.stream != nil:
		return t.stream.readable
	case len(t.parts) == 0:
		return js.Null()
	case len(t.parts) == 1:
		return t.parts[0].value()
	}
	list := make([]any, len(t.parts))
	for i := range t.parts {
		list[i] = t.parts[i].value()
	}
	return js.Global().Get("Blob").New(list)
}

func (p *part) value() js.Value {
	if p.bytes == nil {
		return p.blob
	}
	a := js.Global().Get("Uint8Array").New(len(p.bytes))
	js.CopyBytesToJS(a, p.bytes)
	return a
}
