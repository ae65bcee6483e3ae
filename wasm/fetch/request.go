//go:build js

package fetch

import (
	"strconv"
	"strings"
	"syscall/js"

	"vitrine/core/http1"
	"vitrine/wasm/promise"
)

// MaxContent bounds the content of a request, in bytes. It is held in memory;
// the response to what is longer is 413.
const MaxContent = 1 << 20

// Request is one fetch.
type Request struct {
	Object js.Value // the Request, or one that came through a port, with headers as they are joined below
	Target string   // request-target in the site's eyes
	Host   string   // host and port of the site, from the URL
	// Prefix is what the browser's path has before Target; "" if the site
	// has an origin of its own. It is put before the path of a Location.
	Prefix string
	// Client is the id of the client that asks, "" if it is not known.
	Client string

	method  string
	content []byte
	long    bool // there is more content than MaxContent
}

// Target returns the request-target of a URL: path and query, every byte as
// it is, without the fragment. prefix is cut off the path.
func Target(url, prefix string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	url, _, _ = strings.Cut(url, "#")
	if i := strings.IndexAny(url, "/?"); i >= 0 {
		url = url[i:]
	} else {
		url = "/"
	}
	url = strings.TrimPrefix(url, prefix)
	if url == "" || url[0] != '/' {
		url = "/" + url
	}
	return url
}

// head rebuilds the head of the request. Order and spelling of the field
// lines are the browser's for its object: sorted, in lower case. Host comes
// from the URL, Content-Length from the content.
func (r *Request) head() *http1.Request {
	fields := http1.Fields{{Name: "Host", Value: r.Host}}
	// One string for all field lines: each value that crosses costs about a
	// microsecond. A name has no comma and a value no line feed.
	lines := r.Object.Get("headers")
	if lines.Type() != js.TypeString {
		lines = js.Global().Get("Array").Call("from", lines).Call("join", "\n")
	}
	for line := range strings.SplitSeq(lines.String(), "\n") {
		name, value, ok := strings.Cut(line, ",")
		if !ok || framing(name) {
			continue
		}
		fields = append(fields, http1.Field{Name: name, Value: latin1Bytes(value)})
	}
	if len(r.content) > 0 {
		fields = append(fields, http1.Field{Name: "Content-Length", Value: strconv.Itoa(len(r.content))})
	}
	return &http1.Request{Method: r.method, Target: r.Target, Proto: "HTTP/1.1", Fields: fields}
}

// framing reports whether a field says how the message is framed: we say that
// ourselves. Scripts cannot set them, so this is a second lock.
func framing(name string) bool {
	switch name {
	case "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer":
		return true
	}
	return false
}

// readContent reads the content, but not more than MaxContent.
func (r *Request) readContent() error {
	r.method = r.Object.Get("method").String()
	if r.method == "GET" || r.method == "HEAD" {
		return nil
	}
	body := r.Object.Get("body")
	if body.IsNull() {
		return nil
	}
	if body.IsUndefined() { // Firefox shows no stream
		buffer, err := promise.Call(r.Object, "arrayBuffer")
		if err != nil {
			return err
		}
		return r.addContent(bytesClass.New(buffer))
	}
	reader := body.Call("getReader")
	for !r.long {
		step, err := promise.Call(reader, "read")
		if err != nil {
			return err
		}
		if step.Get("done").Bool() {
			return nil
		}
		if err := r.addContent(step.Get("value")); err != nil {
			return err
		}
	}
	reader.Call("cancel").Call("catch", ignore)
	return nil
}

var ignore = js.FuncOf(func(js.Value, []js.Value) any { return nil }) // never released

func (r *Request) addContent(piece js.Value) error {
	n := piece.Get("length").Int()
	if len(r.content)+n > MaxContent {
		r.content, r.long = nil, true
		return nil
	}
	at := len(r.content)
	r.content = append(r.content, make([]byte, n)...)
	js.CopyBytesToGo(r.content[at:], piece)
	return nil
}

// latin1Bytes turns a string of JavaScript that stands for bytes, one
// character for each, into those bytes.
func latin1Bytes(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			b := make([]byte, 0, len(s))
			for _, c := range s {
				b = append(b, byte(c))
			}
			return string(b)
		}
	}
	return s
}
