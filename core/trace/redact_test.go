package trace

import (
	"strings"
	"testing"
)

// exchanged is a record of bytes in and out, each direction in one span.
func exchanged(in, out string) *Record {
	r := &Record{ID: 1, Request: Request{Method: Part{Text: "GET"}, Target: Part{Text: "/"}}}
	r.AddBytes(In, Wire, 0, "", in)
	r.AddBytes(Out, Wire, 1, "", out)
	return r
}

// bytesOf joins what went in one direction.
func bytesOf(r *Record, kind Kind) string {
	var b strings.Builder
	for _, s := range r.Steps {
		if s.Kind == kind {
			b.WriteString(s.Bytes)
		}
	}
	return b.String()
}

// What becomes of a line. Credentials go, everything else stays as it is.
func TestRedactLines(t *testing.T) {
	const request = "GET /?token=in-the-target HTTP/1.1\r\nHost: a\r\n"
	for _, tc := range []struct{ line, want string }{
		{"Authorization: Basic dXNlcjpwYXNz\r\n", "Authorization: Basic [redacted 12 bytes]\r\n"},
		{"authorization:Bearer  abc.def\r\n", "authorization:Bearer  [redacted 7 bytes]\r\n"},
		{"AUTHORIZATION:\tDigest username=\"u\", response=\"0\"\r\n", "AUTHORIZATION:\tDigest [redacted 26 bytes]\r\n"},
		{"Proxy-Authorization: NTLM abc=\r\n", "Proxy-Authorization: NTLM [redacted 4 bytes]\r\n"},
		{"Authorization: Basic\r\n", "Authorization: [redacted 5 bytes]\r\n"},        // no credentials, but who knows
		{"Authorization: s3cr3t pass\r\n", "Authorization: [redacted 11 bytes]\r\n"}, // no scheme
		{"Authorization: \r\n", "Authorization: \r\n"},
		{"Cookie: sid=0123456789abcdef; theme=dark\r\n", "Cookie: sid=[redacted 16 bytes]; theme=[redacted 4 bytes]\r\n"},
		{"cOOKIE: a = b ;c=d=e;;f\r\n", "cOOKIE: a = [redacted 1 byte] ;c=[redacted 3 bytes];;[redacted 1 byte]\r\n"},
		{"Cookie: c2VjcmV0==; c2VjcmV0=; \"quoted\"\r\n", "Cookie: [redacted 10 bytes]; [redacted 9 bytes]; [redacted 8 bytes]\r\n"},
		{"Cookie: a=\"x; b=secret\"; c=d\r\n", "Cookie: a=[redacted 13 bytes]; c=[redacted 1 byte]\r\n"},
		{"Cookie: a=\"x; b=secret\r\n", "Cookie: a=[redacted 12 bytes]\r\n"},
		{"Cookie: a b=c\r\n", "Cookie: [redacted 5 bytes]\r\n"}, // no token
		{"Cookie: a=b, c=d\r\n", "Cookie: a=[redacted 6 bytes]\r\n"},
		{"Set-Cookie: sid=abc; Path=/a%20b; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=-1; Domain=a.b; secure; SameSite=Lax\r\n",
			"Set-Cookie: sid=[redacted 3 bytes]; Path=/a%20b; HttpOnly; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Max-Age=-1; Domain=a.b; secure; SameSite=Lax\r\n"},
		{"set-cookie: sid=abc; Path=/, other=def; Secure=x; odd=1; Path\r\n",
			"set-cookie: sid=[redacted 3 bytes]; [redacted 17 bytes]; [redacted 8 bytes]; [redacted 5 bytes]; Path\r\n"},
		{"Set-Cookie: sid=abc; Path=/\rdef\r\n", "Set-Cookie: sid=[redacted 3 bytes]; [redacted 10 bytes]\r\n"},

		// Malformed field lines are still field lines.
		{"Cookie : a=b\r\n", "Cookie : a=[redacted 1 byte]\r\n"},
		{"Cookie\x00: a=b\r\n", "Cookie\x00: a=[redacted 1 byte]\r\n"},
		{" Cookie: a=b\r\n", " Cookie: a=[redacted 1 byte]\r\n"},
		{"Cookie a=b\r\n", "Cookie a=[redacted 1 byte]\r\n"},
		{"Authorization(x): Bearer y\r\n", "Authorization[redacted 13 bytes]\r\n"},
		{"X: a\rCookie: a=b\r\n", "X: a\rCookie: a=[redacted 1 byte]\r\n"},
		{"Cookie: a=b\rX: c\r\n", "Cookie: a=[redacted 6 bytes]\r\n"},
		{"X: a\n Cookie: a=b\n", "X: a\n Cookie: a=[redacted 1 byte]\n"},
		{"Cookie: a=b\n", "Cookie: a=[redacted 1 byte]\n"},
		{"Cookie: a=b", "Cookie: a=[redacted 1 byte]"},
		// obs-fold
		{"Cookie: a=b;\r\n c=d\r\n\te\r\nX: y\r\n", "Cookie: a=[redacted 1 byte];\r\n [redacted 3 bytes]\r\n\t[redacted 1 byte]\r\nX: y\r\n"},
		{"Authorization:\r\n Bearer abc\r\n", "Authorization:\r\n [redacted 10 bytes]\r\n"},
		// a trailer section, and a message inside content
		{"\r\n5\r\nhello\r\n0\r\nCookie: a=b\r\n\r\n", "\r\n5\r\nhello\r\n0\r\nCookie: a=[redacted 1 byte]\r\n\r\n"},

		// Other fields, and other text.
		{"Cookies: a=b\r\n", ""}, {"X-Cookie: a=b\r\n", ""}, {"Cookie2: a=b\r\n", ""}, {"WWW-Authenticate: Basic realm=x\r\n", ""},
		{"X: Cookie: a=b\r\n", ""}, {"X: y\r\n z\r\n", ""}, {"\r\nCookie monsters\r\n", ""}, {"\r\n\"Cookie\": 1\r\n", ""},
	} {
		want := tc.want
		if want == "" {
			want = tc.line
		}
		got := Redact(exchanged(request+tc.line, "HTTP/1.1 200 OK\r\n"+tc.line))
		if in := bytesOf(got, In); in != request+want {
			t.Errorf("in: got\n%q, want\n%q", in, request+want)
		}
		if out := bytesOf(got, Out); out != "HTTP/1.1 200 OK\r\n"+want {
			t.Errorf("out: got\n%q, want\n%q", out, "HTTP/1.1 200 OK\r\n"+want)
		}
	}
}

