package trace

import (
	"slices"
	"time"
)

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

// Kind is what a step is, and the sign that begins its lines.
type Kind byte

const (
	In    Kind = '>' // bytes from the client
	Out   Kind = '<' // bytes to the client
	Event Kind = '=' // something that happened
	Fault Kind = '!' // a rule that was broken
	Note  Kind = '#' // why the server did what it did
)

// Step is one thing that happened in an exchange, as a value: bytes that
// passed, or what they meant, or what was decided.
type Step struct {
	Kind Kind
	From Provenance
	At   time.Duration // since Record.Start

	// Off and Len are the bytes that the step is about, from the first byte
	// that passed in this exchange: to the client for Out, from it for all
	// others. Both are zero for a step that is about no bytes. They count
	// what passed, so Len is more than len(Bytes) where less was kept.
	Off, Len int64

	Code Code
	Args []string // in the order that Code says
	// Ref is where the broken rule is written, "RFC 9112 §6.3": for faults
	// alone. That of all other steps follows from the code.
	Ref   string
	Bytes string // of In and Out
}

// Record is one exchange: a request, its response and why. That of a connection
// that ended without a request has no exchange: see [Record.IsExchange].
type Record struct {
	ID      int64 // counts from 1 in one log
	Conn    int64 // connection, counts from 1; 0 if there is none, as for a fetch
	Site    string
	Client  string        // address of the client
	Start   time.Time     // in whole microseconds
	Elapsed time.Duration // until the response was handed to the transport

	Source   Provenance // of the request
	Request  Request
	Browser  Browser
	Response Response
	Status   int   // of the final response, 0 if there is none
	Size     int64 // content bytes handed to the transport

	Steps []Step
	// Omitted counts content bytes that are not in Steps: those past
	// Log.ContentLimit, and those that never passed through us (a file sent by
	// the kernel, or handed to a page by reference).
	Omitted int64
}

// IsExchange reports whether r has a request, or a part of one. One that has not
// is of a connection alone: how it was opened and closed, and what the server
// sent unasked.
func (r *Record) IsExchange() bool {
	return r.Conn == 0 || r.Request.Method.Text != "" ||
		slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Kind == In })
}

// Type is the media type of the response's content.
func (r *Record) Type() string {
	t, _ := r.Response.Fields.Lookup("Content-Type")
	return t
}

// Add appends a step without bytes.
func (r *Record) Add(k Kind, p Provenance, at time.Duration, code Code, args ...string) {
	r.Steps = append(r.Steps, Step{Kind: k, From: p, At: at, Code: code, Args: args})
}

// AddBytes appends bytes that passed, right behind those that passed before.
func (r *Record) AddBytes(k Kind, p Provenance, at time.Duration, code Code, bytes string) {
	r.Steps = append(r.Steps, Step{Kind: k, From: p, At: at, Off: r.passed(k), Len: int64(len(bytes)), Code: code, Bytes: bytes})
}

// passed is where the next byte of a direction stands.
func (r *Record) passed(k Kind) int64 {
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if s := &r.Steps[i]; s.Kind == k {
			return s.Off + s.Len
		}
	}
	return 0
}

// bytes is about how much memory r holds.
func (r *Record) bytes() int {
	n := 512 + len(r.Site) + len(r.Client)
	for _, f := range r.Browser.facts() {
		n += len(*f.Value)
	}
	for _, h := range [...]Head{r.Request.Head(), r.Response.Head()} {
		for _, p := range h.Start {
			n += len(p.Text)
		}
		for i := range *h.Fields {
			f := &(*h.Fields)[i]
			n += 48 + len(f.Name.Text) + len(f.Value.Text)
		}
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		n += 120 + len(s.Code) + len(s.Ref) + len(s.Bytes)
		for _, a := range s.Args {
			n += 16 + len(a)
		}
	}
	return n
}
