package http1

import "iter"

// Fault is what is wrong with the bytes of a peer.
type Fault uint8

// Faults of the start line. "Text" is Error.Text.
const (
	StartLineTooLong    Fault = iota + 1 // longer than Limits.StartLine: 414 (RFC 9110 §15.5.15)
	TooManyEmptyLines                    // before the start line (RFC 9112 §2.2)
	BadSyntax                            // not method, target, version; Text is the line (RFC 9112 §3)
	BadVersion                           // the last word is no HTTP-version; Text is that word (RFC 9112 §2.3)
	UnsupportedVersion                   // another major version: 505; Text is what follows "HTTP/" (RFC 9110 §15.6.6)
	BadHTTP09Method                      // HTTP/0.9 form with another method than GET; Text is the method
	BadMethod                            // no token; Text is the method (RFC 9110 §9.1)
	BadTarget                            // none of the four forms, or an octet outside 21-7E; Text is the target (RFC 9112 §3.2)
	TLSHandshake                         // a record of TLS begins where a request should, known from its first two bytes (RFC 8446 §5.1, RFC 9112 §3)
	BadStatusLine                        // Text is the line (RFC 9112 §4)
	UnsolicitedResponse                  // bytes of a response that no request asked for (RFC 9112 §9.2)
	UnsolicitedSwitch                    // 101 to a request without Upgrade (RFC 9110 §15.2.2)
)

// Faults of any line.
const (
	BareCR         Fault = iota + UnsolicitedSwitch + 1 // CR without LF (RFC 9112 §2.2)
	BareLF                                              // LF without CR, where Rules.BareLF is off (RFC 9112 §2.2)
	NUL                                                 // an octet 00 in a field line (RFC 9110 §5.5)
	NULInStartLine                                      // (RFC 9112 §2.1)
	Truncated                                           // the peer's bytes end inside a message (RFC 9112 §8)
)

