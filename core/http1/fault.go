package http1

// Fault is what is wrong with the bytes of a peer.
type Fault uint8

// Faults of the start line. "Text" is Error.Text.
const (
	StartLineTooLong   Fault = iota + 1 // longer than Limits.StartLine: 414 (RFC 9110 §15.5.15)
	TooManyEmptyLines                   // before the start line (RFC 9112 §2.2)
	BadSyntax                           // not method, target, version; Text is the line (RFC 9112 §3)
	BadVersion                          // the last word is no HTTP-version; Text is that word (RFC 9112 §2.3)
	UnsupportedVersion                  // another major version: 505; Text is what follows "HTTP/" (RFC 9110 §15.6.6)
	BadSimpleMethod                     // HTTP/0.9 form with another method than GET; Text is the method
	BadMethod                           // no token; Text is the method (RFC 9110 §9.1)
	BadTarget                           // none of the four forms, or an octet outside 21-7E; Text is the target (RFC 9112 §3.2)
	TLSHandshake                        // a record of TLS begins where a request should, known from its first two bytes (RFC 8446 §5.1, RFC 9112 §3)
	BadStatusLine                       // Text is the line (RFC 9112 §4)
	Unasked                             // bytes of a response that no request asked for (RFC 9112 §9.2)
	UnaskedSwitch                       // 101 to a request without Upgrade (RFC 9110 §15.2.2)
)

// Faults of any line.
const (
	BareCR         Fault = iota + UnaskedSwitch + 1 // CR without LF (RFC 9112 §2.2)
	BareLF                                          // LF without CR, where Rules.BareLF is off (RFC 9112 §2.2)
	NUL                                             // an octet 00 in a field line (RFC 9110 §5.5)
	NULInStartLine                                  // (RFC 9112 §2.1)
	Truncated                                       // the peer's bytes end inside a message (RFC 9112 §8)
)

// Faults of the field section.
const (
	FieldLineTooLong Fault = iota + Truncated + 1 // longer than Limits.FieldLine: 431 (RFC 6585 §5)
	TooManyFields                                 // more than Limits.Fields: 431 (RFC 6585 §5)
	HeadTooLong                                   // longer than Limits.Head: 431 (RFC 6585 §5)
	NoColon                                       // a line that is no field line (RFC 9112 §5)
	BadFieldName                                  // empty or no token (RFC 9110 §5.1)
	BlankBeforeColon                              // (RFC 9112 §5.1)
	FoldedLine                                    // a line that starts with white space (RFC 9112 §5.2)
	BadFieldValue                                 // a control character in a value (RFC 9110 §5.5)
	MissingHost                                   // HTTP/1.1 without Host (RFC 9112 §3.2)
	ManyHosts                                     // more than one Host (RFC 9112 §3.2)
	BadHost                                       // Host is not host[:port] (RFC 9112 §3.2)
)

// Faults of the framing.
const (
	BadLength          Fault = iota + BadHost + 1 // Content-Length is not a number in digits that fits 63 bits (RFC 9110 §8.6)
	LengthConflict                                // two Content-Length lines, equal or not (RFC 9112 §6.3)
	LengthWithCoding                              // Content-Length beside Transfer-Encoding (RFC 9112 §6.3)
	CodingInOldVersion                            // Transfer-Encoding before HTTP/1.1 (RFC 9112 §6.1)
	BadCoding                                     // Transfer-Encoding is no list of codings (RFC 9112 §6.1)
	ChunkedNotLast                                // chunked twice, or another coding after it (RFC 9112 §6.3)
	UnknownCoding                                 // a coding other than chunked: 501 (RFC 9112 §6.1)
	ChunkLineTooLong                              // longer than Limits.ChunkLine (RFC 9112 §7.1)
	BadChunkSize                                  // no hexadecimal number that fits 63 bits (RFC 9112 §7.1)
	BadExtension                                  // not ;name or ;name=value (RFC 9112 §7.1.1)
	ExtensionsTooLong                             // more than Limits.Extensions (RFC 9112 §7.1.1)
	BadChunkEnd                                   // a chunk-size line or chunk data not ended by CR LF (RFC 9112 §7.1)
	TrailersTooLong                               // longer than Limits.Trailers (RFC 9112 §7.1.2)

	faultCount
)

