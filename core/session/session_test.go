package session_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
)

func newHandler(protocol string) *handler.Base {
	h := &handler.Base{
		ProtocolVersion: protocol,
		VersionString:   func() string { return "S" },
		DateTimeString:  func(time.Time) string { return "D" },
		Methods:         map[string]handler.Method{},
	}
	response := func(x *handler.Exchange, text string) error {
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", itoa(len(text)))
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(handler.Bytes(text))
	}
	h.Methods["GET"] = func(x *handler.Exchange) error { return response(x, "got "+x.Path) }
	h.Methods["HEAD"] = h.Methods["GET"]
	h.Methods["POST"] = func(x *handler.Exchange) error {
		b, err := io.ReadAll(x.Content)
		if err != nil {
			return x.SendError(400, "", "")
		}
		return response(x, "read "+string(b))
	}
	h.Methods["STREAM"] = func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(handler.Stream{Reader: iotest.OneByteReader(strings.NewReader("abc"))})
	}
	return h
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func ok(text string) string {
	return "HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nContent-Length: " + itoa(len(text)) + "\r\n\r\n" + text
}

// last is ok at the end of a connection.
func last(text string) string {
	return strings.Replace(ok(text), "\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1)
}

const get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

// spec: C-1 C-4 K-6 K-7
// departs: K-3 (RFC 9112 §9.6)
func TestConversations(t *testing.T) {
	const old = "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
	kept := func(text string) string {
		return strings.Replace(ok(text), "\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n", 1)
	}
	post := func(framing, content string) string {
		return "POST /p HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n" + content
	}
	for _, tc := range []struct {
		name   string
		in     []string
		want   string
		unread bool
	}{
		{name: "nothing"},
		{name: "one", in: []string{get}, want: ok("got /a")},
		{name: "in pieces", in: strings.SplitAfter(get, ""), want: ok("got /a")},
		{name: "two in turn", in: []string{get, get}, want: ok("got /a") + ok("got /a")},
		{name: "pipelined", in: []string{get + get + get}, want: ok("got /a") + ok("got /a") + ok("got /a")},
		{name: "close ends it", in: []string{"GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + get}, want: last("got /a"), unread: true},
		{name: "HEAD", in: []string{"HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get}, want: strings.TrimSuffix(ok("got /a"), "got /a") + ok("got /a")},
		{name: "length", in: []string{post("Content-Length: 5", "he"), "llo" + get}, want: ok("read hello") + ok("got /a")},
		{name: "chunked", in: []string{post("Transfer-Encoding: chunked", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n") + get}, want: ok("read hello") + ok("got /a")},
		{name: "chunked response", in: []string{"STREAM / HTTP/1.1\r\nHost: h\r\n\r\n" + get},
			want: "HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n" + ok("got /a")},
		{name: "response until close", in: []string{"STREAM / HTTP/1.0\r\n\r\n"},
			want: "HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nConnection: close\r\n\r\nabc"},
		{name: "1.0 keeps alive", in: []string{old, old, "GET /a HTTP/1.0\r\n\r\n" + get}, want: kept("got /a") + kept("got /a") + last("got /a"), unread: true},
		{name: "1.0 response until close", in: []string{"STREAM / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get},
			want: "HTTP/1.1 200 OK\r\nServer: S\r\nDate: D\r\nConnection: close\r\n\r\nabc", unread: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := &sessiontest.Script{In: tc.in}
			unread := session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1")}, handler.Address{})
			if got := s.Out.String(); got != tc.want || unread != tc.unread {
				t.Errorf("got %q, unread %v\nwant %q, %v", got, unread, tc.want, tc.unread)
			}
		})
	}
}

// departs: K-8 H-8
func TestUnreadContentIsNeverARequest(t *testing.T) {
	smuggled := "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
	for _, framing := range []string{
		"Content-Length: " + itoa(len(smuggled)) + "\r\n\r\n" + smuggled,
		"Transfer-Encoding: chunked\r\n\r\n23\r\n" + smuggled + "\r\n0\r\n\r\n",
	} {
		for _, method := range []string{"GET", "HEAD", "BREW"} {
			for _, protocol := range []string{"HTTP/1.0", "HTTP/1.1"} {
				s := &sessiontest.Script{In: []string{method + " /a HTTP/1.1\r\nHost: h\r\n" + framing + get}}
				log := new(trace.Log)
				session.Serve(s, &session.Config{Handler: newHandler(protocol), Log: log}, handler.Address{})
				records := exchanges(log)
				for i, r := range records {
					if r.Request.Target.Text == "/smuggled" {
						t.Errorf("%s under %s: taken for request %d", method, protocol, i)
					}
				}
				if strings.Contains(s.Out.String(), "smuggled") {
					t.Errorf("%s under %s: got %q", method, protocol, s.Out.String())
				}
				if want := 2; method != "BREW" && protocol == "HTTP/1.1" && len(records) != want {
					t.Errorf("%s: %d exchanges, want %d", method, len(records), want)
				}
			}
		}
	}
}

func TestTooMuchUnreadContentCloses(t *testing.T) {
	for _, tc := range []struct {
		name, framing string
		drain         int64
		announced     bool
	}{
		{"announced", "Content-Length: 300000\r\n\r\n", 0, true},
		{"a small bound", "Content-Length: 11\r\n\r\nhello world", 10, true},
		{"none at all", "Content-Length: 1\r\n\r\nh", -1, true},
		{"chunked", "Transfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n", 10, true},
		{"chunked, none at all", "Transfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n", -1, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := &sessiontest.Script{In: []string{"GET /a HTTP/1.1\r\nHost: h\r\n" + tc.framing + get}}
			unread := session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1"), MaxDrain: tc.drain}, handler.Address{})
			got := s.Out.String()
			if strings.Count(got, "HTTP/1.1 200") != 1 || !unread {
				t.Errorf("got %q, unread %v", got, unread)
			}
			if strings.Contains(got, "Connection: close") != tc.announced {
				t.Errorf("got %q", got)
			}
		})
	}
}

// Malformed chunks are refused although the methods of GET and HEAD do not
// read them, and before anything of their response has left or was logged.
//
// departs: K-8 (RFC 9112 §7.1) R-17 (RFC 9112 §8)
func TestMalformedChunksOfGET(t *testing.T) {
	chunks := map[string]string{
		"negative":          "-5\r\nhello\r\n0\r\n\r\n",
		"0x":                "0x5\r\nhello\r\n0\r\n\r\n",
		"LF":                "5\nhello\n0\n\n",
		"LF behind data":    "5\r\nhello\n0\r\n\r\n",
		"no size":           "\r\nhello\r\n0\r\n\r\n",
		"too long":          strings.Repeat("0", 5000) + "5\r\nhello\r\n0\r\n\r\n",
		"long extension":    "5;" + strings.Repeat("x", 5000) + "\r\nhello\r\n0\r\n\r\n",
		"overflow":          "ffffffffffffffffff\r\nhello\r\n0\r\n\r\n",
		"behind a good one": "5\r\nhello\r\nx\r\n0\r\n\r\n",
		"in the trailers":   "0\r\nX : y\r\n\r\n",
		"cut off":           "5\r\nhel",
	}
	for name, chunk := range chunks {
		for _, method := range []string{"GET", "HEAD"} {
			for _, protocol := range []string{"HTTP/1.0", "HTTP/1.1"} {
				var log strings.Builder
				h := newHandler(protocol)
				h.LogMessage = func(_ *handler.Exchange, text string) { log.WriteString(text + "\n") }
				handle := h.Methods["GET"]
				h.Methods["GET"] = func(x *handler.Exchange) error {
					if err := handle(x); err == nil {
						t.Errorf("%s: the method is not told", name)
						return nil
					} else {
						return err
					}
				}
				h.Methods["HEAD"] = h.Methods["GET"]
				in := method + " /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk
				if name != "cut off" {
					in += get
				}
				s := &sessiontest.Script{In: []string{in}}
				unread := session.Serve(s, &session.Config{Handler: h}, handler.Address{})
				got := s.Out.String()
				if !strings.HasPrefix(got, protocol+" 400 ") || strings.Count(got, "HTTP/1.") != 1 || strings.Count(got, "Connection: close") != 1 || !unread {
					t.Errorf("%s, %s with %s: got %q, unread %v; want one 400", name, method, protocol, got, unread)
				}
				if hasPage := strings.HasSuffix(got, "</html>\n"); hasPage != (method == "GET") {
					t.Errorf("%s, %s: got %q", name, method, got)
				}
				lines := strings.SplitAfter(log.String(), "\n")
				if len(lines) != 3 || !strings.HasPrefix(lines[0], "code 400, message ") || lines[1] != "\""+method+" /a HTTP/1.1\" 400 -\n" {
					t.Errorf("%s: the log is %q", name, lines)
				}
			}
		}
	}
}

// An error of the method gives way to the fault, too; content that the method
// reads is the method's business; and of other methods nothing is read first.
func TestWhoReadsChunks(t *testing.T) {
	h := newHandler("HTTP/1.1")
	h.Methods["GET"] = func(x *handler.Exchange) error { return x.SendError(404, "", "") }
	h.Methods["HEAD"] = func(x *handler.Exchange) error {
		if _, err := io.ReadAll(x.Content); err == nil {
			t.Error("the method reads malformed chunks without an error")
		}
		return x.SendError(422, "", "")
	}
	h.Methods["PUT"] = func(x *handler.Exchange) error { return x.SendError(403, "", "") }
	for method, want := range map[string]string{"GET": "400", "HEAD": "422", "PUT": "403", "BREW": "501"} {
		s := &sessiontest.Script{In: []string{method + " /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"}}
		session.Serve(s, &session.Config{Handler: h}, handler.Address{})
		if got := s.Out.String(); !strings.HasPrefix(got, "HTTP/1.1 "+want+" ") || strings.Count(got, "HTTP/1.1") != 1 {
			t.Errorf("%s: got %q, want %s", method, got, want)
		}
	}
	h.Methods["GET"] = func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		_, err := x.Content.Read(make([]byte, 1))
		if usage := http1.UsageError(""); x.Path == "/a" && !errors.As(err, &usage) {
			t.Errorf("reading when the response has begun: %v, want a UsageError", err)
		}
		x.SendHeader("Content-Length", "0")
		return x.EndHeaders()
	}
	s := &sessiontest.Script{In: []string{"GET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n" + "GET /b HTTP/1.1\r\nHost: h\r\n\r\n"}}
	session.Serve(s, &session.Config{Handler: h}, handler.Address{})
	if got := s.Out.String(); strings.Count(got, "HTTP/1.1 200") != 2 {
		t.Errorf("got %q", got)
	}
}

// A client that waits for 100 is not waited for when nothing told it to go
// on, nor is one with more content than is skipped.
func TestChunksThatDoNotCome(t *testing.T) {
	silent := errors.New("the session reads on")
	const ask = "GET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
	mute := newHandler("HTTP/1.1")
	mute.HandleExpect100 = func(*handler.Exchange) bool { return true }
	for name, h := range map[string]*handler.Base{"1.0": newHandler("HTTP/1.0"), "without 100": mute} {
		s := &sessiontest.Script{In: []string{ask}, End: silent}
		session.Serve(s, &session.Config{Handler: h}, handler.Address{})
		if got := s.Out.String(); strings.Count(got, " 200 OK\r\n") != 1 || s.EarlyOut != len(got) && h == mute {
			t.Errorf("%s: got %q, %d bytes of it before the session waited", name, got, s.EarlyOut)
		}
	}
	s := &sessiontest.Script{In: []string{ask, "-5\r\n"}, End: silent}
	session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1")}, handler.Address{})
	if got := s.Out.String(); !strings.HasPrefix(got, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ") {
		t.Errorf("malformed after 100: got %q", got)
	}
	// A client that stops in the middle gets its response, and the end.
	s = &sessiontest.Script{In: []string{strings.Replace(ask, "Expect", "X", 1), "5\r\nhe"}, End: timeout{}}
	session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1")}, handler.Address{})
	if got := s.Out.String(); !strings.HasPrefix(got, "HTTP/1.1 200 OK\r\n") || !strings.Contains(got, "Connection: close") {
		t.Errorf("stalled: got %q", got)
	}
}

type timeout struct{}

func (timeout) Error() string { return "i/o timeout" }
func (timeout) Timeout() bool { return true }

// spec: C-3
func TestTimeOutsAndLostPeers(t *testing.T) {
	for _, tc := range []struct {
		name   string
		in     []string
		end    error
		logged bool
	}{
		{"idle", nil, timeout{}, false},
		{"idle after a request", []string{get}, timeout{}, false},
		{"half a head", []string{"GET /a HT"}, timeout{}, true},
		{"reset", []string{"GET /a HT"}, errors.New("reset"), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var log strings.Builder
			h := newHandler("HTTP/1.1")
			h.LogError = func(x *handler.Exchange, text string) { log.WriteString(text) }
			s := &sessiontest.Script{In: slices.Clone(tc.in), End: tc.end}
			session.Serve(s, &session.Config{Handler: h}, handler.Address{})
			if got := log.String() == "Request timed out: TimeoutError('timed out')"; got != tc.logged {
				t.Errorf("log %q", log.String())
			}
			if strings.Count(s.Out.String(), "HTTP/") != strings.Count(strings.Join(tc.in, ""), "\r\n\r\n") {
				t.Errorf("got %q", s.Out.String())
			}
		})
	}
}

func TestPhases(t *testing.T) {
	s := &sessiontest.Script{In: []string{"GET ", "/a HT", "TP/1.1\r\nHost: h\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n", "h", "i"}}
	session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1")}, handler.Address{})
	want := []session.Phase{session.FirstByte, session.Head, session.FirstByte, session.Content, session.Content, session.FirstByte}
	if len(s.Phases) != len(want) {
		t.Fatalf("got %v, want %v", s.Phases, want)
	}
	for i := range want {
		if s.Phases[i] != want[i] {
			t.Fatalf("got %v, want %v", s.Phases, want)
		}
	}
}

// A content that ends early must never be followed by another response.
func TestShortContentEndsTheConnection(t *testing.T) {
	h := newHandler("HTTP/1.1")
	h.Methods["GET"] = func(x *handler.Exchange) error {
		f, err := fstest.MapFS{"f": {Data: []byte("half")}}.Open("f")
		if err != nil {
			return err
		}
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "8")
		x.EndHeaders()
		return x.SendContent(&handler.Section{File: f, N: 8})
	}
	s := &sessiontest.Script{In: []string{get + get}}
	session.Serve(s, &session.Config{Handler: h}, handler.Address{})
	if got := s.Out.String(); strings.Count(got, "HTTP/1.1") != 1 || !strings.HasSuffix(got, "\r\n\r\nhalf") {
		t.Errorf("got %q", got)
	}
	// Nor may a method say less, or more, than it announced.
	for _, text := range []string{"short", "much too long"} {
		h.Methods["GET"] = func(x *handler.Exchange) error {
			x.SendResponse(200, "")
			x.SendHeader("Content-Length", "8")
			x.EndHeaders()
			io.WriteString(x, text)
			return nil
		}
		s := &sessiontest.Script{In: []string{get + get}}
		session.Serve(s, &session.Config{Handler: h}, handler.Address{})
		if got := s.Out.String(); strings.Count(got, "HTTP/1.1") != 1 {
			t.Errorf("got %q", got)
		}
	}
}

func TestStoppingAndMaxRequests(t *testing.T) {
	for name, config := range map[string]*session.Config{
		"stopping":     {Stopping: func() bool { return true }},
		"max requests": {MaxRequests: 1},
	} {
		config.Handler = newHandler("HTTP/1.1")
		s := &sessiontest.Script{In: []string{get + get}}
		session.Serve(s, config, handler.Address{})
		if got := s.Out.String(); strings.Count(got, "HTTP/1.1") != 1 || !strings.Contains(got, "\r\nConnection: close\r\n") {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestFaultGetsAResponseAndCloses(t *testing.T) {
	s := &sessiontest.Script{In: []string{get + "GET /b HTTP/1.1\r\nHost : h\r\n\r\n" + get}}
	log := new(trace.Log)
	unread := session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1"), Log: log}, handler.ParseAddress("[::1]:9"))
	got := s.Out.String()
	if !strings.HasPrefix(got, ok("got /a")+"HTTP/1.1 400 ") || strings.Count(got, "HTTP/1.1") != 2 || !unread {
		t.Errorf("got %q, unread %v", got, unread)
	}
	records, _ := log.Records()
	if len(records) != 2 || records[1].Status != 400 || records[1].Client != "[::1]:9" || records[1].Request.Target.Text != "/b" {
		t.Fatalf("got %+v", records[len(records)-1])
	}
	if in := records[1].Steps[0]; in.Kind != trace.In || !strings.HasPrefix(in.Bytes, "GET /b HTTP/1.1\r\nHost : h\r\n") {
		t.Errorf("received: got %q", in.Bytes)
	}
	var faults int
	for _, s := range records[1].Steps {
		if s.Kind == trace.Fault && s.Code == "fault.space-before-colon" && s.Ref == "RFC 9112 §5.1" && s.Off == 21 {
			faults++
		}
	}
	if faults != 1 {
		t.Errorf("%d faults in %+v", faults, records[1].Steps)
	}
}

func TestRecord(t *testing.T) {
	log := &trace.Log{ContentLimit: 3}
	s := &sessiontest.Script{In: []string{"POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"}}
	session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1"), Log: log, Source: trace.Rebuilt, Site: "x"}, handler.Address{})
	records, _ := log.Records()
	if len(records) != 1 {
		t.Fatalf("%d records", len(records))
	}
	r := records[0]
	if r.Request.Method.Text != "POST" || r.Request.Target.Text != "/p" || r.Status != 200 || r.Response.Reason.Text != "OK" || r.Size != 10 || r.Site != "x" || r.Source != trace.Rebuilt || r.Conn != 0 {
		t.Errorf("got %+v", r)
	}
	if r.Omitted != 2+7 {
		t.Errorf("%d bytes omitted", r.Omitted)
	}
	if in := r.Steps[0]; in.Kind != trace.In || in.From != trace.Rebuilt || !strings.HasPrefix(in.Bytes, "POST /p") {
		t.Errorf("got %+v", in)
	}
	text := string(trace.AppendTranscript(nil, r, nil))
	if !strings.Contains(text, "\n>rebuilt hel\n") || !strings.Contains(text, "\n<rebuilt rea\n") || !strings.Contains(text, "\n<rebuilt HTTP/1.1 200 OK\\r\\n\n") {
		t.Errorf("got %s", text)
	}
}

// One write for a small response, one for a whole pipeline of them without
// content by reference.
func TestResponsesShareWrites(t *testing.T) {
	h := newHandler("HTTP/1.1")
	h.Methods["GET"] = func(x *handler.Exchange) error {
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "2")
		x.EndHeaders()
		_, err := io.WriteString(x, "ok")
		return err
	}
	s := &sessiontest.Script{In: []string{get + get + get}}
	session.Serve(s, &session.Config{Handler: h}, handler.Address{})
	if s.Writes != 1 || strings.Count(s.Out.String(), "\r\n\r\nok") != 3 {
		t.Errorf("%d writes of %q", s.Writes, s.Out.String())
	}
}

func TestDoneIsCalledOnce(t *testing.T) {
	var done []int
	h := newHandler("HTTP/1.1")
	h.Done = func(x *handler.Exchange) { done = append(done, x.Status()) }
	s := &sessiontest.Script{In: []string{get + "BREW / HTTP/1.1\r\nHost: h\r\n\r\n"}}
	session.Serve(s, &session.Config{Handler: h, Rules: http1.Compat}, handler.Address{})
	if len(done) != 2 || done[0] != 200 || done[1] != 501 {
		t.Errorf("got %v", done)
	}
}

// Of a file the log of a socket keeps the beginning, and says that it was read
// for the log; a fetch's keeps nothing of it.
func TestRecordOfAFile(t *testing.T) {
	h := newHandler("HTTP/1.1")
	h.Methods["GET"] = func(x *handler.Exchange) error {
		f, err := fstest.MapFS{"f": {Data: []byte("0123456789")}}.Open("f")
		if err != nil {
			return err
		}
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "9")
		x.EndHeaders()
		return x.SendContent(handler.Parts{handler.Bytes("<"), &handler.Section{File: f, Off: 2, N: 7}, handler.Bytes(">")})
	}
	for _, tc := range []struct {
		source  trace.Provenance
		lines   string
		omitted int64
	}{
		{trace.Wire, "@58+1\n< <\n=rebuilt out.reread @59+4\n<rebuilt 2345\n= out.referenced 3 @63+3\n= out.content @66+1\n", 4},
		{trace.Rebuilt, "\n=rebuilt out.referenced 9 @58+9\n", 9},
	} {
		log := &trace.Log{ContentLimit: 5}
		session.Serve(&sessiontest.Script{In: []string{get}}, &session.Config{Handler: h, Log: log, Source: tc.source}, handler.Address{})
		records, _ := log.Records()
		for i := range records[0].Steps {
			records[0].Steps[i].At = 0 // another one each time
		}
		if got := string(trace.AppendTranscript(nil, records[0], nil)); !strings.Contains(got, tc.lines) {
			t.Errorf("%v: got\n%s\nwant%s", tc.source, got, tc.lines)
		}
		if records[0].Omitted != tc.omitted {
			t.Errorf("%v: %d bytes omitted, want %d", tc.source, records[0].Omitted, tc.omitted)
		}
	}
}

// A request with a transfer coding that is not understood gets its response and
// nothing behind it is a request: 501 where chunked ends it, 400 where its end
// cannot be told (RFC 9112 §6.1, §6.3).
//
// departs: K-8
func TestUnknownTransferCoding(t *testing.T) {
	for coding, want := range map[string]string{
		"gzip, chunked": "HTTP/1.1 501 Unknown transfer coding\r\n",
		"gzip":          "HTTP/1.1 400 Chunked is not the last coding\r\n",
		"chunked, gzip": "HTTP/1.1 400 Chunked is not the last coding\r\n",
		"identity":      "HTTP/1.1 400 Chunked is not the last coding\r\n",
	} {
		s := &sessiontest.Script{In: []string{"POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + get}}
		session.Serve(s, &session.Config{Handler: newHandler("HTTP/1.1")}, handler.Address{})
		got := s.Out.String()
		if !strings.HasPrefix(got, want) || !strings.Contains(got, "\r\nConnection: close\r\n") || strings.Count(got, "HTTP/1.1 ") != 1 {
			t.Errorf("%s: got %q, want %q and the end", coding, got, want)
		}
	}
}
