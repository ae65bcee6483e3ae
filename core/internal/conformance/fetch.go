package conformance

import (
	"strings"

	"vitrine/core/handler"
	"vitrine/core/http1"
)

// Fetch is a request of the corpus as a page can make it, and what the page
// must see. It is one element of testdata/fetch.json.
type Fetch struct {
	Title   string      `json:"title"`
	Method  string      `json:"method"`
	Target  string      `json:"target"`           // behind the origin; the URL parser leaves it as it is
	Fields  [][2]string `json:"fields,omitempty"` // values as in Latin-1
	Content string      `json:"content,omitempty"`

	Status   int         `json:"status"`
	Reason   string      `json:"reason"`
	Response [][2]string `json:"response"` // field lines in the order and spelling of the wire
	Length   int         `json:"length"`   // of the content, in bytes
	SHA256   string      `json:"sha256"`   // of the content
}

// LeftOut is a case that no fetch can express, or whose files no browser
// takes, and why.
type LeftOut struct {
	Title string `json:"title"`
	Why   string `json:"why"`
}

// Difference is one way in which what a page sees of a response cannot be what
// passes a socket.
type Difference struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

// Differences are all of them.
var Differences = []Difference{
	{"the version in the status-line", "a Response has none"},
	{"order and spelling of field names", "Headers sorts them and makes them lower case"},
	{"status 301 and its fields", "the browser follows a redirect before the page sees it; the page sees where it ended, which must be Location"},
	{"the value of Date", "it is the time of the response"},
	{"when the connection ends", "a fetch has no connection; Connection is shown as a field only"},
}

// Express returns c as a fetch without its response, or why there is no such fetch.
func (c *Case) Express() (f Fetch, why string) {
	conn := http1.NewConn(http1.Server, http1.Rules{})
	conn.Receive([]byte(c.Bytes))
	conn.ReceiveEOF()
	ev, err := conn.Next()
	req, ok := ev.(*http1.Request)
	if err != nil || !ok {
		return f, "a browser sends no such message"
	}
	if req.Proto != "HTTP/1.1" {
		return f, "a browser speaks HTTP/1.1 or newer"
	}
	if c.Section == "limits" {
		return f, "too long for this file"
	}
	f = Fetch{Title: c.Title, Method: req.Method, Target: req.Target}
	if why := methodOfFetch(req.Method); why != "" {
		return f, why
	}
	if why := targetOfFetch(req.Target); why != "" {
		return f, why
	}
	if strings.HasPrefix(req.Target, "/posix/") {
		return f, "browsers do not hand over files of such names"
	}
	for i, field := range req.Fields {
		switch {
		case field.Name == "Host", field.Name == "Content-Length" && req.Length >= 0:
			continue // the browser writes them itself
		case forbidden(field.Name):
			return f, "a script may not set " + field.Name
		case req.Fields[:i].Has(field.Name):
			return f, "a fetch joins field lines of one name"
		}
		f.Fields = append(f.Fields, [2]string{field.Name, handler.Latin1(field.Value)})
	}
	if len(f.Fields) > 90 {
		return f, "a browser adds field lines of its own to such a number"
	}
	for {
		ev, err := conn.Next()
		if err != nil {
			return f, "a browser sends no such message"
		}
		switch ev := ev.(type) {
		case *http1.Data:
			f.Content += string(ev.Bytes)
			continue
		case *http1.End:
		}
		break
	}
	if conn.Left() > 0 {
		return f, "a fetch is one request"
	}
	if f.Content != "" && (f.Method == "GET" || f.Method == "HEAD") {
		return f, "a fetch with " + f.Method + " has no content"
	}
	return f, ""
}

// methodOfFetch says why a page cannot use a method (Fetch Standard,
// "forbidden method" and "normalize").
func methodOfFetch(method string) (why string) {
	switch strings.ToUpper(method) {
	case "CONNECT", "TRACE", "TRACK":
		return "a script may not use " + method
	case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS":
		if method != strings.ToUpper(method) {
			return "a browser makes " + method + " upper case"
		}
	}
	return ""
}

// targetOfFetch says why the URL parser would not leave a target as it is
// (URL Standard, path and query state).
func targetOfFetch(target string) (why string) {
	if !strings.HasPrefix(target, "/") {
		return "the target of a fetch begins with a slash"
	}
	path, query, _ := strings.Cut(target, "?")
	if strings.HasSuffix(target, "?") {
		return "the URL parser may drop an empty query"
	}
	if strings.ContainsAny(path, "\"#<>\\^`{}") || strings.ContainsAny(query, "\"#<>'") {
		return "the URL parser rewrites an octet of the target"
	}
	for i := 0; i < len(target); i++ {
		if target[i] <= ' ' || target[i] >= 0x7f {
			return "the URL parser rewrites an octet of the target"
		}
	}
	for part := range strings.SplitSeq(strings.ToLower(path), "/") {
		switch strings.ReplaceAll(part, "%2e", ".") {
		case ".", "..":
			return "the URL parser removes dot segments"
		}
	}
	return ""
}

// forbidden reports whether a script may not set the field (Fetch Standard,
// "forbidden request-header").
func forbidden(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "accept-charset", "accept-encoding", "access-control-request-headers",
		"access-control-request-method", "connection", "content-length", "cookie",
		"cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin", "referer",
		"set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via":
		return true
	}
	return strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}
