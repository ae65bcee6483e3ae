package conformance

import (
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/internal/version"
)

// A departure is one way in which Vitrine deliberately responds otherwise, and
// what the better response must be. An exchange departs if it has the trait;
// the first entry that fits counts.
type departure struct {
	rule   string // of http.server's behaviour
	does   string // what http.server does; empty is that of an entry before
	why    string // what asks for something else, and what that is
	trait  string
	when   string // for the table; empty is what strict and cgi say
	strict bool   // under HTTP/1.1 only, where Vitrine keeps to RFC 9112
	cgi    bool   // with --cgi only
	root   bool   // seen by root only
	before int    // only from versions of Python before this one; 0 is all
	better func(c *exchange, ours, theirs *reply) error

	used bool
}

var departures = []*departure{
	{rule: "G-4", why: "X-4: dots above the root are dropped, and every request gets a response", does: `gives no response at all to a path with more ".." than parts, with --cgi`, trait: "climbs", cgi: true, better: clamps},
	{rule: "R-4", why: "X-7, RFC 9112 §2.2: empty lines before a request are skipped", does: "closes without a response at an empty line before a request", trait: "empty line first", better: serves(200)},
	{rule: "R-4", why: "X-7, RFC 9112 §2.2: empty lines before a request are skipped", trait: "empty line between", strict: true, better: serves(200, 200)},
	{rule: "R-4", why: "X-4: 400", does: "closes without a response at a line of white space", trait: "line of SP", better: refuses(400)},
	{rule: "R-17", why: "X-3, RFC 9112 §8: a request that did not arrive whole is not acted on", does: "acts on a request whose head was cut off", trait: "cut off", better: refuses(400)},
	{rule: "R-17", why: "X-3, RFC 9112 §8: a request that did not arrive whole is not acted on", trait: "cut off behind", strict: true, better: secondRefused},
	{rule: "R-2", why: "X-3, RFC 9112 §2.2: a bare CR ends no line and separates no words", does: "takes a bare CR in the request line for SP", trait: "bare CR in line", better: refuses(400)},
	{rule: "R-3", why: "X-3, RFC 9110 §5.5: 400", does: "takes a NUL in the request line for a character", trait: "NUL in line", better: refuses(400)},
	{rule: "R-3", why: "RFC 9112 §3: 400 or 505: a request-line has one form", does: "takes any white space between and around the words of the request line, and any 0.x or 1.x version", trait: "loose line", strict: true, better: refuses(400, 505)},
	{rule: "R-15", why: "RFC 9112 §2.3: 400 or 505", does: "responds to HTTP/0.9", trait: "HTTP/0.9", strict: true, better: refuses(400, 505)},
	{rule: "R-9", why: "X-4: 400 from the second byte on", does: "waits for the end of a line when a client speaks TLS, and judges that line", trait: "TLS hello", better: refuses(400)},
	{rule: "R-13", why: "R-14, gh-54930: every error has a status line", does: "responds to a malformed request line with the bare page of the error (before Python 3.15)", trait: "judged", before: 315, better: sameWithHead},
	{rule: "M-2", why: "RFC 9110 §9.3.7: 204 with Allow: it is about the server", does: "responds with 501 to OPTIONS *", trait: "asterisk", strict: true, better: respondsToOptions},
	{rule: "M-2", why: "RFC 9110 §9.1: 400: a method is a token", does: "responds with 501 to a method that is no token", trait: "no token", strict: true, better: refuses(400)},

	{rule: "L-2", why: "gh-87979: a line is cut after 8 KiB", does: "writes lines of any length into its log", trait: "long line", better: shortLog},

	{rule: "H-6", why: "X-3, RFC 9112 §5: 400", does: "ignores, ends the headers at, or joins lines that are no field lines; a bare CR ends a line; NUL is a character", trait: "bad field line", better: refuses(400)},
	{rule: "H-6", why: "RFC 9110 §5.5: 400", does: "takes control characters in field values", trait: "control in value", strict: true, better: refuses(400)},
	{rule: "H-2", why: "Python 3.15: 100 lines are accepted", does: "counts the empty line among 100 (before Python 3.15)", trait: "100 fields", strict: true, before: 315, better: serves(200)},
	{rule: "H-4", why: "RFC 9112 §2.2: 400: lines end in CR LF", does: "takes LF alone as the end of a line", trait: "bare LF", strict: true, better: refuses(400)},
	{rule: "H-5", why: "X-7, RFC 9112 §3.2: 400 unless there is one valid Host", does: "does not look at Host", trait: "host", strict: true, better: refuses(400)},
	{rule: "P-7", why: "RFC 9112 §3.2: 400: a target has one of four forms", trait: "bad authority", strict: true, better: refuses(400)},
	{rule: "H-5", when: "bound to a loopback address", why: "X-7, RFC 9110 §7.4: 421 unless Host and target name this machine; --allow-host opens it", does: "serves every Host, also to pages whose name was pointed here (DNS rebinding)", trait: "foreign host", better: refuses(421)},

	{rule: "K-2", why: "X-3, RFC 9110 §7.6.1: Connection is a list over all its fields, close wins", does: "compares the first Connection field as a whole, trailing white space included", trait: "connection list", strict: true, better: keepsByList},
	saysClose, saysKeepAlive,
	{rule: "E-3", why: "RFC 9110 §10.1.1: 417", does: "ignores expectations it does not know", trait: "expect HTTP/1.1", strict: true, better: refuses(417)},
	{rule: "K-8", why: "X-2: content is never the next request", does: "reads the content of a GET as the next request", trait: "content", strict: true, better: servesOnce(true)},
	{rule: "K-8", why: "X-2, RFC 9112 §7.1: 400, whether the content is read or not", does: "responds to a GET or HEAD whose chunks are malformed", trait: "bad chunk", better: refuses(400)},
	{rule: "K-8", why: "X-2, RFC 9112 §6: 400 or 501, and the connection is closed", does: "does not look at Content-Length and Transfer-Encoding", trait: "bad framing", better: refuses(400, 501)},

	{rule: "P-3", why: "decoding comes first from 3.14 on", trait: "slash encoded", before: 314, better: slashDecoded},
	{rule: "P-1", why: "RFC 9112 §3.2: 400: a target has none", does: "takes a fragment in a target", trait: "fragment", strict: true, better: refuses(400)},
	{rule: "P-7", why: "RFC 9112 §3.2: 400: a target has one of four forms", does: "takes a target without its slash", trait: "no slash", strict: true, better: refuses(400)},
	{rule: "P-8", why: "X-7, RFC 9112 §3.2.2: absolute-form is served as its path", does: `looks for a file "http:" when the target is absolute`, trait: "absolute", better: servesAbsolute},
	{rule: "P-9", why: "RFC 9112 §3.2: 400", does: "takes raw bytes from 80 on in a target", trait: "raw bytes", strict: true, better: refuses(400)},
	{rule: "P-11", why: "X-4: 404", does: "gives no response at all to a NUL or an unpaired surrogate in a path", trait: "no name", better: noSuchFile},
	{rule: "D-3", why: "X-1: a redirect never leaves the host", does: "redirects to another host if the target is made for it", trait: "off host", better: staysOnHost},
	{rule: "F-6", why: "RFC 9110 §13, §14: ranges, entity tags and all preconditions", does: "knows no entity tags, ranges or conditions but If-Modified-Since", trait: "beyond", better: beyondFiles},
	{rule: "N-1", why: "RFC 9110 §13.1.3: several dates have no effect", does: "takes the first of several If-Modified-Since", trait: "two dates", better: serves(200)},

	{rule: "C-9", why: "X-9: no name is looked up", does: "looks up the name of its address", trait: "server name", cgi: true, better: printed("127.0.0.1\n")},
	{rule: "G-5", why: "X-6: 403, unless it is a top-level navigation with GET", does: "runs scripts for pages of other sites", trait: "cross-site", cgi: true, better: refuses(403)},
	{rule: "G-10", why: "X-6, RFC 3875 §4.1.1, §4.1.11: neither is set", does: "sets AUTH_TYPE and REMOTE_USER from credentials that were not checked", trait: "credentials", cgi: true, better: noUser},
	{rule: "G-13", why: "X-6, RFC 3875 §4.4: such a query is no argument", does: "hands a query that begins with a hyphen to scripts as an argument", trait: "option", cgi: true, better: printed("0\n")},
	{rule: "G-7", why: "X-5: a target is decoded once", does: "decodes the path of a script twice", trait: "decoded twice", cgi: true, better: decodedOnce},
	{rule: "G-7", why: "X-5: 400", does: "sends the source of a script whose target has a fragment", trait: "script and fragment", cgi: true, better: refuses(400)},
	{rule: "G-10", why: "RFC 6265 §4.2.1: cookies are joined by \"; \"", does: `joins Cookie fields by ", " for scripts`, trait: "cookies", cgi: true, better: joinsCookies},
	{rule: "G-11", why: "X-6: a fresh environment", does: "hands its own environment on to scripts", trait: "stale", cgi: true, better: printed("none\n")},
	{rule: "G-12", why: "X-6: Status counts", does: "passes Status on as a field", trait: "status of a script", cgi: true, better: scriptStatus("404 Not Here")},
	{rule: "G-12", why: "X-6: Location counts", does: "responds with 200 to a script that says Location", trait: "location of a script", cgi: true, better: scriptStatus("302 Found")},
	{rule: "G-12", why: "X-6: 502", does: "lets a script respond without a head", trait: "no head of a script", cgi: true, better: refuses(502)},
	{rule: "G-15", why: "X-6: the group changes with the user", does: "runs scripts as nobody, but in the groups of root", trait: "group", cgi: true, root: true, better: printed("65534\n")},
	{rule: "G-16", why: "X-6: no content for HEAD", does: "sends the output of a script to HEAD", trait: "HEAD of a script", cgi: true, better: headOfScript},
	{rule: "G-18", why: "X-6: the output is sent in chunks", does: "keeps a connection open behind output without a length", trait: "script in chunks", strict: true, cgi: true, better: chunks},
	{rule: "G-20", why: "X-6: 502", does: "leaves the client with half a head when a script cannot be started", trait: "not a program", cgi: true, better: refuses(502)},
	{rule: "G-23", why: "X-4: the output of the script without its head", does: "sends a script's head to an HTTP/0.9 client, or nothing", trait: "script without version", cgi: true, better: bareOutput},
}

