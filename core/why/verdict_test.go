package why_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/middleware/fallback"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/site"
	"vitrine/core/trace"
	"vitrine/core/why"
	"vitrine/core/words"
)

func files() fstest.MapFS {
	return fstest.MapFS{
		"a b.txt":         {Data: []byte("0123456789"), ModTime: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)},
		"docs/index.html": {Data: []byte("<p>"), ModTime: time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)},
		"list/x":          {},
		"list/y":          {},
		"index.html":      {Data: []byte("application")},
	}
}

// ask gives one request to a site and returns its record.
func ask(t *testing.T, h handler.Handler, request string) *trace.Record {
	t.Helper()
	log := &trace.Log{}
	session.Serve(&sessiontest.Script{In: []string{request}}, &session.Config{Handler: h, Log: log}, handler.ParseAddress("127.0.0.1:5000"))
	kept, _ := log.Records()
	if len(kept) == 0 {
		t.Fatalf("%q left no record", request)
	}
	return kept[0]
}

const host = " HTTP/1.1\r\nHost: x\r\n"

func TestOf(t *testing.T) {
	s := site.New(files())
	s.SpeakHTTP11()
	app := handler.Wrap(s, (&fallback.Fallback{Site: s, File: "index.html"}).Wrap)
	failing := &handler.Base{Methods: map[string]handler.Method{"GET": func(*handler.Exchange) error { return fmt.Errorf("no disk") }}}
	own := &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		x.SendResponse(204, "")
		return x.EndHeaders()
	}}}
	for _, tc := range []struct {
		h       handler.Handler
		request string
		status  int
		want    string
	}{
		{s, "GET /a%20b.txt" + host + "\r\n", 200, "[path: The file a b.txt] is there, and [content: all of it] is sent."},
		{s, "HEAD /a%20b.txt" + host + "\r\n", 200, "[method: HEAD] asks for the fields alone: the same as for GET, without the content."},
		{s, "GET /a%20b.txt" + host + "Range: bytes=2-5\r\n\r\n", 206, "The client asked for [in:Range: bytes 2 to 5], and [path: the file] has them."},
		{s, "GET /a%20b.txt" + host + "Range: bytes=2-\r\n\r\n", 206, "The client asked for [in:Range: bytes 2 on], and [path: the file] has them."},
		{s, "GET /a%20b.txt" + host + "Range: bytes=0-1,4-5\r\n\r\n", 206, "The client asked for [in:Range: 2 parts], and [path: the file] has them: each comes with a head of its own."},
		{s, "GET /a%20b.txt" + host + "Range: bytes=99-\r\n\r\n", 416, "The client asked for [in:Range: bytes] that [path: the file] does not have: [out:Content-Range: its length] is in the response."},
		{s, "GET /a%20b.txt" + host + "Range: lines=1-2\r\n\r\n", 200, "[path: The file] is sent whole: [in:Range: Range] changed nothing. Bytes are the only unit this server knows."},
		{s, "GET /a%20b.txt" + host + "Range: bytes=1-2\r\nIf-Range: \"no\"\r\n\r\n", 200, "A part was asked for under [in:If-Range: a condition] that does not hold. The entity tag is another or a weak one: the whole file is sent."},
		{s, "GET /a%20b.txt" + host + "If-None-Match: *\r\n\r\n", 304, "The client has this very file: [in:If-None-Match: its entity tag] fits, so no content is sent."},
		{s, "GET /a%20b.txt" + host + "If-None-Match: \"no\"\r\n\r\n", 200, "The client has [in:If-None-Match: another copy], so [path: the file] is sent."},
		{s, "GET /a%20b.txt" + host + "If-Modified-Since: Sun, 01 Nov 2026 12:00:00 GMT\r\n\r\n", 304, "The file has not changed since [in:If-Modified-Since: the date that the client named], so no content is sent."},
		{s, "GET /a%20b.txt" + host + "If-Modified-Since: yesterday\r\n\r\n", 200, "[path: The file] is sent: [in:If-Modified-Since: If-Modified-Since] changed nothing. The value is no date that counts here."},
		{s, "GET /a%20b.txt" + host + "If-Match: \"no\"\r\n\r\n", 412, "The request was for [in:If-Match: one copy] of the file, and the file is another one now."},
		{s, "GET /docs" + host + "\r\n", 301, "[target: /docs] is a directory, but does not end in a slash: relative links on its page would lead astray, so [out:Location: the path with the slash] is to be asked for."},
		{s, "GET /docs/" + host + "\r\n", 200, "[target: /docs/] is a directory with an index page: [path: docs/index.html] is sent."},
		{s, "GET /list/" + host + "\r\n", 200, "[target: /list/] is a directory without an index page, so [content: its 2 entries] are listed."},
		{s, "GET /none" + host + "\r\n", 404, "There is [path: no file none] here."},
		{s, "GET /a%20b.txt/" + host + "\r\n", 404, "[target: /a%20b.txt/] ends in a slash, but [path: a b.txt] is a file and no directory."},
		{s, "GET /%00" + host + "\r\n", 404, "[target: The target] names nothing: no file name holds a NUL."},
		{s, "BREW /" + host + "\r\n", 501, "This server has no method [method: BREW], as http.server has none."},
		{s, "OPTIONS *" + host + "\r\n", 204, "[method: OPTIONS] with the target [target: *] asks what the server can do: [out:Allow: GET, HEAD, OPTIONS]."},
		{s, "GET /" + host + "Expect: a miracle\r\n\r\n", 417, "The client expects [in:Expect: a miracle], which this server does not know."},
		{s, "GET / HTTP/1.1\r\n\r\n", 400, "[fault: There is no Host.] What follows it cannot be trusted, so the connection is closed."},
		{s, "", 0, "There is no response: The client closed the connection: the connection broke while the server waited for more."},
		{app, "GET /user/42" + host + "\r\n", 200, "[target: /user/42] is no file. [path: index.html] is sent in its place, as this site is set up: the application looks at the path itself."},
		{app, "GET /x.js" + host + "\r\n", 404, "[target: /x.js] is no file, and index.html stands in for pages only."},
		{failing, "GET /" + host + "\r\n", 500, "The response could not be made: no disk"},
		{own, "GET /" + host + "\r\n", 204, "The program behind this server responded so; it noted no reason."},
		// What comes from a request adds no place.
		{s, "GET /{path|x}" + host + "\r\n", 404, "There is [path: no file {path|x}] here."},
	} {
		r := ask(t, tc.h, tc.request)
		v := why.Of(r)
		var b strings.Builder
		for _, p := range words.Said(&v) {
			if p.Place != "" {
				p.Text = "[" + p.Place + ": " + p.Text + "]"
			}
			b.WriteString(p.Text)
		}
		if b.String() != tc.want || r.Status != tc.status {
			t.Errorf("%q: %d, %s\n%s\nwant %d\n%s", tc.request, r.Status, v.Cause, b.String(), tc.status, tc.want)
		}
	}
}

