package trace

import "time"

// Provenance says where bytes come from, so that nothing reconstructed is
// taken for the truth.
type Provenance uint8

const (
	Wire      Provenance = iota // passed a socket
	Typed                       // typed by hand
	Rebuilt                     // made from a Request, or for a Response object
	Unknown                     // exists, but cannot be seen from here
	Simulated                   // made up: a fault or delay put in on purpose
	Redacted                    // as one of the others, but credentials were taken out: see Redact
)

var provenances = [...]string{"wire", "typed", "rebuilt", "unknown", "simulated", "redacted"}

func (p Provenance) String() string {
	if int(p) < len(provenances) {
		return provenances[p]
	}
	return "unknown"
}

// Kind is what a span is, and the sign that begins its lines.
type Kind byte

const (
	In    Kind = '>' // bytes from the client
	Out   Kind = '<' // bytes to the client
	Event Kind = '=' // something that happened
	Fault Kind = '!' // a rule that was broken
	Note  Kind = '#' // why the server did what it did
)

// Span is a stretch of one exchange: bytes, or words about them.
type Span struct {
	Kind       Kind
	Provenance Provenance
	At         time.Duration // since Record.Start
	Text       string        // bytes of In and Out, words of the others
}

// Record is one exchange: a request, its answer and why.
type Record struct {
	ID      int64 // counts from 1 in one log
	Conn    int64 // connection, counts from 1; 0 if there is none, as for a fetch
	Site    string
	Client  string
	Start   time.Time
	Elapsed time.Duration // until the answer was handed to the transport

	Source Provenance // of the request

	// The summary of the exchange, empty or 0 where it is not known.
	Method, Target, Proto string
	Status                int
	Reason                string
	Type                  string // media type of the answer's content
	Size                  int64  // content bytes handed to the transport

	Spans []Span
	// Omitted counts content bytes that are not in Spans: those past
	// Log.ContentLimit, and those that never passed through us (a file sent by
	// the kernel, or handed to a page by reference).
	Omitted int64
}

// Add appends a span.
func (r *Record) Add(k Kind, p Provenance, at time.Duration, text string) {
	r.Spans = append(r.Spans, Span{k, p, at, text})
}

// bytes is about how much memory r holds.
func (r *Record) bytes() int {
	n := 256 + len(r.Site) + len(r.Client) + len(r.Method) + len(r.Target) + len(r.Proto) + len(r.Reason) + len(r.Type)
	for i := range r.Spans {
		n += 48 + len(r.Spans[i].Text)
	}
	return n
}
