package terms

// Kind is what a term is.
type Kind uint8

const (
	Method Kind = iota // a method, in the case of its letters
	Status             // a status code, three digits
	Field              // a field name, in any case
	Token              // another part of a message: see the Token constants

	sentence // about values, for Value
)

var kinds = [...]string{"method", "status", "field", "token", "value"}

func (k Kind) String() string { return kinds[k] }

// Term is the explanation of one word.
type Term struct {
	Kind Kind
	// Name as its definition spells it: GET, 404, Content-Type, chunk-size.
	Name string
	// Use is where it is used: "request", "response" or "both".
	Use string
	// Form is, of a field, "single" (one value), "list" (several lines are one
	// list, joined by commas) or "lines" (several lines that must not be
	// joined); of a method, what it promises: "safe idempotent", "idempotent"
	// or ""; of a status code, its reason phrase; of a token, "".
	Form string
	// Status is the word of the registry in lower case, such as "permanent",
	// "provisional", "deprecated" or "obsoleted"; "unregistered" for what is
	// used without being there; "" for tokens.
	Status string
	// Ref is where it is defined: "RFC 9110 §9.3.1", or a document's name.
	Ref string
	// Text is one or two sentences.
	Text string
}

// Names of tokens, for [Table.Token].
const (
	RequestLine  = "request-line"
	StatusLine   = "status-line"
	MethodToken  = "method"
	Target       = "request-target"
	OriginForm   = "origin-form"
	AbsoluteForm = "absolute-form"
	AuthForm     = "authority-form"
	AsteriskForm = "asterisk-form"
	Version      = "HTTP-version"
	Version09    = "HTTP/0.9"
	Version10    = "HTTP/1.0"
	Version11    = "HTTP/1.1"
	StatusCode   = "status-code"
	ReasonPhrase = "reason-phrase"
	FieldLine    = "field-line"
	FieldName    = "field-name"
	FieldValue   = "field-value"
	Space        = "SP"
	OWS          = "OWS"
	CRLF         = "CRLF"
	LF           = "LF"
	EmptyLine    = "empty-line"
	Content      = "content"
	ChunkSize    = "chunk-size"
	ChunkExt     = "chunk-ext"
	ChunkData    = "chunk-data"
	LastChunk    = "last-chunk"
	Trailers     = "trailer-section"
)