// A redacted line says so, and lines around it are what passed.
func TestRedactedTranscript(t *testing.T) {
	r := exchanged("GET / HTTP/1.0\r\nA: 1\r\nCookie: sid=0123456789\r\nAuthorization: Bearer x\r\nB: 2\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n")
	r.Add(Event, Wire, 2, ConnClosed, "server", WhyServer)
	before := string(AppendTranscript(nil, r, nil))
	text := string(AppendTranscript(nil, Redact(r), nil))
	_, got, _ := strings.Cut(text, "\n")
	const want = `= in. @0+22
> GET / HTTP/1.0\r\n
> A: 1\r\n
=redacted in. @22+24
>redacted Cookie: sid=[redacted 10 bytes]\r\n
=redacted in. @46+25
>redacted Authorization: Bearer [redacted 1 byte]\r\n
= in. @71+8
> B: 2\r\n
> \r\n
= out. @0+19 +1ns
< HTTP/1.0 200 OK\r\n
< \r\n
= conn.closed server server +2ns
= request 0+0="GET" 0+0="/" 0+0

`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if string(AppendTranscript(nil, r, nil)) != before {
		t.Error("the record itself was changed")
	}
	if records, err := ReadTranscript(text); err != nil || len(records) != 1 || records[0].Steps[1].From != Redacted {
		t.Errorf("it reads back as %v, %v", records, err)
	}
}

