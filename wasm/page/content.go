//go:build js

package main

import (
	"strconv"
	"strings"
	"syscall/js"

	"vitrine/core/httpdate"
	"vitrine/core/trace"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/promise"
	"vitrine/wasm/remotefs"
	"vitrine/wasm/words"
)

// maxPeek is how much of a file is read for one who looks, in bytes; maxMedia
// how large a picture or sound may be that is shown whole.
const (
	maxPeek  = 16 << 10
	maxMedia = 64 << 20
)

// file is the name of the file whose content the exchange had, if it can be
// read for one who looks; "" if it cannot.
func (x *exchange) file() string {
	r := x.rec
	if r.Source != trace.Rebuilt && r.Source != trace.Typed || x.app.site(r.Site) == nil || r.Status != 200 && r.Status != 206 {
		return ""
	}
	if original := x.original(); original != nil {
		r = original
	}
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Code == trace.FileFound && len(s.Args) > 0 {
			return s.Args[0]
		}
	}
	return ""
}

// readContent reads the beginning of the file, or of its part, and says that it
// did: the file may have changed since.
func (x *exchange) readContent() {
	r, name := x.rec, x.file()
	go func() {
		node := x.app.host.Peek(r.Site, name)
		if x.rec != r {
			return // another one is shown by now
		}
		var l fragment.List
		if node.Code != remotefs.Exists || !node.Blob.Truthy() {
			l.Put("paragraph", words.Say("content.unreadable", node.Reason))
			replaceIn(byID("content"), &l)
			return
		}
		from := partBegins(r)
		blob := node.Blob.Call("slice", from, from+min(r.Size, maxPeek))
		buffer, err := promise.Call(blob, "arrayBuffer")
		if x.rec != r {
			return
		}
		if err != nil {
			l.Put("paragraph", words.Say("content.unreadable", err.Error()))
			replaceIn(byID("content"), &l)
			return
		}
		bytes := js.Global().Get("Uint8Array").New(buffer)
		p := make([]byte, bytes.Length())
		js.CopyBytesToGo(p, bytes)
		said := words.Say("content.read-now", words.Plural("bytes", int64(len(p))), view.Size(r.Size))
		if changed(r, node) {
			said = words.Say("content.changed", said)
		}
		l.Put("quiet", said)
		view.ContentOf(&l, string(p), r.Type())
		replaceIn(byID("content"), &l)
		x.showMedia(node, r.Type())
	}()
}

// partBegins is where in the file the content of a response begins.
func partBegins(r *trace.Record) int64 {
	value, _ := r.Response.Fields.Lookup("Content-Range")
	first, _, _ := strings.Cut(strings.TrimPrefix(value, "bytes "), "-")
	n, err := strconv.ParseInt(first, 10, 64)
	if r.Status != 206 || err != nil {
		return 0
	}
	return n
}

// changed reports whether a file is not any more what was sent, by its date.
func changed(r *trace.Record, node *remotefs.Node) bool {
	value, ok := r.Response.Fields.Lookup("Last-Modified")
	if !ok {
		return false
	}
	date, ok := httpdate.ParseMail(value)
	return ok && date.UnixMilli() != node.Time/1000*1000
}

// showMedia puts a picture or a sound above its bytes. Both are given to the
// browser as a Blob: nothing in them is markup of this page.
func (x *exchange) showMedia(node *remotefs.Node, mediaType string) {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	kind, _, _ := strings.Cut(mediaType, "/")
	tag, ok := map[string]string{"image": "img", "audio": "audio", "video": "video"}[kind]
	if !ok || node.Size > maxMedia {
		return
	}
	x.forgetMedia()
	blob := node.Blob.Call("slice", 0, node.Size, mediaType)
	x.media = window.Get("URL").Call("createObjectURL", blob).String()
	e := wrap(document.Call("createElement", tag))
	e.SetAttribute("class", "media")
	if tag == "img" {
		e.SetAttribute("alt", words.Say("content.picture"))
	} else {
		e.Set("controls", true)
	}
	e.Set("src", x.media)
	byID("content").Call("prepend", e.Value)
}

// forgetMedia lets go of a picture or sound.
func (x *exchange) forgetMedia() {
	if x.media != "" {
		window.Get("URL").Call("revokeObjectURL", x.media)
		x.media = ""
	}
}

// asHex shows a message as numbers, or as its lines again.
func (x *exchange) asHex(button element) {
	kind, part := trace.In, byID("x-bytes")
	if button.GetAttribute("data-side") == "response" {
		kind, part = trace.Out, byID("x-response")
	}
	on := button.GetAttribute("aria-pressed") != "true"
	button.SetAttribute("aria-pressed", boolText(on))
	setClass(part, "hexed", on)
	if !on {
		first(part, ".dump").Call("remove")
		return
	}
	var l fragment.List
	view.Dump(&l, x.rec, kind)
	putAfter(first(part, ".bytes"), &l)
}
