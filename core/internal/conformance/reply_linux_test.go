package conformance

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reply is what a server said on one connection, and what it wrote to its log
// about it. Dates are DATE, so that the replies of two servers compare.
type reply struct {
	responses []response
	open      bool // the connection stayed open for another request
	log       []string
}

// response is one response; of HTTP/0.9 only the page.
type response struct {
	status string   // "HTTP/1.0 200 OK"
	fields []string // lines without their ends
	page   string
}

// code is the status code, 0 if there is none.
func (a *response) code() int {
	_, rest, _ := strings.Cut(a.status, " ")
	digits, _, _ := strings.Cut(rest, " ")
	code, _ := strconv.Atoi(digits)
	return code
}

func (a *response) field(name string) (value string, ok bool) {
	for _, f := range a.fields {
		if n, v, _ := strings.Cut(f, ": "); strings.EqualFold(n, name) {
			return strings.TrimSuffix(v, bareLF), true
		}
	}
	return "", false
}

// values are those of all lines of one name.
func (a *response) values(name string) (values []string) {
	for _, f := range a.fields {
		if n, v, _ := strings.Cut(f, ": "); strings.EqualFold(n, name) {
			values = append(values, v)
		}
	}
	return values
}

func (a *response) setField(name, value string) {
	for i, f := range a.fields {
		if n, _, _ := strings.Cut(f, ": "); strings.EqualFold(n, name) {
			a.fields[i] = n + ": " + value
		}
	}
}

func (a *response) dropField(name string) {
	a.fields = slices.DeleteFunc(a.fields, func(f string) bool {
		n, _, _ := strings.Cut(f, ": ")
		return strings.EqualFold(n, name)
	})
}

// String shows a reply whole; equal replies are equal strings.
func (r *reply) String() string {
	var b strings.Builder
	for _, a := range r.responses {
		if a.status != "" {
			fmt.Fprintf(&b, "\t%q\n", a.status)
		}
		for _, f := range a.fields {
			fmt.Fprintf(&b, "\t%q\n", f)
		}
		if page := a.page; len(page) > 2000 {
			fmt.Fprintf(&b, "\tpage of %d bytes, SHA-256 %s\n", len(page), Hash(page))
		} else {
			fmt.Fprintf(&b, "\tpage %q\n", page)
		}
	}
	if r.open {
		b.WriteString("\tstays open\n")
	} else {
		b.WriteString("\tcloses\n")
	}
	for _, l := range r.log {
		if len(l) > 2000 {
			l = fmt.Sprintf("%.100s… of %d bytes, SHA-256 %s", l, len(l), Hash(l))
		}
		fmt.Fprintf(&b, "\tlog %q\n", l)
	}
	return b.String()
}

// final are the responses without the interim ones.
func (r *reply) final() (responses []response) {
	for _, a := range r.responses {
		if code := a.code(); code == 0 || code >= 200 {
			responses = append(responses, a)
		}
	}
	return responses
}

// The probe asks for a redirect that nothing else in the tree gives. It is
// sent when all responses are there: a connection that was kept open responds
// it, and no test has to wait for what does not come.
const (
	probe         = "GET /probe-me HTTP/1.1\r\n" + vhost + "\r\nConnection: close\r\n\r\n"
	probeResponse = "Location: /probe-me/"
	probeLog      = `"GET /probe-me HTTP/1.1" 301 -`
)

