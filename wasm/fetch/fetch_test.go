//go:build js

package fetch

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"syscall/js"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/site"
	"vitrine/core/trace"
	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

func newRequest(t *testing.T, url string, init map[string]any) *Request {
	t.Helper()
	object, err := promise.Try(func() js.Value { return js.Global().Get("Request").New(url, js.ValueOf(init)) })
	if err != nil {
		t.Fatal(err)
	}
	r := &Request{Object: object, Target: Target(url, ""), Host: "site.vitrine.localhost:8001"}
	if err := r.Prepare(); err != nil {
		t.Fatal(err)
	}
	return r
}

// readResponse is a Response whose content was read.
type readResponse struct {
	status  int
	reason  string
	headers js.Value
	text    string
	record  *trace.Record
}

func (a *readResponse) field(name string) string {
	if v := a.headers.Call("get", name); !v.IsNull() {
		return v.String()
	}
	return ""
}

func (a *readResponse) notes() string {
	var b strings.Builder
	for _, s := range a.record.Steps {
		if s.Kind == trace.Note || s.Kind == trace.Fault {
			b.WriteString(string(s.Code) + " " + strings.Join(s.Args, " ") + "\n")
		}
	}
	return b.String()
}

func serve(t *testing.T, r *Request, h handler.Handler) *readResponse {
	t.Helper()
	got, err := r.Serve(h, session.Config{Rules: http1.Compat, Site: "site"})
	if err != nil {
		t.Fatal(err)
	}
	text, err := promise.Call(got.Response, "text")
	if err != nil {
		t.Fatal(err)
	}
	return &readResponse{
		got.Response.Get("status").Int(), got.Response.Get("statusText").String(),
		got.Response.Get("headers"), text.String(), got.Record(),
	}
}

func siteWith(method string, f handler.Method) *handler.Base {
	return &handler.Base{Methods: map[string]handler.Method{method: f}}
}

func TestTarget(t *testing.T) {
	for _, tc := range []struct{ url, prefix, want string }{
		{"http://a:1/", "", "/"},
		{"http://a:1", "", "/"},
		{"http://a:1?q", "", "/?q"},
		{"http://a:1/x/y?q=/#frag?", "", "/x/y?q=/"},
		{"http://a/%2e%2e%2fx//y", "", "/%2e%2e%2fx//y"},
		{"http://a/s/site-1/css/x", "/s/site-1", "/css/x"},
		{"http://a/s/site-1", "/s/site-1", "/"},
		{"http://a/s/site-1?q", "/s/site-1", "/?q"},
		{"http://a/css/x", "/s/site-1", "/css/x"}, // made by a client of the site
		{"http://a//double", "", "//double"},
	} {
		if got := Target(tc.url, tc.prefix); got != tc.want {
			t.Errorf("%s below %q: got %q, want %q", tc.url, tc.prefix, got, tc.want)
		}
	}
}

