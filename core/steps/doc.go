// Package steps shows what the parser makes of bytes: which byte is what, where
// it waits and for what, where it refuses and why. It drives [http1.Conn], the
// parser that serves, and reads no byte on its own: a step names what the Conn
// told of the bytes.
//
// The one rule: a trace is recorded whole, so a step back is the step before.
// It is bounded by [MaxInput] and [MaxSteps].
package steps

import "vitrine/core/http1"

const (
	// MaxInput is how many bytes a trace is made of; those behind are not read.
	MaxInput = 64 << 10
	// MaxSteps is how many steps tell of bytes one by one. What comes behind is
	// folded into one; where the parser stops is still told.
	MaxSteps = 5000
)

// Profile is what a server accepts, and whether it keeps a connection.
type Profile struct {
	Rules      http1.Rules
	Persistent bool // it speaks HTTP/1.1
}

// The two profiles of serve: as http.server, and with --protocol HTTP/1.1.
var (
	Compat = Profile{Rules: http1.Compat}
	Strict = Profile{Persistent: true}
)

// Step is one thing that the parser did. Off and Len are the bytes of the input
// that it is about; Len is 0 where it is about none.
type Step struct {
	Code     Code
	Off, Len int
	// Request counts the requests of the connection, from 1.
	Request int
	// Number is that of a field line, from 1; the size of a chunk; the segment
	// that a wait stands behind, from 1; how many steps are folded.
	Number int64
	// Text is what a wait is for, in http1's words; why the server reads no
	// more, as one of trace's Why.
	Text string
	// Fault is what broke the rules, its Offset from the first byte of the
	// input; nil for every other code.
	Fault *http1.Error
}

// End is the first byte behind the step.
func (s *Step) End() int { return s.Off + s.Len }

// At is the byte that the step points at: that of its fault, or its first.
func (s *Step) At() int {
	if s.Fault != nil {
		return s.Fault.Offset
	}
	return s.Off
}

// Code says what the bytes of a step are. It is stable; who shows steps has a
// sentence for each.
type Code string

// What steps are.
const (
	EmptyLine  Code = "empty-line" // before a request-line, skipped
	Method     Code = "method"
	SP         Code = "sp"     // between two words of the request-line
	Space      Code = "space"  // more or other white space there, skipped
	Target     Code = "target" // the request-target
	Version    Code = "version"
	Word       Code = "word" // of the request-line, one too many
	LineEnd    Code = "line-end"
	BareLF     Code = "bare-lf" // LF alone, taken for the end of a line
	FieldName  Code = "field-name"
	Colon      Code = "colon"
	OWS        Code = "ows" // optional white space around a field value
	FieldValue Code = "field-value"
	SectionEnd Code = "section-end" // the empty line that ends a field section
	Content    Code = "content"
	ChunkSize  Code = "chunk-size"
	ChunkExt   Code = "chunk-ext"
	ChunkEnd   Code = "chunk-end" // the line end behind chunk data
	Complete   Code = "complete"  // the request is; the server responds
	Buffered   Code = "buffered"  // came, and is judged when more is there
	Wait       Code = "wait"
	Fault      Code = "fault"
	Closed     Code = "closed" // the server reads no more
	End        Code = "end"    // nothing more comes, and nothing is missing
	Folded     Code = "folded"
)

// Codes are all of them.
var Codes = [...]Code{
	EmptyLine, Method, SP, Space, Target, Version, Word, LineEnd, BareLF, FieldName, Colon, OWS, FieldValue, SectionEnd,
	Content, ChunkSize, ChunkExt, ChunkEnd, Complete, Buffered, Wait, Fault, Closed, End, Folded,
}

// references are where it is written what the bytes of each code are, as Codes
// has them.
var references = [len(Codes)]string{
	"RFC 9112 §2.2", "RFC 9110 §9.1", "RFC 9112 §3", "RFC 9112 §3", "RFC 9112 §3.2", "RFC 9112 §2.3", "RFC 9112 §3",
	"RFC 9112 §2.2", "RFC 9112 §2.2", "RFC 9110 §5.1", "RFC 9112 §5", "RFC 9110 §5.6.3", "RFC 9110 §5.5", "RFC 9112 §2.1",
	"RFC 9112 §6.3", "RFC 9112 §7.1", "RFC 9112 §7.1.1", "RFC 9112 §7.1", "RFC 9112 §6.3", "", "", "", "RFC 9112 §9.6", "", "",
}

// Reference says where it is written what the bytes of a step are; that of a
// fault is its Section.
func (s *Step) Reference() string {
	if s.Fault != nil {
		return s.Fault.Section
	}
	if n := int(s.Code.number()); n < len(references) {
		return references[n]
	}
	return ""
}