// These two are about one field, which any response may have beside another
// departure: connectionTold looks at every response, and takes it away.
var (
	saysClose     = &departure{rule: "K-3", why: "RFC 9112 §9.6: the last response on a connection has Connection: close", does: "does not say in a success that it closes the connection", trait: "says close", strict: true}
	saysKeepAlive = &departure{rule: "K-3", why: "RFC 9112 §9.3, C.2.2: such a response has Connection: keep-alive", does: "does not tell a client of HTTP/1.0 that its connection persists", trait: "says keep-alive", strict: true}
)

// connectionTold checks that each response says what becomes of the connection
// where its client could not know, and returns the reply without what
// http.server does not say.
func connectionTold(c *exchange, ours, theirs *reply) (*reply, error) {
	r := *ours
	r.responses = slices.Clone(ours.responses)
	old := strings.Contains(c.sent, " HTTP/1.0\r\n") && !strings.Contains(c.sent, " HTTP/1.1\r\n")
	for i := range r.responses {
		a := &r.responses[i]
		if code := a.code(); code < 200 {
			continue
		}
		want := ""
		switch {
		case i == len(r.responses)-1 && !r.open:
			want = "close"
		case old:
			want = "keep-alive"
		}
		got := strings.Join(a.values("Connection"), ", ")
		if got != want && !(c.half && got == "") { // our side ended it
			return &r, fmt.Errorf("want Connection %q in response %d, got %q", want, i, got)
		}
		if got != "" && a.code() < 400 && (i >= len(theirs.responses) || theirs.responses[i].values("Connection") == nil) {
			a.fields = slices.Clone(a.fields)
			a.dropField("Connection")
			saysClose.used = saysClose.used || got == "close"
			saysKeepAlive.used = saysKeepAlive.used || got == "keep-alive"
		}
	}
	return &r, nil
}