// The request reaches the method as the bytes it would have had.
func TestRequest(t *testing.T) {
	r := newRequest(t, "http://site.vitrine.localhost:8001/a%20b?q#f", map[string]any{
		"method":  "POST",
		"headers": map[string]any{"X-One": "1, 2", "Accept": "text/ü", "A": ""},
		"body":    "content",
	})
	r.Client = "client-1"
	a := serve(t, r, siteWith("POST", func(x *handler.Exchange) error {
		content, err := io.ReadAll(x.Content)
		if err != nil {
			return err
		}
		x.SendResponse(200, "")
		page := x.RequestLine + "\r\n"
		for _, f := range x.Headers {
			page += f.Name + ": " + f.Value + "\r\n"
		}
		page += "\r\n" + string(content)
		x.SendHeader("Content-Length", strconv.Itoa(len(page)))
		if err := x.EndHeaders(); err != nil {
			return err
		}
		_, err = x.Write([]byte(page))
		return err
	}))
	const want = "POST /a%20b?q HTTP/1.1\r\nHost: site.vitrine.localhost:8001\r\na: \r\naccept: text/\xfc\r\ncontent-type: text/plain;charset=UTF-8\r\nx-one: 1, 2\r\nContent-Length: 7\r\n\r\ncontent"
	if got := strings.ReplaceAll(a.text, "\ufffd", "\xfc"); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if a.record.Source != trace.Rebuilt || a.record.Request.Method.Text != "POST" || a.record.Request.Target.Text != "/a%20b?q" || a.record.Status != 200 {
		t.Errorf("record: got %+v", a.record)
	}
	if first := a.record.Steps[0]; first.Kind != trace.In || first.From != trace.Rebuilt || !strings.HasPrefix(first.Bytes, "POST /a%20b?q HTTP/1.1\r\n") {
		t.Errorf("first step: got %+v", first)
	}
	for _, s := range a.record.Steps {
		if (s.Kind == trace.In || s.Kind == trace.Out) && s.From == trace.Wire {
			t.Errorf("bytes that never passed a wire: %+v", s)
		}
	}
	for _, want := range []trace.Code{trace.FetchRebuilt, trace.FetchUnseen, trace.FetchResponse} {
		if !strings.Contains(a.notes(), string(want)) {
			t.Errorf("no step %q in %s", want, a.notes())
		}
	}
	if b := a.record.Browser; b.Mode != "cors" || b.Redirect != "follow" || b.Client != "client-1" || b.Navigates() {
		t.Errorf("the browser told %+v", b)
	}
	if f := a.record.Request.Fields; len(f) != 6 || f[5].Value.Text != "7" {
		t.Errorf("field lines: %+v", f)
	}
}

func TestTooMuchContent(t *testing.T) {
	for _, tc := range []struct{ size, want int }{{MaxContent, 200}, {MaxContent + 1, 413}} {
		r := newRequest(t, "http://a/", map[string]any{"method": "PUT", "body": strings.Repeat("x", tc.size)})
		a := serve(t, r, siteWith("PUT", func(x *handler.Exchange) error {
			n, err := io.Copy(io.Discard, x.Content)
			if n != int64(tc.size) || err != nil {
				t.Errorf("the method read %d bytes, %v", n, err)
			}
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "0")
			return x.EndHeaders()
		}))
		if a.status != tc.want {
			t.Errorf("%d bytes: got %d, want %d", tc.size, a.status, tc.want)
		}
	}
}

// What no Response can be, and what a Response is without.
func TestResponse(t *testing.T) {
	field := func(name, value string) http1.Field { return http1.Field{Name: name, Value: value} }
	for _, tc := range []struct {
		title   string
		method  string
		status  int
		reason  string
		fields  http1.Fields
		content string

		want     int
		wantText string
		wantNote string
	}{
		{title: "plain", method: "GET", status: 200, content: "text", want: 200, wantText: "text"},
		{title: "own reason", method: "GET", status: 299, reason: "Fine, thanks", content: "x", want: 299, wantText: "x"},
		{title: "reason in Latin-1", method: "GET", status: 200, reason: "gr\u00fcn", content: "x", want: 200, wantText: "x"},
		{title: "204", method: "GET", status: 204, want: 204},
		{title: "304", method: "GET", status: 304, want: 304},
		{title: "205", method: "GET", status: 205, want: 205},
		{title: "HEAD", method: "HEAD", status: 200, content: "text", want: 200},
		{title: "599", method: "GET", status: 599, content: "x", want: 599, wantText: "x"},
		{title: "600", method: "GET", status: 600, content: "x", want: 500, wantNote: "fetch.status 600"},
		{title: "cookie", method: "GET", status: 200, fields: http1.Fields{field("Set-Cookie", "a=b")}, content: "x", want: 200, wantText: "x", wantNote: "fetch.set-cookie"},
		{title: "coding", method: "GET", status: 200, fields: http1.Fields{field("Content-Encoding", "gzip")}, content: "x", want: 200, wantText: "x", wantNote: "fetch.coding"},
	} {
		t.Run(tc.title, func(t *testing.T) {
			a := serve(t, newRequest(t, "http://a/", map[string]any{"method": tc.method}), siteWith(tc.method, func(x *handler.Exchange) error {
				x.SendResponse(tc.status, tc.reason)
				for _, f := range tc.fields {
					x.SendHeader(f.Name, f.Value)
				}
				if tc.content != "" || tc.status == 205 {
					x.SendHeader("Content-Length", strconv.Itoa(len(tc.content)))
				}
				if err := x.EndHeaders(); err != nil {
					return err
				}
				_, err := x.Write([]byte(tc.content))
				return err
			}))
			if a.status != tc.want || tc.want != 500 && a.text != tc.wantText {
				t.Errorf("got %d %q, want %d %q", a.status, a.text, tc.want, tc.wantText)
			}
			if tc.reason != "" && a.reason != tc.reason {
				t.Errorf("reason: got %q, want %q", a.reason, tc.reason)
			}
			if !strings.Contains(a.notes(), tc.wantNote) {
				t.Errorf("no note %q in %s", tc.wantNote, a.notes())
			}
		})
	}
}