// A value is replaced wherever else it appears, if it is long enough to be
// told from other text.
func TestRedactElsewhere(t *testing.T) {
	const secret = "0123456789abcdef"
	r := exchanged("GET / HTTP/1.0\r\nCookie: sid="+secret+"; theme=dark\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n")
	r.Add(Note, Wire, 0, PathDecoded, "a note", "about "+secret)
	r.Add(Fault, Wire, 0, ResponseFailed, "field: Set-Cookie: sid=short; Path=/")
	r.AddBytes(In, Unknown, 0, "", "Cookie: hidden=1")
	r.AddBytes(Out, Wire, 0, Content, "you sent "+secret[:5])
	r.AddBytes(Out, Wire, 0, ChunkEnd, "\r\n")
	r.AddBytes(Out, Rebuilt, 0, Content, secret[5:]+" in\ndark light\n")
	r.Response.Reason.Text = secret
	r.Response.Fields = Fields{
		{Part{Text: "Content-Type"}, Part{Text: "text/x; a=" + secret}},
		{Part{Text: "Set-Cookie"}, Part{Text: "x=only-in-the-head; Path=/"}},
		{Part{Text: "X"}, Part{Text: "only-in-the-head"}},
	}
	r.Browser.Referrer = "http://a/" + secret
	c := Redact(r)
	for i, want := range []string{
		"GET / HTTP/1.0\r\n", "Cookie: sid=[redacted 16 bytes]; theme=[redacted 4 bytes]\r\n", "\r\n", "HTTP/1.0 200 OK\r\n\r\n",
		"about [redacted 16 bytes]", "field: Set-Cookie: sid=[redacted 5 bytes]; Path=/", "Cookie: hidden=[redacted 1 byte]",
		"you sent [redacted 16 bytes]", "\r\n", " in\n", "dark light\n",
	} {
		if i >= len(c.Steps) || c.Steps[i].Bytes+strings.Join(c.Steps[i].Args[len(c.Steps[i].Args)-min(1, len(c.Steps[i].Args)):], "") != want {
			t.Fatalf("step %d: got %+v, want %q", i, c.Steps, want)
		}
	}
	if c.Response.Reason.Text != "[redacted 16 bytes]" || c.Type() != "text/x; a=[redacted 16 bytes]" || r.Response.Reason.Text != secret ||
		c.Response.Fields[1].Value.Text != "x=[redacted 16 bytes]; Path=/" || c.Response.Fields[2].Value.Text != "[redacted 16 bytes]" ||
		c.Browser.Referrer != "http://a/[redacted 16 bytes]" {
		t.Errorf("got %+v", c)
	}

	// An empty line before a request makes a field line the request-line.
	r = exchanged("\r\nCookie: sid="+secret+"\r\n", "HTTP/1.0 400 Bad request syntax ('Cookie: sid="+secret+"')\r\n\r\n")
	r.Request.Method.Text, r.Request.Target.Text = "Cookie:", "sid="+secret
	r.AddBytes(Out, Wire, 0, "", "<p>Message: Bad request syntax ('Cookie: sid="+secret+"').</p>")
	if c := Redact(r); strings.Contains(string(AppendTranscript(nil, c, nil))+c.Request.Target.Text, secret) {
		t.Errorf("got %s%s", AppendTranscript(nil, c, nil), c.Request.Target.Text)
	}
}

// Spans may cut a header section anywhere: the bytes are redacted alike.
func TestRedactSplitAnywhere(t *testing.T) {
	in := "GET / HTTP/1.0\r\nCookie: sid=0123456789; \"odd\"\r\n a=b\r\nAuthorization: Basic abc\r\nX: y\r\n\r\ncontent 0123456789\r\nCookie : x=y\r\n"
	out := "HTTP/1.0 200 OK\r\nSet-Cookie: a=\"b;c\"; Path=/; x\r\n\r\nhello"
	whole := Redact(exchanged(in, out))
	wantIn, wantOut := bytesOf(whole, In), bytesOf(whole, Out)
	for _, secret := range []string{"0123456789", "odd", "a=b", "abc", "=y", "b;c"} {
		if strings.Contains(wantIn+wantOut, secret) {
			t.Fatalf("%q is in %q %q", secret, wantIn, wantOut)
		}
	}
	for i := range len(in) + 1 {
		for _, j := range []int{i, min(i+1, len(in)), min(i+7, len(in))} {
			k := min(i, len(out))
			r := new(Record)
			r.AddBytes(In, Wire, 0, "", in[:i])
			r.Add(Note, Wire, 0, PathSlash, "between")
			r.AddBytes(In, Rebuilt, 0, "", in[i:j])
			r.AddBytes(Out, Wire, 0, "", out[:k])
			r.AddBytes(In, Wire, 0, "", in[j:])
			r.AddBytes(Out, Wire, 0, "", out[k:])
			c := Redact(r)
			if gotIn, gotOut := bytesOf(c, In), bytesOf(c, Out); gotIn != wantIn || gotOut != wantOut {
				t.Fatalf("split at %d and %d: got\n%q\n%q, want\n%q\n%q", i, j, gotIn, gotOut, wantIn, wantOut)
			}
		}
	}
}