// departureOf is the entry for an exchange, nil if both must agree.
func departureOf(c *exchange, p *way, version int) *departure {
	for _, d := range departures {
		if slices.Contains(c.traits, d.trait) && (!d.strict || p.strict) && (!d.cgi || p.cgi) && (d.before == 0 || version < d.before) {
			return d
		}
	}
	return nil
}

type condition = func(c *exchange, ours, theirs *reply) error

// refuses is one response with one of the codes, and the end of the connection.
func refuses(codes ...int) condition {
	return func(_ *exchange, ours, _ *reply) error {
		responses := ours.final()
		if len(responses) != 1 || !slices.Contains(codes, responses[0].code()) {
			return fmt.Errorf("want one response with %v", codes)
		}
		if value, _ := responses[0].field("Connection"); value != "close" || ours.open {
			return fmt.Errorf("want the connection closed")
		}
		return nil
	}
}

// serves is these responses and no other.
func serves(codes ...int) condition {
	return func(_ *exchange, ours, _ *reply) error {
		responses := ours.final()
		if len(responses) == 1 && len(codes) == 2 {
			responses = append(responses, response{})
		}
		for i, code := range codes {
			if len(responses) != len(codes) || responses[i].code() != code {
				return fmt.Errorf("want responses with %v", codes)
			}
		}
		return nil
	}
}