func TestFields(t *testing.T) {
	r := newRequest(t, "http://a/s/x/", map[string]any{})
	r.Prefix = "/s/x"
	a := serve(t, r, siteWith("GET", func(x *handler.Exchange) error {
		x.SendResponse(301, "")
		x.SendHeader("Location", "/dir/?q")
		x.SendHeader("X-Twice", "1")
		x.SendHeader("X-Twice", "2")
		x.SendHeader("X-Bytes", "\xe9\xff")
		x.SendHeader("Content-Length", "0")
		return x.EndHeaders()
	}))
	for name, want := range map[string]string{"Location": "/s/x/dir/?q", "X-Twice": "1, 2", "X-Bytes": "\u00e9\u00ff", "Content-Length": "0"} {
		if got := a.field(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if !strings.Contains(a.notes(), "fetch.location /s/x") {
		t.Errorf("no note about Location in %s", a.notes())
	}
}

// What a browser does not act on here is said, and only that.
func TestFieldsWithoutEffect(t *testing.T) {
	for _, tc := range []struct{ name, code string }{
		{"Strict-Transport-Security", "fetch.network"},
		{"Clear-Site-Data", "fetch.network"},
		{"access-control-allow-origin", "fetch.origins"},
		{"Access-Control-Expose-Headers", "fetch.origins"},
		{"Cross-Origin-Opener-Policy", "fetch.framed"},
		{"Cross-Origin-Embedder-Policy", ""},
		{"Content-Security-Policy", ""},
	} {
		if got := withoutEffect(tc.name); string(got) != tc.code {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.code)
		}
	}
	a := serve(t, newRequest(t, "http://a/", map[string]any{}), siteWith("GET", func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		x.SendHeader("Alt-Svc", "clear")
		x.SendHeader("X-Own", "1")
		x.SendHeader("Content-Length", "0")
		return x.EndHeaders()
	}))
	if !strings.Contains(a.notes(), "fetch.network Alt-Svc\n") || strings.Contains(a.notes(), "X-Own") {
		t.Errorf("got the notes %s", a.notes())
	}
}

// file is what browserfs would open, and tells whether it was read.
type file struct {
	blob
	read *bool
}

type blob = browserfs.Blob // a field of the name Blob would hide the method

func (f file) ReadAt(p []byte, at int64) (int, error) { *f.read = true; return f.blob.ReadAt(p, at) }
func (f file) Read(p []byte) (int, error)             { *f.read = true; return f.blob.Read(p) }

func open(t *testing.T, content string) (file, *browserfs.List) {
	l := new(browserfs.List)
	if err := l.Add("f.txt", js.Global().Get("File").New([]any{content}, "f.txt", map[string]any{"lastModified": 1e12})); err != nil {
		t.Fatal(err)
	}
	f, err := l.Open("f.txt")
	if err != nil {
		t.Fatal(err)
	}
	return file{f.(browserfs.Blob), new(bool)}, l
}

