// Package handlertest serves a handler without a connection and records what
// it responds: what net/http/httptest.ResponseRecorder is for net/http.
//
// The one rule: a request is given as its bytes, and what is recorded is what
// a client would have received, so that a test reads like the wire.
package handlertest

import (
	"errors"
	"io"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// Recorder is a [handler.Sink] that records a response. Its zero value is
// ready for one request.
type Recorder struct {
	Status  int          // of the final response, 0 if there was none
	Reason  string       // its reason phrase
	Fields  http1.Fields // its field lines
	Content []byte       // its content, without chunks
	Wire    []byte       // everything as it would leave, interim responses included
	Steps   []trace.Step // without times

	// Exchange is the exchange when it is over, Err what became of it.
	Exchange *handler.Exchange
	Err      error

	// What a test sets before Serve: HeadErr fails every head, CloseReason is
	// why the connection ends behind the response although the client would
	// go on.
	HeadErr     error
	CloseReason string

	conn http1.Conn
}

var _ handler.Sink = (*Recorder)(nil)

// Serve gives h the request that text begins with, read as http.server reads
// it (http1.Compat), and records the response. A text that is no request is
// responded to as a connection would.
func Serve(h handler.Handler, text string) *Recorder {
	r := new(Recorder)
	r.Serve(h, &handler.Exchange{}, text)
	return r
}

// Get is Serve of a GET without field lines.
func Get(h handler.Handler, target string) *Recorder {
	return Serve(h, "GET "+target+" HTTP/1.1\r\n\r\n")
}

// Serve is the function of that name with a Recorder that was prepared and an
// exchange of which Client and Server may be set.
func (r *Recorder) Serve(h handler.Handler, x *handler.Exchange, text string) {
	r.conn.Reset(http1.Server, http1.Compat)
	r.conn.Receive([]byte(text))
	r.conn.ReceiveEOF()
	r.Exchange = x
	base := handler.BaseOf(h)
	step := func(k trace.Kind, code trace.Code, args []string) {
		r.Steps = append(r.Steps, trace.Step{Kind: k, Code: code, Args: args})
	}
	ev, err := r.conn.Next()
	req, ok := ev.(*http1.Request)
	fault, broken := errors.AsType[*http1.Error](err)
	switch {
	case broken:
		x.Begin(base, r.conn.Partial(), nil, r, step)
		x.CloseConnection = true
		r.Err = x.SendFault(fault)
	case ok:
		x.Begin(base, req, &content{conn: &r.conn}, r, step)
		r.Err = handler.Serve(h, x)
	default:
		r.Err = io.ErrUnexpectedEOF
	}
	if r.Err == nil {
		r.Wire, r.Err = r.conn.Append(r.Wire, &http1.End{})
	}
	if base.Done != nil && ok {
		base.Done(x)
	}
}

// content reads the content of the request.
type content struct {
	conn *http1.Conn
	data []byte
	over bool
}

func (c *content) Read(p []byte) (int, error) {
	for len(c.data) == 0 {
		if c.over {
			return 0, io.EOF
		}
		ev, err := c.conn.Next()
		if err != nil {
			return 0, err
		}
		switch ev := ev.(type) {
		case *http1.Data:
			c.data = ev.Bytes
		case *http1.End:
			c.over = true
		default:
			return 0, io.ErrUnexpectedEOF
		}
	}
	n := copy(p, c.data)
	c.data = c.data[n:]
	return n, nil
}

// Head implements [handler.Sink].
func (r *Recorder) Head(res *http1.Response) (err error) {
	if r.HeadErr != nil {
		return r.HeadErr
	}
	if r.Wire, err = r.conn.Append(r.Wire, res); err == nil && res.Status >= 200 {
		r.Status, r.Reason = res.Status, res.Reason
		r.Fields = append(http1.Fields(nil), res.Fields...)
	}
	return err
}

// Write implements [handler.Sink].
func (r *Recorder) Write(p []byte) (n int, err error) {
	if r.Wire, err = r.conn.Append(r.Wire, &http1.Data{Bytes: p}); err != nil {
		return 0, err
	}
	r.Content = append(r.Content, p...)
	return len(p), nil
}

// Send implements [handler.Sink].
func (r *Recorder) Send(c handler.Content) (int64, error) { return c.WriteTo(r) }

// Flush implements [handler.Sink].
func (r *Recorder) Flush() error { return nil }

// Closing implements [handler.Sink].
func (r *Recorder) Closing() string { return r.CloseReason }

// Field returns the value of the first field of that name, "" if there is
// none.
func (r *Recorder) Field(name string) string { return r.Fields.Get(name) }

// Lines returns the field lines but for Server and Date, which every response
// has, each with a line feed.
func (r *Recorder) Lines() string {
	var b strings.Builder
	for _, f := range r.Fields {
		if f.Name != "Server" && f.Name != "Date" {
			b.WriteString(f.Name + ": " + f.Value + "\n")
		}
	}
	return b.String()
}

// String is the response as a person reads it: status and reason phrase, the
// lines of Lines, an empty line and the content.
func (r *Recorder) String() string {
	status := [...]byte{byte('0' + r.Status/100%10), byte('0' + r.Status/10%10), byte('0' + r.Status%10)}
	return string(status[:]) + " " + r.Reason + "\n" + r.Lines() + "\n" + string(r.Content)
}