// faults holds what an Error says of each Fault.
var faults = [faultCount]struct {
	words   string
	section string
	status  int
}{
	StartLineTooLong:   {"start line too long", "RFC 9110 §15.5.15", 414},
	TooManyEmptyLines:  {"too many empty lines before the start line", "RFC 9112 §2.2", 400},
	BadSyntax:          {"request-line is not method, target and version", "RFC 9112 §3", 400},
	BadVersion:         {"malformed protocol version", "RFC 9112 §2.3", 400},
	UnsupportedVersion: {"protocol version not supported", "RFC 9110 §15.6.6", 505},
	BadSimpleMethod:    {"HTTP/0.9 knows only GET", "RFC 9112 §3", 400},
	BadMethod:          {"method is not a token", "RFC 9110 §9.1", 400},
	BadTarget:          {"malformed request-target", "RFC 9112 §3.2", 400},
	TLSHandshake:       {"TLS on a plain port", "RFC 9112 §3", 400},
	BadStatusLine:      {"malformed status-line", "RFC 9112 §4", 400},
	Unasked:            {"response without a request", "RFC 9112 §9.2", 400},
	UnaskedSwitch:      {"switch of protocols that was not asked for", "RFC 9110 §15.2.2", 400},

	BareCR:         {"CR without LF", "RFC 9112 §2.2", 400},
	BareLF:         {"LF without CR", "RFC 9112 §2.2", 400},
	NUL:            {"NUL octet", "RFC 9110 §5.5", 400},
	NULInStartLine: {"NUL octet in the start line", "RFC 9112 §2.1", 400},
	Truncated:      {"message cut off", "RFC 9112 §8", 400},

	FieldLineTooLong: {"field line too long", "RFC 6585 §5", 431},
	TooManyFields:    {"too many field lines", "RFC 6585 §5", 431},
	HeadTooLong:      {"head too long", "RFC 6585 §5", 431},
	NoColon:          {"field line without colon", "RFC 9112 §5", 400},
	BadFieldName:     {"field name is not a token", "RFC 9110 §5.1", 400},
	BlankBeforeColon: {"white space between field name and colon", "RFC 9112 §5.1", 400},
	FoldedLine:       {"folded field line", "RFC 9112 §5.2", 400},
	BadFieldValue:    {"control character in a field value", "RFC 9110 §5.5", 400},
	MissingHost:      {"no Host", "RFC 9112 §3.2", 400},
	ManyHosts:        {"more than one Host", "RFC 9112 §3.2", 400},
	BadHost:          {"malformed Host", "RFC 9112 §3.2", 400},

	BadLength:          {"malformed or too large Content-Length", "RFC 9110 §8.6", 400},
	LengthConflict:     {"more than one Content-Length", "RFC 9112 §6.3", 400},
	LengthWithCoding:   {"Content-Length beside Transfer-Encoding", "RFC 9112 §6.3", 400},
	CodingInOldVersion: {"Transfer-Encoding before HTTP/1.1", "RFC 9112 §6.1", 400},
	BadCoding:          {"malformed Transfer-Encoding", "RFC 9112 §6.1", 400},
	ChunkedNotLast:     {"chunked is not the last coding", "RFC 9112 §6.3", 400},
	UnknownCoding:      {"unknown transfer coding", "RFC 9112 §6.1", 501},
	ChunkLineTooLong:   {"chunk-size line too long", "RFC 9112 §7.1", 400},
	BadChunkSize:       {"malformed chunk size", "RFC 9112 §7.1", 400},
	BadExtension:       {"malformed chunk extension", "RFC 9112 §7.1.1", 400},
	ExtensionsTooLong:  {"chunk extensions too long", "RFC 9112 §7.1.1", 400},
	BadChunkEnd:        {"chunk not ended by CR LF", "RFC 9112 §7.1", 400},
	TrailersTooLong:    {"trailer section too long", "RFC 9112 §7.1.2", 400},
}

// String says in a few words what the fault is.
func (f Fault) String() string {
	if f == 0 || f >= faultCount {
		return "no fault"
	}
	return faults[f].words
}