// Content of a file goes on by reference, unread.
func TestByReference(t *testing.T) {
	f, _ := open(t, "0123456789")
	content := handler.Parts{
		handler.Bytes("<"), &handler.Section{File: f, Off: 1, N: 3},
		handler.Bytes("|"), &handler.Section{File: f, Off: 8, N: 2}, handler.Bytes(">"),
	}
	a := serve(t, newRequest(t, "http://a/", nil), siteWith("GET", func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", strconv.FormatInt(content.Size(), 10))
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(content)
	}))
	if a.text != "<123|89>" || *f.read {
		t.Errorf("got %q, read by us: %v", a.text, *f.read)
	}
	if a.record.Size != 8 {
		t.Errorf("size: got %d, want 8", a.record.Size)
	}
}

func TestSite(t *testing.T) {
	_, l := open(t, "0123456789")
	s := site.New(l)
	for _, tc := range []struct {
		title, url string
		fields     map[string]any
		want       int
		text       string
	}{
		{"whole", "http://a/f.txt", nil, 200, "0123456789"},
		{"part", "http://a/f.txt", map[string]any{"Range": "bytes=3-4"}, 206, "34"},
		{"past the end", "http://a/f.txt", map[string]any{"Range": "bytes=10-"}, 416, ""},
		{"missing", "http://a/g.txt", nil, 404, ""},
	} {
		a := serve(t, newRequest(t, tc.url, map[string]any{"headers": js.ValueOf(tc.fields)}), s)
		if a.status != tc.want || tc.text != "" && a.text != tc.text {
			t.Errorf("%s: got %d %q, want %d %q", tc.title, a.status, a.text, tc.want, tc.text)
		}
	}
}

// A response that ends before its content does is never passed off as whole.
func TestCut(t *testing.T) {
	f, _ := open(t, "short")
	for title, content := range map[string]handler.Content{
		"file":   &handler.Section{File: f, Off: 0, N: 100},
		"writer": handler.Bytes("short"),
	} {
		a := serve(t, newRequest(t, "http://a/", nil), siteWith("GET", func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "100")
			if err := x.EndHeaders(); err != nil {
				return err
			}
			return x.SendContent(content)
		}))
		if a.status != 500 {
			t.Errorf("%s: got %d %q, want 500", title, a.status, a.text)
		}
	}
}

func TestFailingMethods(t *testing.T) {
	for title, method := range map[string]handler.Method{
		"panic":       func(*handler.Exchange) error { panic("oh") },
		"error":       func(*handler.Exchange) error { return errors.New("oh") },
		"no response": func(*handler.Exchange) error { return nil },
		"panic after the head": func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "5")
			x.EndHeaders()
			panic("oh")
		},
	} {
		if a := serve(t, newRequest(t, "http://a/", nil), siteWith("GET", method)); a.status != 500 {
			t.Errorf("%s: got %d, want 500", title, a.status)
		}
	}
	if a := serve(t, newRequest(t, "http://a/", map[string]any{"method": "BREW"}), siteWith("GET", nil)); a.status != 501 {
		t.Errorf("unknown method: got %d, want 501", a.status)
	}
}

// Content without a length is a stream: the Response is there before its end.
func TestStream(t *testing.T) {
	more := make(chan string)
	h := siteWith("GET", func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		for piece := range more {
			if _, err := x.Write([]byte(piece)); err != nil {
				return err
			}
			if err := x.FlushHeaders(); err != nil {
				return err
			}
		}
		return nil
	})
	r := newRequest(t, "http://a/", nil)
	go func() { more <- "first " }()
	got, err := r.Serve(h, session.Config{Rules: http1.Compat})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		more <- "second"
		close(more)
	}()
	text, err := promise.Call(got.Response, "text")
	if err != nil || text.String() != "first second" {
		t.Errorf("got %q, %v", text.String(), err)
	}
	if rec := got.Record(); rec.Size != int64(len("first second")) {
		t.Errorf("record: got size %d", rec.Size)
	}
}

