//go:build js

package fetch

import (
	"strconv"
	"strings"
	"syscall/js"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
	"vitrine/wasm/promise"
)

// Asked for once: each look at an object makes one of Go, which the garbage
// collector has to follow.
var (
	headersClass  = js.Global().Get("Headers")
	objectClass   = js.Global().Get("Object")
	responseClass = js.Global().Get("Response")
	bytesClass    = js.Global().Get("Uint8Array")
)

// response makes the Response object of a response; content is what it has, see
// Result.Content. effects say what of it has no effect in a browser, and at the
// end why there is no Response object. ok is false without one: the status is
// out of bounds.
func (t *transport) response(prefix string) (response, content js.Value, effects []effect, ok bool) {
	h := t.head
	if h.Status < 200 || h.Status > 599 {
		return js.Undefined(), js.Undefined(), []effect{{trace.FetchStatus, []string{strconv.Itoa(h.Status)}}}, false
	}
	add := func(code trace.Code, args ...string) { effects = append(effects, effect{code, args}) }
	headers := headersClass.New()
	for _, f := range h.Fields {
		switch {
		case http1.EqualFold(f.Name, "Set-Cookie"):
			add(trace.FetchSetCookie)
			continue
		case http1.EqualFold(f.Name, "Transfer-Encoding"):
			continue // undone already
		case http1.EqualFold(f.Name, "Content-Encoding"):
			add(trace.FetchCoding)
		case http1.EqualFold(f.Name, "Location") && prefix != "" && strings.HasPrefix(f.Value, "/") && !strings.HasPrefix(f.Value, "//"):
			f.Value = prefix + f.Value
			add(trace.FetchLocation, prefix)
		}
		name, value := f.Name, handler.Latin1(f.Value)
		if _, err := promise.Try(func() js.Value { return headers.Call("append", name, value) }); err != nil {
			add(trace.FetchField, name, err.Error())
		}
	}
	init := objectClass.New()
	init.Set("status", h.Status)
	init.Set("statusText", handler.Latin1(h.Reason))
	init.Set("headers", headers)
	body := t.body()
	if content = body; t.stream != nil {
		content = js.Undefined()
	}
	response, err := promise.Try(func() js.Value { return responseClass.New(body, init) })
	if err == nil {
		return response, content, effects, true
	}
	// The reason phrase is what a browser may refuse; it carries no meaning.
	init.Set("statusText", "")
	response, err = promise.Try(func() js.Value { return responseClass.New(body, init) })
	if err != nil {
		add(trace.FetchRefused, err.Error())
		return response, content, effects, false
	}
	add(trace.FetchReason)
	return response, content, effects, true
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
	a := bytesClass.New(len(p.bytes))
	js.CopyBytesToJS(a, p.bytes)
	return a
}