// Faults of the field section.
const (
	FieldLineTooLong Fault = iota + Truncated + 1 // longer than Limits.FieldLine: 431 (RFC 6585 §5)
	TooManyFields                                 // more than Limits.Fields: 431 (RFC 6585 §5)
	HeadTooLong                                   // longer than Limits.Head: 431 (RFC 6585 §5)
	NoColon                                       // a line that is no field line (RFC 9112 §5)
	BadFieldName                                  // empty or no token (RFC 9110 §5.1)
	SpaceBeforeColon                              // (RFC 9112 §5.1)
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
	ChunkedNotLast                                // chunked twice, another coding after it, or not at all (RFC 9112 §6.3)
	UnknownCoding                                 // a coding other than chunked before it: 501 (RFC 9112 §6.1)
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
	code    string
	words   string
	section string
	status  int
}{
	StartLineTooLong:    {"start-line-too-long", "start line too long", "RFC 9110 §15.5.15", 414},
	TooManyEmptyLines:   {"too-many-empty-lines", "too many empty lines before the start line", "RFC 9112 §2.2", 400},
	BadSyntax:           {"bad-syntax", "request-line is not method, target and version", "RFC 9112 §3", 400},
	BadVersion:          {"bad-version", "malformed protocol version", "RFC 9112 §2.3", 400},
	UnsupportedVersion:  {"unsupported-version", "protocol version not supported", "RFC 9110 §15.6.6", 505},
	BadHTTP09Method:     {"bad-http09-method", "HTTP/0.9 knows only GET", "RFC 9112 §3", 400},
	BadMethod:           {"bad-method", "method is not a token", "RFC 9110 §9.1", 400},
	BadTarget:           {"bad-target", "malformed request-target", "RFC 9112 §3.2", 400},
	TLSHandshake:        {"tls-handshake", "TLS on a plain port", "RFC 9112 §3", 400},
	BadStatusLine:       {"bad-status-line", "malformed status-line", "RFC 9112 §4", 400},
	UnsolicitedResponse: {"unsolicited-response", "response without a request", "RFC 9112 §9.2", 400},
	UnsolicitedSwitch:   {"unsolicited-switch", "switch of protocols that was not asked for", "RFC 9110 §15.2.2", 400},

	BareCR:         {"bare-cr", "CR without LF", "RFC 9112 §2.2", 400},
	BareLF:         {"bare-lf", "LF without CR", "RFC 9112 §2.2", 400},
	NUL:            {"nul", "NUL octet", "RFC 9110 §5.5", 400},
	NULInStartLine: {"nul-in-start-line", "NUL octet in the start line", "RFC 9112 §2.1", 400},
	Truncated:      {"truncated", "message cut off", "RFC 9112 §8", 400},

	FieldLineTooLong: {"field-line-too-long", "field line too long", "RFC 6585 §5", 431},
	TooManyFields:    {"too-many-fields", "too many field lines", "RFC 6585 §5", 431},
	HeadTooLong:      {"head-too-long", "head too long", "RFC 6585 §5", 431},
	NoColon:          {"no-colon", "field line without colon", "RFC 9112 §5", 400},
	BadFieldName:     {"bad-field-name", "field name is not a token", "RFC 9110 §5.1", 400},
	SpaceBeforeColon: {"space-before-colon", "white space between field name and colon", "RFC 9112 §5.1", 400},
	FoldedLine:       {"folded-line", "folded field line", "RFC 9112 §5.2", 400},
	BadFieldValue:    {"bad-field-value", "control character in a field value", "RFC 9110 §5.5", 400},
	MissingHost:      {"missing-host", "no Host", "RFC 9112 §3.2", 400},
	ManyHosts:        {"many-hosts", "more than one Host", "RFC 9112 §3.2", 400},
	BadHost:          {"bad-host", "malformed Host", "RFC 9112 §3.2", 400},

	BadLength:          {"bad-length", "malformed or too large Content-Length", "RFC 9110 §8.6", 400},
	LengthConflict:     {"length-conflict", "more than one Content-Length", "RFC 9112 §6.3", 400},
	LengthWithCoding:   {"length-with-coding", "Content-Length beside Transfer-Encoding", "RFC 9112 §6.3", 400},
	CodingInOldVersion: {"coding-in-old-version", "Transfer-Encoding before HTTP/1.1", "RFC 9112 §6.1", 400},
	BadCoding:          {"bad-coding", "malformed Transfer-Encoding", "RFC 9112 §6.1", 400},
	ChunkedNotLast:     {"chunked-not-last", "chunked is not the last coding", "RFC 9112 §6.3", 400},
	UnknownCoding:      {"unknown-coding", "unknown transfer coding", "RFC 9112 §6.1", 501},
	ChunkLineTooLong:   {"chunk-line-too-long", "chunk-size line too long", "RFC 9112 §7.1", 400},
	BadChunkSize:       {"bad-chunk-size", "malformed chunk size", "RFC 9112 §7.1", 400},
	BadExtension:       {"bad-extension", "malformed chunk extension", "RFC 9112 §7.1.1", 400},
	ExtensionsTooLong:  {"extensions-too-long", "chunk extensions too long", "RFC 9112 §7.1.1", 400},
	BadChunkEnd:        {"bad-chunk-end", "chunk not ended by CR LF", "RFC 9112 §7.1", 400},
	TrailersTooLong:    {"trailers-too-long", "trailer section too long", "RFC 9112 §7.1.2", 400},
}

// Code is the name of the fault: stable, and not for people.
func (f Fault) Code() string {
	if f == 0 || f >= faultCount {
		return "none"
	}
	return faults[f].code
}

// Faults are all faults that there are.
func Faults() iter.Seq[Fault] {
	return func(yield func(Fault) bool) {
		for f := Fault(1); f < faultCount && yield(f); f++ {
		}
	}
}

// String says in a few words what the fault is.
func (f Fault) String() string {
	if f == 0 || f >= faultCount {
		return "no fault"
	}
	return faults[f].words
}