// servesOnce is one response with 200, the first that http.server gives, too.
func servesOnce(open bool) condition {
	return func(c *exchange, ours, theirs *reply) error {
		if len(ours.final()) != 1 || ours.final()[0].code() != 200 {
			return fmt.Errorf("want one response with 200")
		}
		if ours.open != open {
			return fmt.Errorf("want open %v", open)
		}
		return sameFirst(ours, theirs)
	}
}

// sameFirst compares the first responses.
func sameFirst(ours, theirs *reply) error {
	if len(theirs.responses) == 0 || len(ours.responses) == 0 {
		return fmt.Errorf("want a first response from both")
	}
	us, them := stripped(ours), theirs
	if got, want := (&reply{responses: us.responses[:1]}).String(), (&reply{responses: them.responses[:1]}).String(); got != want {
		return fmt.Errorf("want the same first response")
	}
	return nil
}

func secondRefused(_ *exchange, ours, theirs *reply) error {
	if err := sameFirst(ours, theirs); err != nil {
		return err
	}
	if len(ours.responses) != 2 || ours.responses[1].code() != 400 {
		return fmt.Errorf("want the second response to be 400")
	}
	return nil
}

var pageCode = regexp.MustCompile(`<p>Error code: (\d+)</p>\s*<p>Message: (.*)\.</p>`)

// sameWithHead is the page that http.server sends bare, with a head of its
// own, and the same log.
func sameWithHead(_ *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || len(theirs.responses) != 1 || ours.open {
		return fmt.Errorf("want one response and the end")
	}
	us, them := ours.responses[0], theirs.responses[0]
	if them.status != "" {
		return fmt.Errorf("http.server has a status line here: no departure")
	}
	if us.page != them.page {
		return fmt.Errorf("want the same page")
	}
	m := pageCode.FindStringSubmatch(us.page)
	if m == nil || strconv.Itoa(us.code()) != m[1] {
		return fmt.Errorf("want the code of the page in the status line")
	}
	if _, message, _ := strings.Cut(us.status, " "+m[1]+" "); handler.Latin1(message) != html.UnescapeString(m[2]) {
		return fmt.Errorf("want the message %q in the status line", m[2])
	}
	want := []string{"Server: " + version.Server, "Date: DATE", "Connection: close", "Content-Type: text/html;charset=utf-8", "Content-Length: " + strconv.Itoa(len(us.page))}
	if !slices.Equal(us.fields, want) {
		return fmt.Errorf("want the fields %q", want)
	}
	if !slices.Equal(ours.log, theirs.log) {
		return fmt.Errorf("want the same log")
	}
	return nil
}