// A reader that goes away ends the method.
func TestStreamCancelled(t *testing.T) {
	ended := make(chan error, 1)
	h := siteWith("GET", func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		err := x.EndHeaders()
		for err == nil {
			if _, err = x.Write([]byte("again")); err == nil {
				err = x.FlushHeaders()
			}
		}
		ended <- err
		return err
	})
	got, err := newRequest(t, "http://a/", nil).Serve(h, session.Config{Rules: http1.Compat})
	if err != nil {
		t.Fatal(err)
	}
	reader := got.Response.Get("body").Call("getReader")
	if step, err := promise.Call(reader, "read"); err != nil || step.Get("done").Bool() {
		t.Fatal(err)
	}
	if _, err := promise.Call(reader, "cancel"); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, errReaderGone) {
		t.Errorf("the method ended with %v, want %v", err, errReaderGone)
	}
	got.Record()
}

// Middleware works here as it does around a socket's handler, and what fetch
// refuses by itself keeps the error page of the handler.
func TestMiddleware(t *testing.T) {
	_, l := open(t, "0123456789")
	s := site.New(l)
	s.ErrorMessageFormat = "%(code)d of our own"
	h := handler.Wrap(s, func(next handler.Handler) handler.Handler {
		return handler.HandlerFunc(func(x *handler.Exchange) error {
			x.OnHead(func(x *handler.Exchange) { x.SendHeader("Access-Control-Allow-Origin", "*") })
			return next.ServeExchange(x)
		})
	})
	for target, want := range map[string]string{"f.txt": "0123456789", "g.txt": "404 of our own"} {
		if a := serve(t, newRequest(t, "http://a/"+target, nil), h); a.text != want || a.field("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: got %d %q", target, a.status, a.text)
		}
	}
	long := newRequest(t, "http://a/", map[string]any{"method": "PUT", "body": strings.Repeat("x", MaxContent+1)})
	if a := serve(t, long, h); a.text != "413 of our own" {
		t.Errorf("got %d %q", a.status, a.text)
	}
}

// waiting is a method that responds when its context is over, with the cause.
func waiting(begun chan<- bool) *handler.Base {
	return siteWith("GET", func(x *handler.Exchange) error {
		ctx := x.Context()
		begun <- true
		<-ctx.Done()
		text := context.Cause(ctx).Error()
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", strconv.Itoa(len(text)))
		if err := x.EndHeaders(); err != nil {
			return err
		}
		_, err := x.Write([]byte(text))
		return err
	})
}

// A fetch that the page aborts ends the context of its exchange, before or
// after it began.
func TestAbort(t *testing.T) {
	for name, early := range map[string]bool{"before": true, "during": false} {
		controller := js.Global().Get("AbortController").New()
		r := newRequest(t, "http://a/", map[string]any{"signal": controller.Get("signal")})
		begun := make(chan bool, 1)
		if early {
			controller.Call("abort")
		} else {
			go func() {
				<-begun
				controller.Call("abort")
			}()
		}
		if a := serve(t, r, waiting(begun)); a.text != errAborted.Error() {
			t.Errorf("%s: got %q, want %q", name, a.text, errAborted)
		}
	}
}

// A reader that goes away ends the context of a method that sends nothing.
func TestStreamCancelledContext(t *testing.T) {
	ended := make(chan error, 1)
	h := siteWith("GET", func(x *handler.Exchange) error {
		ctx := x.Context()
		x.SendResponse(200, "")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		if err := x.FlushHeaders(); err != nil {
			return err
		}
		<-ctx.Done()
		ended <- context.Cause(ctx)
		return nil
	})
	got, err := newRequest(t, "http://a/", nil).Serve(h, session.Config{Rules: http1.Compat})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := promise.Call(got.Response.Get("body"), "cancel"); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != errReaderGone {
		t.Errorf("got %v, want %v", err, errReaderGone)
	}
}