// A request of a page for an address without a dot may be one of an
// application.
func TestRoute(t *testing.T) {
	r := ask(t, site.New(files()), "GET /user/42"+host+"\r\n")
	r.Browser.Mode, r.Source = "navigate", trace.Rebuilt
	if v := why.Of(r); v.Cause != "file.not-opened.route" {
		t.Errorf("got %s", v.Cause)
	}
	r.Request.Target.Text = "/user/42.css"
	if v := why.Of(r); v.Cause != "file.not-opened.missing" {
		t.Errorf("got %s", v.Cause)
	}
}

func TestPath(t *testing.T) {
	s := site.New(files())
	for _, tc := range []struct{ target, want string }{
		{"/a%20b.txt", "target=/a%20b.txt path.cut= path.decoded=/a b.txt path.cleaned= file.found=a b.txt size=10 type.by-name!text/plain"},
		{"/x/../docs?q", "target=/x/../docs?q path.cut=/x/../docs path.decoded= path.cleaned=docs path.redirect!/x/../docs/?q"},
		{"/docs/", "target=/docs/ path.cut= path.decoded= path.cleaned= path.index=docs/index.html file.found=docs/index.html size=3 type.by-name!text/html"},
		{"/list/", "target=/list/ path.cut= path.decoded= path.cleaned= path.listing!2"},
		{"/none", "target=/none path.cut= path.decoded= path.cleaned= file.not-opened|none"},
		{"/%00", "target=/%00 path.nul|"},
		{"http://x/docs/", "target=http://x/docs/ path.absolute-form=http://x path.cut= path.decoded= path.cleaned= path.index=docs/index.html file.found=docs/index.html size=3 type.by-name!text/html"},
	} {
		var got []string
		for _, st := range why.Path(ask(t, s, "GET "+tc.target+host+"\r\n")) {
			got = append(got, st.Code+[]string{"=", "=", "!", "|"}[st.Kind]+st.Value)
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.target, strings.Join(got, " "), tc.want)
		}
	}
	if way := why.Path(ask(t, s, "BREW /"+host+"\r\n")); way != nil {
		t.Errorf("a way of %d stations where no file was looked for", len(way))
	}
}

func TestLadder(t *testing.T) {
	s := site.New(files())
	s.SpeakHTTP11()
	for _, tc := range []struct{ request, want string }{
		{"GET /a%20b.txt" + host + "\r\n", "message+ method+ resource+ send!"},
		{"GET /a%20b.txt" + host + "Range: bytes=1-2\r\nIf-None-Match: \"x\"\r\n\r\n", "message+ method+ resource+ cond.if-none-match+ cond.range! send_"},
		{"GET /a%20b.txt" + host + "If-Modified-Since: x\r\n\r\n", "message+ method+ resource+ cond.if-modified-since~ send!"},
		{"GET /docs" + host + "If-None-Match: *\r\n\r\n", "message+ method+ resource+ slash! cond.if-match_ cond.if-unmodified-since_ cond.if-none-match_ cond.if-modified-since_ cond.if-range_ cond.range_ send_"},
		{"GET /list/" + host + "Range: bytes=0-1\r\n\r\n", "message+ method+ resource+ slash+ cond.range? send!"},
		{"BREW /" + host + "\r\n", "message+ method! resource_ cond.if-match_ cond.if-unmodified-since_ cond.if-none-match_ cond.if-modified-since_ cond.if-range_ cond.range_ send_"},
	} {
		r := ask(t, s, tc.request)
		var got []string
		for _, rung := range why.Ladder(r) {
			if rung.State != why.Skip {
				got = append(got, rung.Code+string("-+~!?_"[rung.State]))
			}
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%q:\n%s\nwant\n%s", tc.request, strings.Join(got, " "), tc.want)
		}
	}
}

// Whatever the steps of a record are, a site's script may have made them.
func FuzzOf(f *testing.F) {
	f.Add("cond.range", "a", "decided", int64(200))
	f.Add("fault.x", "", "", int64(-1))
	f.Add("repeat.of", "1", "", int64(0))
	f.Fuzz(func(t *testing.T, code, a, b string, status int64) {
		r := &trace.Record{Status: int(status)}
		r.Add(trace.Note, trace.Wire, 0, trace.Code(code), a, b, b)
		r.Add(trace.Note, trace.Wire, 0, trace.Code(code))
		v := why.Of(r)
		words.Said(&v)
		words.SaidReference(r, &v)
		for _, rung := range why.Ladder(r) {
			words.Because(r, &rung)
		}
		why.Path(r)
	})
}