// shortLog is the same response, and the same log as far as it goes.
func shortLog(_ *exchange, ours, theirs *reply) error {
	if len(ours.log) != len(theirs.log) || ours.open != theirs.open {
		return fmt.Errorf("want as many lines of log, and open %v", theirs.open)
	}
	for i, l := range ours.log {
		if start, cut := strings.CutSuffix(l, "..."); l != theirs.log[i] && (!cut || len(l) < 8000 || !strings.HasPrefix(theirs.log[i], start)) {
			return fmt.Errorf("want the start of the same log")
		}
	}
	return sameFirst(ours, theirs)
}

func respondsToOptions(_ *exchange, ours, _ *reply) error {
	if len(ours.responses) != 1 || ours.responses[0].code() != 204 {
		return fmt.Errorf("want 204")
	}
	if allow, _ := ours.responses[0].field("Allow"); !strings.Contains(allow, "GET, HEAD") || !ours.open {
		return fmt.Errorf("want Allow with GET and HEAD, and the connection open")
	}
	return nil
}

var connectionField = regexp.MustCompile(`(?m)^Connection: (.*)\r$`)

// keepsByList is the same response; what happens then is what the list says.
func keepsByList(c *exchange, ours, theirs *reply) error {
	closes, keeps := false, strings.Contains(c.sent, "HTTP/1.1")
	for _, m := range connectionField.FindAllStringSubmatch(c.sent, -1) {
		for token := range strings.SplitSeq(m[1], ",") {
			closes = closes || strings.TrimSpace(token) == "close"
			keeps = keeps || strings.TrimSpace(token) == "keep-alive"
		}
	}
	if want := keeps && !closes; ours.open != want || len(ours.responses) != 1 {
		return fmt.Errorf("want one response and open %v", want)
	}
	return sameFirst(ours, theirs)
}

func slashDecoded(c *exchange, ours, theirs *reply) error {
	want := 404
	if strings.HasPrefix(c.target(), "/docs") || strings.HasPrefix(c.target(), "/list") || strings.HasPrefix(c.target(), "/fake") {
		want = 200
	}
	if len(ours.responses) != 1 || ours.responses[0].code() != want {
		return fmt.Errorf("want %d", want)
	}
	return nil
}

func servesAbsolute(c *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 {
		return fmt.Errorf("want one response")
	}
	a := ours.responses[0]
	target := c.target()
	want, location := 200, ""
	switch {
	case strings.HasSuffix(target, "/nothing.txt"):
		want = 404
	case strings.HasSuffix(target, "/docs?x"):
		want, location = 301, "/docs/?x"
	}
	if got, _ := a.field("Location"); a.code() != want || got != location {
		return fmt.Errorf("want %d and Location %q", want, location)
	}
	return nil
}

func noSuchFile(_ *exchange, ours, theirs *reply) error {
	if len(theirs.responses) != 0 {
		return fmt.Errorf("http.server responds here: no departure")
	}
	return refuses(404)(nil, ours, nil)
}

func staysOnHost(_ *exchange, ours, _ *reply) error {
	if len(ours.responses) != 1 {
		return fmt.Errorf("want one response")
	}
	a := ours.responses[0]
	location, ok := a.field("Location")
	switch {
	case a.code() == 400 || a.code() == 404:
		return nil
	case a.code() != 301 || !ok:
		return fmt.Errorf("want 301 with a Location, 400 or 404")
	case location[0] != '/' && strings.Contains(strings.Split(location, "/")[0], ":"), strings.HasPrefix(location, "//"), strings.Contains(location, "\\"):
		return fmt.Errorf("the Location %q leaves the host", location)
	}
	return nil
}