// ask sends one exchange from an address of its own, so that the lines it
// leaves in the log can be told.
func ask(t *testing.T, addr string, from net.IP, c *exchange) *reply {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: from}, Timeout: timeout}
	nc, err := d.Dial("tcp", addr)
	if err != nil {
		t.Errorf("%s: %v", c.name, err)
		return &reply{}
	}
	conn := nc.(*net.TCPConn)
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(timeout))

	sent := make(chan bool)
	go func() {
		io.WriteString(conn, c.sent)
		if c.half {
			conn.CloseWrite()
		}
		close(sent)
	}()
	var raw []byte
	buf := make([]byte, 64<<10)
	closed := false
	for whole := false; !whole && !closed; {
		n, err := conn.Read(buf)
		raw = append(raw, buf[:n]...)
		if err != nil {
			if err != io.EOF && !isReset(err) {
				t.Errorf("%s %q: %v after %.200q", addr, c.sent[:min(len(c.sent), 200)], err, raw)
			}
			closed = true
		}
		_, _, whole = parseReply(string(raw), c.methods, closed)
	}
	<-sent
	if !closed && !c.half {
		io.WriteString(conn, probe)
	}
	if !closed {
		rest, err := io.ReadAll(conn)
		raw = append(raw, rest...)
		if err != nil && !isReset(err) {
			t.Errorf("%s %q and a probe: %v after %.200q", addr, c.sent[:min(len(c.sent), 200)], err, raw)
		}
	}
	r := &reply{}
	r.responses, _, _ = parseReply(string(raw), c.methods, true)
	if n := len(r.responses); n > 0 && slices.Contains(r.responses[n-1].fields, probeResponse) {
		r.responses, r.open = r.responses[:n-1], true
	}
	return r
}

// parseReply reads responses to requests with these methods, those behind them
// as responses to GET. whole says that the last of them is complete.
func parseReply(raw string, methods []string, closed bool) (responses []response, rest string, whole bool) {
	count := 0
	for raw != "" {
		if !strings.HasPrefix(raw, "HTTP/") {
			if !closed {
				return responses, raw, false
			}
			return append(responses, response{page: raw}), "", true
		}
		head, after, ok := cutHead(raw)
		if !ok {
			if !closed {
				return responses, raw, false
			}
			return append(responses, response{page: raw}), "", false
		}
		a := response{status: head[0], fields: head[1:]}
		if _, ok := a.field("Date"); ok {
			a.setField("Date", "DATE")
		}
		raw = after
		if code := a.code(); code >= 100 && code < 200 {
			responses = append(responses, a)
			continue
		}
		method := "GET"
		if count < len(methods) {
			method = methods[count]
		}
		length, hasLength := a.field("Content-Length")
		coding, _ := a.field("Transfer-Encoding")
		switch {
		case method == "HEAD" && (a.code() < 400 || raw == "" || strings.HasPrefix(raw, "HTTP/")) || a.code() == 204 || a.code() == 304:
			// An error in the request-line has a page even for HEAD.
		case coding == "chunked":
			r := bufio.NewReaderSize(strings.NewReader(raw), len(raw)+1)
			page, err := io.ReadAll(httputil.NewChunkedReader(r))
			end := raw[len(raw)-r.Buffered():]
			if err != nil || !strings.HasPrefix(end, "\r\n") {
				if !closed {
					return responses, raw, false
				}
				return append(responses, response{status: a.status, page: "cut: " + raw}), "", false
			}
			a.page, raw = string(page), end[2:]
		case hasLength:
			n, _ := strconv.Atoi(length)
			if n > len(raw) {
				if !closed {
					return responses, raw, false
				}
				n = len(raw)
			}
			a.page, raw = raw[:n], raw[n:]
		default:
			if !closed {
				return responses, raw, false
			}
			a.page, raw = raw, ""
		}
		responses = append(responses, a)
		count++
	}
	return responses, "", count >= len(methods)
}

// cutHead takes the lines of a head off a response. A line that ends in LF
// alone, as scripts write them, is marked.
func cutHead(raw string) (lines []string, rest string, ok bool) {
	for {
		line, after, ok := strings.Cut(raw, "\n")
		if !ok {
			return nil, "", false
		}
		raw = after
		line, whole := strings.CutSuffix(line, "\r")
		if line == "" {
			return lines, raw, true
		}
		if !whole {
			line += bareLF
		}
		lines = append(lines, line)
	}
}

const bareLF = " (LF)"

var logLine = regexp.MustCompile(`^(127\.[0-9.]+) - - \[\d\d/[A-Z][a-z][a-z]/\d{4} \d\d:\d\d:\d\d\] (.*)$`)

// logOf sorts the lines of a log by the address they are about.
func logOf(lines []string) map[string][]string {
	byAddress := map[string][]string{}
	for _, l := range lines {
		if m := logLine.FindStringSubmatch(l); m != nil && m[2] != probeLog {
			byAddress[m[1]] = append(byAddress[m[1]], m[2])
		}
	}
	return byAddress
}
