package http1

// Event is what passes over a connection: [*Request], [*Response], [*Data],
// [*End], or the two that carry nothing, [NeedData] and [Closed].
//
// Events that [Conn.Next] returns belong to the Conn. A [*Data] or [*End] is
// valid until the next call of Next, Receive or Space; a [*Request] or
// [*Response] with its Fields until Next begins another message. Strings in
// them may be kept.
type Event interface{ event() }

// NeedData says that nothing more can be told until more bytes arrive.
type NeedData struct{}

// Closed says that no further message will come: the peer closed between two
// messages, or the connection is not persistent and its last message is over.
type Closed struct{}

// Request is the head of a request (RFC 9112 §3).
type Request struct {
	Line    string  // request-line as received, without its line ending
	Method  string  // case-sensitive (RFC 9110 §9.1)
	Target  string  // request-target as received, not decoded
	Proto   string  // protocol version as received, "HTTP/1.1"; "HTTP/0.9" if the line has none
	Version Version // Proto as numbers
	HTTP09  bool    // HTTP/0.9 form: no version, no field section; the response is bare content
	Fields  Fields  // in the order and spelling received
	Head    string  // everything received for this head, from its first byte through the empty line

	// Length is the length of the content in bytes: 0 without content,
	// Chunked when only its end will tell.
	Length int64
	// KeepAlive says that the request lets the connection persist
	// (RFC 9112 §9.3); the response may still end it.
	KeepAlive bool
	// Expect says that the client waits for 100 Continue before it sends
	// the content (RFC 9110 §10.1.1). Never set for versions below 1.1.
	Expect bool
}

// Response is the head of a response (RFC 9112 §4). Status 1xx is interim:
// another Response follows.
type Response struct {
	Proto  string // "HTTP/1.1" if empty
	Status int
	Reason string // sent as it is; the SP before it stays when it is empty
	Fields Fields

	// Length is set on received responses only, as in [Request]; UntilClose
	// if the content ends with the connection.
	Length int64
	Head   string // received responses only
}

// Values of Request.Length and Response.Length that are no lengths.
const (
	Chunked    = -1 // chunked transfer coding (RFC 9112 §7.1)
	UntilClose = -2 // delimited by the end of the connection (RFC 9112 §6.3 rule 8)
)

// Data is a piece of content, transfer coding removed.
type Data struct{ Bytes []byte }

// End ends a message; Trailers is empty unless the content was chunked.
type End struct{ Trailers Fields }

func (NeedData) event()  {}
func (Closed) event()    {}
func (*Request) event()  {}
func (*Response) event() {}
func (*Data) event()     {}
func (*End) event()      {}