// beyondFiles checks what http.server does not do against what it does: the
// whole file with 200.
func beyondFiles(c *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || len(theirs.responses) != 1 {
		return fmt.Errorf("want one response from both")
	}
	us, whole := ours.responses[0], theirs.responses[0]
	size := len(whole.page)
	if value, ok := whole.field("Content-Length"); ok {
		size, _ = strconv.Atoi(value)
	}
	switch us.code() {
	case 200:
		if strings.Contains(c.sent, "If-None-Match") && whole.code() == 304 || whole.code() == 200 {
			return sameFirst(ours, theirs)
		}
	case 304:
		if _, ok := us.field("ETag"); !ok || us.page != "" || !strings.Contains(c.sent, "If-None-Match") {
			return fmt.Errorf("want 304 to If-None-Match, with an entity tag, without content")
		}
		return nil
	case 412:
		if !strings.Contains(c.sent, "If-Match") && !strings.Contains(c.sent, "If-Unmodified-Since") {
			return fmt.Errorf("412 without a condition")
		}
		return refuses(412)(c, ours, theirs)
	case 416:
		if value, _ := us.field("Content-Range"); value != "bytes */"+strconv.Itoa(size) {
			return fmt.Errorf("want the size in Content-Range, got %q", value)
		}
		return refuses(416)(c, ours, theirs)
	case 206:
		if c.methods[0] != "GET" {
			return fmt.Errorf("206 to %s", c.methods[0])
		}
		return partOf(us, whole.page)
	}
	return fmt.Errorf("no response for this")
}

// partOf checks that a 206 holds just the bytes that it says.
func partOf(a response, whole string) error {
	mediaType, _ := a.field("Content-type")
	kind, params, err := mime.ParseMediaType(mediaType)
	if err != nil || kind != "multipart/byteranges" {
		value, _ := a.field("Content-Range")
		return slice(value, a.page, whole)
	}
	parts := multipart.NewReader(strings.NewReader(a.page), params["boundary"])
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if err == io.EOF && n > 1 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("part %d: %w", n, err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if err := slice(part.Header.Get("Content-Range"), string(content), whole); err != nil {
			return err
		}
	}
}

func slice(contentRange, part, whole string) error {
	var first, last, size int
	if _, err := fmt.Sscanf(contentRange, "bytes %d-%d/%d", &first, &last, &size); err != nil {
		return fmt.Errorf("Content-Range %q: %w", contentRange, err)
	}
	if size != len(whole) || last >= size || first > last || whole[first:last+1] != part {
		return fmt.Errorf("the content is not that of %q", contentRange)
	}
	return nil
}

// stripped is a reply without the three fields that Vitrine adds to the
// responses of files, one of them also to listings, and with http.server's
// Server field.
func stripped(r *reply) *reply {
	s := *r
	s.responses = slices.Clone(r.responses)
	for i := range s.responses {
		a := &s.responses[i]
		a.fields = slices.Clone(a.fields)
		if value, ok := a.field("Server"); ok && value == version.Server {
			a.setField("Server", "SERVER")
		}
		_, file := a.field("Last-Modified")
		if tag, ok := a.field("ETag"); ok && (a.code() == 304 || file && a.code() == 200) && entityTag.MatchString(tag) {
			a.dropField("ETag")
		}
		if value, _ := a.field("Accept-Ranges"); file && a.code() == 200 && value == "bytes" {
			a.dropField("Accept-Ranges")
		}
		mediaType, _ := a.field("Content-type")
		listing := a.code() == 200 && !file && strings.HasPrefix(mediaType, "text/html; charset=")
		if value, _ := a.field("Cache-Control"); value == "no-cache" && (listing || a.code() == 304 || file && a.code() == 200) {
			a.dropField("Cache-Control")
		}
	}
	return &s
}

var entityTag = regexp.MustCompile(`^(W/)?"[0-9a-f.-]+"$`)

