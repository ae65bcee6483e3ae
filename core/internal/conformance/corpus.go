package conformance

import (
	_ "embed"
	"strings"

	"vitrine/core/trace"
)

// Case is all that a client sends on one connection, before it closes its
// side: usually one request.
type Case struct {
	Section string // what it is about: "files", "ranges", …
	Title   string // unique in the corpus
	Bytes   string
}

//go:embed testdata/requests.txt
var requests string

//go:embed testdata/bytes.txt
var byteRequests string

// Cases returns the corpus, whose files are those of [Tree]. The requests are
// in testdata/requests.txt, as transcripts; only the very long ones are here.
func Cases() ([]Case, error) {
	cases, err := parseCases(requests)
	const host = "Host: vitrine.test\r\n"
	return append(cases,
		Case{"limits", "a target of 8,000 bytes", "GET /" + strings.Repeat("x/../", 1598) + "hello.txt HTTP/1.1\r\n" + host + "\r\n"},
		Case{"limits", "a request line of 65,536 bytes", line("GET /", 65536, " HTTP/1.1\r\n") + host + "\r\n"},
		Case{"limits", "a request line of 65,537 bytes", line("GET /", 65537, " HTTP/1.1\r\n") + host + "\r\n"},
		Case{"limits", "a field line of 65,536 bytes", "GET /hello.txt HTTP/1.1\r\n" + host + line("X: ", 65536, "\r\n") + "\r\n"},
		Case{"limits", "a field line of 65,537 bytes", "GET /hello.txt HTTP/1.1\r\n" + host + line("X: ", 65537, "\r\n") + "\r\n"},
		Case{"limits", "HEAD with a field line of 65,537 bytes", "HEAD /hello.txt HTTP/1.1\r\n" + host + line("X: ", 65537, "\r\n") + "\r\n"},
		Case{"limits", "five field lines of 60,000 bytes", "GET /hello.txt HTTP/1.1\r\n" + host + strings.Repeat(line("X: ", 60000, "\r\n"), 5) + "\r\n"},
	), err
}

// line is a line of size bytes in all, x in the middle.
func line(start string, size int, end string) string {
	return start + strings.Repeat("x", size-len(start)-len(end)) + end
}

// ByteCases returns the requests about [ByteTree].
func ByteCases() ([]Case, error) { return parseCases(byteRequests) }

// parseCases reads transcripts: "=" begins a section, "#" a case.
func parseCases(text string) (cases []Case, err error) {
	spans, err := trace.ParseTranscript(text)
	section := ""
	for _, s := range spans {
		switch s.Kind {
		case trace.Event:
			section = s.Text
		case trace.Note:
			cases = append(cases, Case{Section: section, Title: s.Text})
		case trace.In:
			cases[len(cases)-1].Bytes = s.Text
		}
	}
	return cases, err
}
