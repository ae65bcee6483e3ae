//go:build js

package fetch

import (
	"errors"
	"io"
	"syscall/js"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/wasm/browserfs"
)

var (
	_ session.Transport = (*transport)(nil)
	_ session.Watcher   = (*transport)(nil)
)

// transport carries one request to a session and takes the response apart: the
// client at the other end of the connection.
type transport struct {
	request []byte
	conn    *http1.Conn // in the role of the client

	head  *http1.Response
	parts []part
	size  int64 // content in parts
	over  bool  // the response is whole

	signal js.Value    // of the Request
	gone   func(error) // what Watch was given; nil if nothing is watched
	stream *stream
	ready  chan struct{} // closed when there is something to make a Response of
	marked bool          // ready is closed
}

// part is a piece of content: bytes, or a Blob, which is file or a slice of it.
type part struct {
	bytes      []byte
	blob, file js.Value
}

// newTransport writes a request out as bytes.
func newTransport(head *http1.Request, content []byte) (*transport, error) {
	t := &transport{conn: http1.NewConn(http1.Client, http1.Rules{}), ready: make(chan struct{})}
	var err error
	if t.request, err = t.conn.Append(nil, head); err != nil {
		return nil, err
	}
	if len(content) > 0 {
		if t.request, err = t.conn.Append(t.request, &http1.Data{Bytes: content}); err != nil {
			return nil, err
		}
	}
	t.request, err = t.conn.Append(t.request, &http1.End{})
	return t, err
}

// Await implements session.Transport. Nothing here has to be waited for.
func (t *transport) Await(session.Phase) {}

func (t *transport) Read(p []byte) (int, error) {
	if len(t.request) == 0 {
		return 0, io.EOF
	}
	n := copy(p, t.request)
	t.request = t.request[n:]
	return n, nil
}

func (t *transport) Write(p []byte) (int, error) {
	t.conn.Receive(p)
	return len(p), t.events()
}

// end says that the session closed the connection.
func (t *transport) end() error {
	if t.over { // part of the content went past the connection
		return nil
	}
	t.conn.ReceiveEOF()
	err := t.events()
	if t.stream != nil && !t.over {
		t.stream.end(err)
	}
	return err
}

// events takes in what the bytes received so far mean.
func (t *transport) events() error {
	for {
		ev, err := t.conn.Next()
		if err != nil {
			return err
		}
		switch ev := ev.(type) {
		case *http1.Response:
			if ev.Status < 200 {
				continue
			}
			head := *ev
			head.Fields = append(http1.Fields(nil), ev.Fields...)
			t.head = &head
			if head.Length == http1.UntilClose || head.Length == http1.Chunked {
				t.stream = newStream(func() { t.leave(errReaderGone) })
				t.markReady()
			}
		case *http1.Data:
			if err := t.take(ev.Bytes); err != nil {
				return err
			}
		case *http1.End:
			t.over = true
			if t.stream != nil {
				t.stream.end(nil)
			}
			return nil
		default:
			return nil
		}
	}
}

// take keeps a piece of content, or sends it on if its length is unknown.
func (t *transport) take(p []byte) error {
	if t.stream != nil {
		return t.stream.push(p)
	}
	t.size += int64(len(p))
	if n := len(t.parts); n > 0 && t.parts[n-1].bytes != nil {
		t.parts[n-1].bytes = append(t.parts[n-1].bytes, p...)
		return nil
	}
	t.parts = append(t.parts, part{bytes: append([]byte(nil), p...)})
	return nil
}

// markReady closes ready, once.
func (t *transport) markReady() {
	if !t.marked {
		t.marked = true
		close(t.ready)
	}
}

// SendContent implements session.Transport. Sections of files stay where they
// are: only offset and length are noted.
func (t *transport) SendContent(head []byte, c handler.Content) (int64, error) {
	if _, err := t.Write(head); err != nil {
		return 0, err
	}
	if t.head == nil {
		return 0, errors.New("content before the head")
	}
	before := t.size
	err := t.refer(c)
	if t.head.Length == t.size {
		t.over = true
	}
	return t.size - before, err
}

func (t *transport) refer(c handler.Content) error {
	switch c := c.(type) {
	case handler.Bytes:
		return t.take(c)
	case handler.Parts:
		for _, p := range c {
			if err := t.refer(p); err != nil {
				return err
			}
		}
		return nil
	case *handler.Section:
		file, ok := c.File.(browserfs.Blob)
		if !ok {
			break
		}
		// A slice ends where the Blob ends: nothing past the file can leave,
		// and what is missing is missed when the lengths are compared. All of a
		// file is the file: a slice costs a call to the browser's main process.
		whole := file.Blob()
		blob := whole
		if c.Off != 0 || c.N != int64(whole.Get("size").Float()) {
			blob = whole.Call("slice", c.Off, c.Off+c.N)
		}
		t.parts = append(t.parts, part{blob: blob, file: whole})
		t.size += int64(blob.Get("size").Float())
		return nil
	}
	_, err := c.WriteTo(taker{t})
	return err
}

// slice returns the file that all of the content is from, and the content.
// Both are undefined if there is no one file, or it is no success.
func (t *transport) slice() (file, body js.Value) {
	if t.stream != nil || len(t.parts) != 1 || t.parts[0].bytes != nil || t.head.Status != 200 && t.head.Status != 206 {
		return js.Undefined(), js.Undefined()
	}
	return t.parts[0].file, t.parts[0].blob
}

// Watch implements session.Watcher: the page aborted its fetch, or does not
// read the rest of a stream.
func (t *transport) Watch(gone func(error)) (stop func()) {
	t.gone = gone
	if t.signal.Get("aborted").Bool() {
		gone(errAborted)
		return func() {}
	}
	aborted := js.FuncOf(func(js.Value, []js.Value) any {
		t.leave(errAborted)
		return nil
	})
	t.signal.Call("addEventListener", "abort", aborted)
	return func() {
		t.gone = nil
		t.signal.Call("removeEventListener", "abort", aborted)
		aborted.Release()
	}
}

func (t *transport) leave(why error) {
	if t.gone != nil {
		t.gone(why)
	}
}

var errAborted = errors.New("the page aborted the fetch")

// taker keeps what is written to it as content.
type taker struct{ t *transport }

func (w taker) Write(p []byte) (int, error) { return len(p), w.t.take(p) }

// whole reports whether all the content the head announced is there.
func (t *transport) whole() bool {
	return t.head != nil && (t.over || t.stream != nil)
}