func clamps(_ *exchange, ours, theirs *reply) error {
	if len(theirs.responses) != 0 {
		return fmt.Errorf("http.server responds here: no departure")
	}
	if len(ours.responses) != 1 || !slices.Contains([]int{200, 301, 400, 404}, ours.responses[0].code()) {
		return fmt.Errorf("want one response with 200, 301, 400 or 404")
	}
	if strings.Contains(ours.responses[0].page, "root:") {
		return fmt.Errorf("the response has /etc/passwd")
	}
	return nil
}

// printed is a script's output.
func printed(page string) condition {
	return func(_ *exchange, ours, _ *reply) error {
		if len(ours.responses) != 1 || ours.responses[0].code() != 200 || ours.responses[0].page != page {
			return fmt.Errorf("want one response with %q", page)
		}
		return nil
	}
}

// decodedOnce: what is decoded once names no script, or is the extra path of
// one.
func decodedOnce(c *exchange, ours, _ *reply) error {
	if len(ours.responses) != 1 {
		return fmt.Errorf("want one response")
	}
	a := ours.responses[0]
	if c.target() == "/cgi-bin/env/%252e" && strings.Contains(a.page, "PATH_INFO=[/%2e]") {
		return nil
	}
	return refuses(404)(c, ours, nil)
}

var userVariables = regexp.MustCompile(`(?m)^(AUTH_TYPE|REMOTE_USER)=\[.*\]$`)

// noUser is the same output, but that no user is authenticated.
func noUser(_ *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || len(theirs.responses) != 1 {
		return fmt.Errorf("want one response from both")
	}
	want := userVariables.ReplaceAllString(theirs.responses[0].page, "$1=[unset]")
	if want == theirs.responses[0].page {
		return fmt.Errorf("http.server sets neither: no departure")
	}
	if ours.responses[0].page != want {
		return fmt.Errorf("want neither AUTH_TYPE nor REMOTE_USER, and all else the same")
	}
	return nil
}

func joinsCookies(_ *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || len(theirs.responses) != 1 {
		return fmt.Errorf("want one response from both")
	}
	if want := strings.Replace(theirs.responses[0].page, "HTTP_COOKIE=[a=b, c=d]", "HTTP_COOKIE=[a=b; c=d]", 1); ours.responses[0].page != want {
		return fmt.Errorf("want all else the same")
	}
	return nil
}

// scriptStatus is the response that the script asked for, with the fields and
// the content that http.server passes on.
func scriptStatus(status string) condition {
	return func(_ *exchange, ours, theirs *reply) error {
		if len(ours.responses) != 1 || len(theirs.responses) != 1 || !strings.HasSuffix(ours.responses[0].status, " "+status) {
			return fmt.Errorf("want one response with %q", status)
		}
		us, them := stripped(ours).responses[0], theirs.responses[0]
		us.dropField("Connection") // connectionTold has looked at it
		them.fields = slices.DeleteFunc(slices.Clone(them.fields), func(f string) bool { return strings.HasPrefix(f, "Status: ") })
		if !slices.Equal(us.fields, them.fields) || us.page != them.page {
			return fmt.Errorf("want the fields and the content of the script")
		}
		return nil
	}
}

func headOfScript(_ *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || ours.responses[0].page != "" || len(theirs.responses) == 0 {
		return fmt.Errorf("want one response without content")
	}
	return sameFirst(ours, theirs)
}

func chunks(_ *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || len(theirs.responses) != 1 {
		return fmt.Errorf("want one response from both")
	}
	if coding, _ := ours.responses[0].field("Transfer-Encoding"); coding != "chunked" || ours.responses[0].page != theirs.responses[0].page {
		return fmt.Errorf("want the same content, in chunks")
	}
	return nil
}

func bareOutput(_ *exchange, ours, theirs *reply) error {
	if len(ours.responses) != 1 || ours.responses[0].status != "" || ours.responses[0].page != "lines\r\n" {
		return fmt.Errorf("want the bare output of the script")
	}
	return nil
}