// No secret survives, whatever stands around it, however spans cut it, in
// whatever direction it went.
func FuzzRedact(f *testing.F) {
	f.Add("GET / HTTP/1.0\r\n", byte(0), ": ", "Basic ", "\r\n\r\n", uint16(20), uint16(30)) // the ordinary
	f.Add("X: a\r", byte(1), " \x00:", "\r", "\r", uint16(3), uint16(0))                     // malformed every way
	f.Add("Cookie: a\n", byte(2), ":", "a=\"", "\";Path=/", uint16(12), uint16(13))          // after another, quoted
	f.Add("", byte(7), ":", "a=b=", "\n c", uint16(5), uint16(9))                            // folded; nothing before
	f.Add("\n\n\r\r", byte(12), "\t:\t", "Path=/", ", x", uint16(1), uint16(40))             // empty lines
	f.Fuzz(func(t *testing.T, before string, which byte, colon, value, after string, i, j uint16) {
		const secret = "SeCrEt-0123456789"
		name := [...]string{"Authorization", "Cookie", "Set-Cookie", "Proxy-Authorization"}[which%4]
		switch which / 4 % 3 {
		case 1:
			name = strings.ToUpper(name)
		case 2:
			name = strings.ToLower(name)
		}
		if before != "" && !isControl(before[len(before)-1]) {
			before += "\n"
		}
		// Between name and colon stands nothing that is part of a name; the
		// value is one line, and what is kept of it by design is not it.
		colon = strings.Map(func(c rune) rune {
			if c > ' ' && c < 0x7f || c == '\n' {
				return -1
			}
			return c
		}, colon)
		value = strings.ReplaceAll(strings.ReplaceAll(value, "\n", "\r"), ";", ",")
		if strings.HasSuffix(name, "ookie") || strings.HasSuffix(name, "OOKIE") {
			value = "k=" + value
		}
		after = strings.ReplaceAll(after, secret, "")
		message := strings.ReplaceAll(before, secret, "") + name + colon + ":" + value + secret + after
		a := int(i) % (len(message) + 1)
		b := a + int(j)%(len(message)+1-a)
		for _, kind := range []Kind{In, Out} {
			r := new(Record)
			r.AddBytes(kind, Wire, 0, "", message[:a])
			r.Add(Note, Wire, 0, PathDecoded, "an argument", "field: "+name+":"+value+secret)
			r.AddBytes(kind, Rebuilt, 0, "", message[a:b])
			r.AddBytes(kind, Wire, 0, "", message[b:])
			for _, h := range []Head{r.Request.Head(), r.Response.Head()} {
				*h.Start[0] = Part{Text: name + ":"}
				*h.Start[2] = Part{Text: name + ":" + value + secret}
				*h.Fields = Fields{{Part{Text: name}, Part{Text: value + secret, Len: 1}}, {Part{Text: "X"}, Part{Text: name + ": " + value + secret}}}
			}
			r.Request.Target.Text = value + secret
			r.Browser.Referrer = name + ": " + value + secret
			text, object := string(AppendTranscript(nil, Redact(r), nil)), string(AppendJSON(nil, Redact(r), nil))
			if strings.Contains(text, secret) || strings.Contains(object, secret) {
				t.Errorf("%q: the secret is in\n%s%s", message, text, object)
			}
			fromText, err := ReadTranscript(text)
			if err != nil || len(fromText) != 1 {
				t.Fatalf("%q does not read back: %v", text, err)
			}
			fromObject, err := ReadJSON([]byte(object))
			if err != nil {
				t.Fatalf("%q does not read back: %v", object, err)
			}
			// Hexadecimal digits hide nothing.
			for _, r := range []*Record{fromText[0], fromObject} {
				if strings.Contains(string(AppendTranscript(nil, r, nil)), secret) {
					t.Errorf("%q: the secret is in %s", message, object)
				}
			}
			if bytesOf(r, kind) == "" {
				t.Error("the record itself was changed")
			}
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	r := exchanged("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: "+strings.Repeat("x", 100)+"\r\nAccept: */*\r\nCookie: sid=0123456789abcdef; theme=dark\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+strings.Repeat("<p>some text</p>\n", 250))
	for b.Loop() {
		Redact(r)
	}
}
