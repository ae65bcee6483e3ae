package http1

// Fault is what is wrong with the bytes of a peer.
type Fault uint8

// Faults of the start line.
const (
	StartLineTooLong   Fault = iota + 1 // longer than Limits.StartLine: 414 (RFC 9110 §15.5.15)
	TooManyEmptyLines                   // before the request-line (RFC 9112 §2.2)
	BadSyntax                           // not method, target, version; Text is the line (RFC 9112 §3)
	BadVersion                          // the last word is no HTTP-version; Text is that word (RFC 9112 §2.3)
	UnsupportedVersion                  // another major version: 505; Text is what follows HTTP/ (RFC 9110 §15.6.6)
	BadSimpleMethod                     // HTTP/0.9 form with another method than GET; Text is the method
	BadMethod                           // no token; Text is the method (RFC 9112 §3.1)
	BadTarget                           // none of the four forms, or an octet outside 21-7E (RFC 9112 §3.2)
	BadStatusLine                       // (RFC 9112 §4)
	Unasked                             // a response that no request asked for (RFC 9112 §9.2)
)

// Faults of lines and octets.
const (
	BareCR    Fault = iota + Unasked + 1 // CR without LF (RFC 9112 §2.2)
	BareLF                               // LF without CR, where Rules.BareLF is off (RFC 9112 §2.2)
	NUL                                  // an octet 00 (RFC 9110 §5.5)
	Truncated                            // the peer's side ended inside a message (RFC 9112 §8)
)

// Faults of the field section.
const (
	FieldLineTooLong Fault = iota + Truncated + 1 // 431 (RFC 6585 §5)
	TooManyFields                                 // 431 (RFC 6585 §5)
	HeadTooLong                                   // 431 (RFC 6585 §5)
	NoColon                                       // a line that is no field line (RFC 9112 §5)
	BadFieldName                                  // empty or no token (RFC 9110 §5.1)
	BlankBeforeColon                              // (RFC 9112 §5.1)
	FoldedLine                                    // a line that starts with white space (RFC 9112 §5.2)
	BadFieldValue                                 // a control character in a value (RFC 9110 §5.5)
	MissingHost                                   // HTTP/1.1 without Host (RFC 9112 §3.2)
	ManyHosts                                     // (RFC 9112 §3.2)
	BadHost                                       // (RFC 9112 §3.2)
)

// Faults of the framing.
const (
	BadLength          Fault = iota + BadHost + 1 // Content-Length is not a number of int64 in digits (RFC 9110 §8.6)
	LengthConflict                                // two Content-Length lines (RFC 9112 §6.3)
	LengthWithCoding                              // Content-Length and Transfer-Encoding (RFC 9112 §6.3)
	CodingInOldVersion                            // Transfer-Encoding before HTTP/1.1 (RFC 9112 §6.1)
	BadCoding                                     // Transfer-Encoding that is no list of codings (RFC 9112 §6.1)
	ChunkedNotLast                                // chunked twice or not last (RFC 9112 §6.3)
	UnknownCoding                                 // any coding but chunked: 501 (RFC 9112 §6.1)
	ChunkLineTooLong                              // (RFC 9112 §7.1)
	BadChunkSize                                  // no hexadecimal number of int64 (RFC 9112 §7.1)
	BadExtension                                  // (RFC 9112 §7.1.1)
	ExtensionsTooLong                             // (RFC 9112 §7.1.1)
	BadChunkEnd                                   // chunk data not followed by CR LF (RFC 9112 §7.1)
	TrailersTooLong                               // (RFC 9112 §7.1.2)
)

func (f Fault) String() string { return "fault" }
