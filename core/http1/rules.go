package http1

// Rules says what a peer may send. The zero value is RFC 9112, read strictly;
// each true field is one named leniency. Framing knows none: two lengths,
// a length with chunked, a bare CR, NUL, white space before the colon, folded
// lines and codings other than chunked are faults under every Rules.
type Rules struct {
	Limits Limits

	// BareLF lets LF alone end a line of the head (RFC 9112 §2.2, a MAY).
	// Chunk lines always need CR LF.
	BareLF bool
	// LenientRequestLine separates the words of the request-line at any run
	// of white space, ignores it at both ends, and judges a line by its words
	// as http.server does (RFC 9112 §3, a MAY). A status-line may lack the SP
	// after its status code.
	LenientRequestLine bool
	// AnyMethod accepts methods that are no tokens.
	AnyMethod bool
	// AnyTarget accepts targets in none of the four forms of RFC 9112 §3.2
	// and octets outside the URI grammar in them.
	AnyTarget bool
	// AnyVersion accepts any 0.x and 1.x, with up to ten digits in each part.
	AnyVersion bool
	// HTTP09 accepts HTTP/0.9 requests: "GET /path" alone, and three words
	// ending in HTTP/0.9.
	HTTP09 bool
	// SkipHostCheck does not look at Host: it may be missing in HTTP/1.1,
	// come twice and hold anything.
	SkipHostCheck bool
	// AnyValue accepts control characters in field values, except NUL, CR
	// and LF (H-6).
	AnyValue bool
	// AnyLastCoding refuses a request with a transfer coding that is not
	// understood with 501, whether or not chunked is the last one (RFC 9112
	// §6.1). Without it 501 is for requests that end in chunked, and 400 for
	// the others, whose end cannot be told (§6.3).
	AnyLastCoding bool
	// EmptyLineCounts is no leniency: the empty line that ends a field section
	// counts as one of Limits.Fields, as in http.server before 3.15. So 99
	// field lines pass and 100 do not (H-2), where without it 100 pass.
	EmptyLineCounts bool
}

// Compat is what Python's http.server accepts, leniency by leniency.
var Compat = Rules{
	BareLF:             true,
	LenientRequestLine: true,
	AnyMethod:          true,
	AnyTarget:          true,
	AnyVersion:         true,
	HTTP09:             true,
	SkipHostCheck:      true,
	AnyValue:           true,

	AnyLastCoding:   true,
	EmptyLineCounts: true,
}

// Limits bounds what a peer can make us hold. Sizes are in bytes and count
// the line ending; zero means the default beside the field.
type Limits struct {
	StartLine  int // 65536; past it 414 (RFC 9110 §15.5.15)
	FieldLine  int // 65536; past it 431 (RFC 6585 §5)
	Fields     int // field lines in one section, 100; past it 431
	Head       int // whole head with the empty lines before it, 262144; past it 431
	EmptyLines int // empty lines before a start line, 8; past it 400 (RFC 9112 §2.2)
	ChunkLine  int // one chunk-size line, 4096; past it 400
	Extensions int // all chunk extensions of a message together, 16384; past it 400
	Trailers   int // trailer section, 16384; past it 400
}

// filled returns l with every default in place.
func (l Limits) filled() Limits {
	for _, limit := range [...]struct {
		value *int
		usual int
	}{
		{&l.StartLine, 65536},
		{&l.FieldLine, 65536},
		{&l.Fields, 100},
		{&l.Head, 262144},
		{&l.EmptyLines, 8},
		{&l.ChunkLine, 4096},
		{&l.Extensions, 16384},
		{&l.Trailers, 16384},
	} {
		if *limit.value <= 0 {
			*limit.value = limit.usual
		}
	}
	return l
}

// of returns the bound that f is about, 0 if it is about none.
func (l *Limits) of(f Fault) int {
	switch f {
	case StartLineTooLong:
		return l.StartLine
	case TooManyEmptyLines:
		return l.EmptyLines
	case FieldLineTooLong:
		return l.FieldLine
	case TooManyFields:
		return l.Fields
	case HeadTooLong:
		return l.Head
	case ChunkLineTooLong:
		return l.ChunkLine
	case ExtensionsTooLong:
		return l.Extensions
	case TrailersTooLong:
		return l.Trailers
	}
	return 0
}
