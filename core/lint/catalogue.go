package lint

// Needs is what a note is made from.
type Needs uint8

// A note that needs the wire is silent where bytes were rebuilt, redacted or
// never seen.
const (
	NeedsWire   Needs = iota // the bytes of the request, as they passed
	NeedsParsed              // parts of either header section
	NeedsFile                // what the server told of its file, or content that was kept
	NeedsCache               // how a cache would read the response
	NeedsLog                 // an earlier exchange of the same log
)

// Entry is a row of the catalogue.
type Entry struct {
	ID    string
	Level Level
	Part  Part
	Fault Fault
	Needs Needs
	// Standing is true for notes about the server, the connection or the
	// browser rather than about one exchange, and for good ones: a list of many
	// exchanges says them once.
	Standing bool
	Ref      string
}

// Lookup returns the row of a note.
func Lookup(name string) (e Entry, ok bool) {
	for i := range catalogue {
		if catalogue[i].ID == name {
			return catalogue[i], true
		}
	}
	return Entry{}, false
}

// Catalogue returns all rows, in the order of their ids.
func Catalogue() []Entry { return append([]Entry(nil), catalogue[:]...) }

// Ref is where it is written what a note is about, "RFC 9112 §2.2"; "" for an
// id that is not in the catalogue, and where it is written nowhere.
func Ref(id string) string {
	e, _ := Lookup(id)
	return e.Ref
}

// Standing reports whether a list of exchanges says the note once: see [Entry].
func Standing(id string) bool {
	e, _ := Lookup(id)
	return e.Standing
}

// Letters of ids: A request-line and bytes, B field lines, C Host, D framing, E
// connection, F Expect, G status-line and response fields, H content, I
// validators, J ranges, K caching, L paths and security, M the browser, S what
// this server made of a fault.
var catalogue = [notes]Entry{
	a1:  {"A1", Warn, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	a2:  {"A2", Bad, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	a3:  {"A3", Info, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	a4:  {"A4", Bad, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	a5:  {"A5", Warn, Message, Client, NeedsWire, false, "RFC 9112 §3"},
	a6:  {"A6", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §9.1"},
	a7:  {"A7", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §15.6.2"},
	a8:  {"A8", Bad, Message, Client, NeedsWire, false, "RFC 9110 §9.1"},
	a9:  {"A9", Info, Message, Client, NeedsWire, false, "RFC 9112 §C.1"},
	a10: {"A10", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	a11: {"A11", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	a12: {"A12", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	a13: {"A13", Warn, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	a14: {"A14", Info, Message, Neither, NeedsWire, false, "RFC 9112 §3.2.2"},
	a15: {"A15", Warn, Message, Client, NeedsWire, false, "RFC 9112 §3.2.2"},
	a16: {"A16", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2.4"},
	a17: {"A17", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2.3"},
	a18: {"A18", Bad, Message, Client, NeedsWire, false, "RFC 9110 §4.2.4"},
	a19: {"A19", Warn, Message, Client, NeedsParsed, false, "RFC 9112 §3"},
	a20: {"A20", Bad, Message, Client, NeedsParsed, false, "RFC 3986 §2.1"},
	a21: {"A21", Bad, Message, Client, NeedsWire, false, "RFC 9112 §2.3"},
	a22: {"A22", Info, Message, Neither, NeedsWire, false, "RFC 9110 §15.6.6"},
	a23: {"A23", Info, Message, Neither, NeedsWire, false, "RFC 9110 §2.5"},
	a24: {"A24", Bad, Message, Client, NeedsWire, false, "RFC 9112 §9.7"},
	a25: {"A25", Warn, Message, Client, NeedsWire, false, "RFC 9112 §8"},
	a26: {"A26", Info, Message, Neither, NeedsWire, false, "RFC 9112 §9.3.2"},
	a27: {"A27", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3"},

	b1:  {"B1", Bad, Message, Client, NeedsWire, false, "RFC 9112 §5"},
	b2:  {"B2", Bad, Message, Client, NeedsWire, false, "RFC 9112 §5.1"},
	b3:  {"B3", Bad, Message, Client, NeedsWire, false, "RFC 9110 §5.1"},
	b4:  {"B4", Bad, Message, Client, NeedsWire, false, "RFC 9112 §5.2"},
	b5:  {"B5", Bad, Message, Client, NeedsWire, false, "RFC 9110 §5.5"},
	b6:  {"B6", Warn, Message, Neither, NeedsParsed, false, "RFC 9110 §5.5"},
	b7:  {"B7", Info, Message, Neither, NeedsWire, false, "RFC 9112 §5.1"},
	b8:  {"B8", Info, Message, Neither, NeedsWire, false, "RFC 9110 §5.1"},
	b9:  {"B9", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §5.3"},
	b10: {"B10", Info, Message, Neither, NeedsWire, false, "RFC 9110 §5.3"},
	b11: {"B11", Warn, Message, Neither, NeedsParsed, false, "RFC 9110 §5.6.1"},
	b12: {"B12", Warn, Message, Client, NeedsWire, false, "RFC 6585 §5"},
	b13: {"B13", Warn, Message, Neither, NeedsParsed, false, "RFC 9110 §6.3"},
	b14: {"B14", Warn, Message, Neither, NeedsParsed, false, "RFC 9111 §5.4"},
	b15: {"B15", Warn, Message, Client, NeedsWire, false, "RFC 9110 §7.6.1"},
	b16: {"B16", Warn, Message, Client, NeedsWire, false, "RFC 9110 §7.6.1"},
	b17: {"B17", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §5.6.4"},
	b18: {"B18", Warn, Message, Client, NeedsWire, false, "RFC 9110 §17.10"},

	c1: {"C1", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	c2: {"C2", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	c3: {"C3", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	c4: {"C4", Info, Message, Neither, NeedsWire, false, "RFC 9112 §C.2.1"},
	c5: {"C5", Info, Message, Client, NeedsWire, true, "RFC 9110 §7.2"},
	c6: {"C6", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §7.4"},

	d1:  {"D1", Bad, Message, Client, NeedsWire, false, "RFC 9110 §8.6"},
	d2:  {"D2", Warn, Message, Client, NeedsWire, false, "RFC 9110 §8.6"},
	d3:  {"D3", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.3"},
	d4:  {"D4", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	d5:  {"D5", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.3"},
	d6:  {"D6", Warn, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	d7:  {"D7", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	d8:  {"D8", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	d9:  {"D9", Bad, Message, Client, NeedsWire, false, "RFC 9112 §7.1"},
	d10: {"D10", Bad, Message, Client, NeedsWire, false, "RFC 9112 §7.1"},
	d11: {"D11", Info, Message, Neither, NeedsWire, false, "RFC 9112 §7.1.1"},
	d12: {"D12", Warn, Message, Client, NeedsWire, false, "RFC 9110 §6.5.1"},
	d13: {"D13", Bad, Message, Client, NeedsWire, false, "RFC 9112 §8"},
	d14: {"D14", Bad, Message, Client, NeedsWire, false, "RFC 9112 §8"},
	d15: {"D15", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §9.3.1"},
	d16: {"D16", Info, Message, Client, NeedsWire, false, "RFC 9112 §6.3"},
	d17: {"D17", Good, Message, Neither, NeedsWire, true, "RFC 9110 §8.6"},
	d18: {"D18", Bad, Message, Server, NeedsParsed, false, "RFC 9112 §6.3"},
	d19: {"D19", Info, Message, Neither, NeedsWire, false, "RFC 9112 §6.3"},
	d20: {"D20", Bad, Message, Server, NeedsParsed, false, "RFC 9112 §6.3"},
	d21: {"D21", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §8.6"},
	d22: {"D22", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.6"},
	d23: {"D23", Bad, Message, Server, NeedsWire, false, "RFC 9112 §6.1"},
	d24: {"D24", Bad, Message, Server, NeedsWire, false, "RFC 9110 §10.1.4"},
	d25: {"D25", Bad, Message, Server, NeedsWire, false, "RFC 9112 §9.2"},

	e1:  {"E1", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.3"},
	e2:  {"E2", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.6"},
	e3:  {"E3", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.3"},
	e4:  {"E4", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §C.2.2"},
	e5:  {"E5", Warn, Behaviour, Server, NeedsWire, false, "RFC 9112 §9.6"},
	e6:  {"E6", Warn, Message, Client, NeedsWire, false, "RFC 9112 §9.6"},
	e7:  {"E7", Good, Behaviour, Neither, NeedsLog, true, "RFC 9112 §9.3.2"},
	e8:  {"E8", Warn, Message, Client, NeedsLog, false, "RFC 9112 §9.3.2"},
	e9:  {"E9", Warn, Behaviour, Server, NeedsWire, false, "RFC 9112 §9.3"},
	e10: {"E10", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.5"},
	e11: {"E11", Warn, Message, Client, NeedsWire, false, "RFC 9112 §C.2.2"},
	e12: {"E12", Info, Behaviour, Neither, NeedsWire, false, "RFC 9110 §7.8"},
	e13: {"E13", Bad, Message, Client, NeedsWire, false, "RFC 9110 §7.8"},

	f1: {"F1", Good, Behaviour, Neither, NeedsWire, true, "RFC 9110 §10.1.1"},
	f2: {"F2", Bad, Behaviour, Server, NeedsWire, false, "RFC 9110 §15.2.1"},
	f3: {"F3", Bad, Message, Client, NeedsWire, false, "RFC 9110 §10.1.1"},
	f4: {"F4", Info, Message, Neither, NeedsWire, false, "RFC 9110 §10.1.1"},
	f5: {"F5", Info, Message, Neither, NeedsWire, false, "RFC 9110 §10.1.1"},
	f7: {"F7", Warn, Behaviour, Server, NeedsWire, false, "RFC 9110 §10.1.1"},
	f8: {"F8", Bad, Behaviour, Server, NeedsWire, false, "RFC 9110 §15.2"},

	g1:  {"G1", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §6.6.1"},
	g2:  {"G2", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §5.6.7"},
	g3:  {"G3", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.6"},
	g4:  {"G4", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.6"},
	g5:  {"G5", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.2"},
	g6:  {"G6", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.4"},
	g7:  {"G7", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §10.2.2"},
	g8:  {"G8", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §15.4.3"},
	g9:  {"G9", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §10.2.2"},
	g10: {"G10", Info, Behaviour, Neither, NeedsFile, false, "RFC 9110 §15.4.2"},
	g11: {"G11", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.7"},
	g12: {"G12", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.17"},
	g13: {"G13", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.13"},
	g14: {"G14", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.2"},
	g15: {"G15", Info, Message, Server, NeedsParsed, false, "RFC 9110 §10.2.3"},
	g16: {"G16", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15"},
	g17: {"G17", Info, Message, Neither, NeedsParsed, false, "RFC 9112 §4"},
	g19: {"G19", Warn, Message, Server, NeedsLog, false, "RFC 9110 §9.3.2"},
	g20: {"G20", Info, Behaviour, Neither, NeedsWire, true, "RFC 9110 §2.5"},

	h1:  {"H1", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §8.3"},
	h2:  {"H2", Warn, Message, Server, NeedsFile, false, "RFC 9110 §8.3"},
	h3:  {"H3", Info, Message, Server, NeedsFile, false, "RFC 9110 §8.3.2"},
	h4:  {"H4", Bad, Message, Server, NeedsFile, false, "RFC 9110 §8.3.2"},
	h5:  {"H5", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §8.3.1"},
	h6:  {"H6", Info, Behaviour, Neither, NeedsFile, false, "RFC 9110 §8.3"},
	h7:  {"H7", Warn, Message, Server, NeedsWire, false, "RFC 9110 §12.5.3"},
	h8:  {"H8", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §8.4.1"},
	h9:  {"H9", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §12.5.5"},
	h11: {"H11", Bad, Message, Server, NeedsFile, false, "RFC 9110 §8.4.1.3"},
	h12: {"H12", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §12.4.2"},
	h13: {"H13", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §12.5.1"},
	h14: {"H14", Bad, Message, Server, NeedsLog, false, "RFC 9110 §8.8.3.3"},
	h15: {"H15", Warn, Message, Server, NeedsParsed, false, "RFC 6266 §4.3"},

	i1:  {"I1", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §8.8.2.2"},
	i2:  {"I2", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §8.8.2.1"},
	i3:  {"I3", Info, Message, Server, NeedsParsed, false, "RFC 9110 §8.8"},
	i4:  {"I4", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §8.8.3"},
	i5:  {"I5", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §8.8.1"},
	i6:  {"I6", Good, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §13.1.2"},
	i7:  {"I7", Good, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §13.1.3"},
	i8:  {"I8", Info, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §13.2.2"},
	i9:  {"I9", Warn, Behaviour, Client, NeedsParsed, false, "RFC 9110 §13.1.3"},
	i10: {"I10", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §13.2.1"},
	i11: {"I11", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.4.5"},
	i12: {"I12", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.4.5"},
	i13: {"I13", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §15.5.13"},
	i15: {"I15", Bad, Message, Client, NeedsParsed, false, "RFC 9110 §13.1.5"},
	i16: {"I16", Warn, Message, Server, NeedsLog, false, "RFC 9110 §8.8.1"},

	j1:  {"J1", Good, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §15.3.7"},
	j2:  {"J2", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §14.2"},
	j3:  {"J3", Info, Message, Client, NeedsParsed, false, "RFC 9110 §14.2"},
	j4:  {"J4", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §15.5.17"},
	j5:  {"J5", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §17.15"},
	j6:  {"J6", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §14.1.2"},
	j7:  {"J7", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.7.2"},
	j8:  {"J8", Info, Message, Client, NeedsParsed, false, "RFC 9110 §14.2"},
	j10: {"J10", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §14.4"},
	j11: {"J11", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §14.4"},

	k1:  {"K1", Info, Message, Neither, NeedsCache, true, "RFC 9111 §3"},
	k3:  {"K3", Info, Message, Neither, NeedsCache, true, "RFC 9111 §5.2.2.7"},
	k4:  {"K4", Good, Message, Neither, NeedsCache, true, "RFC 9111 §4.2.1"},
	k5:  {"K5", Warn, Message, Server, NeedsCache, false, "RFC 9111 §4.2.2"},
	k6:  {"K6", Warn, Message, Server, NeedsCache, false, "RFC 9111 §5.2.2.4"},
	k7:  {"K7", Info, Message, Neither, NeedsCache, false, "RFC 9111 §5.3"},
	k8:  {"K8", Bad, Message, Neither, NeedsCache, false, "RFC 9111 §5.2"},
	k9:  {"K9", Warn, Message, Server, NeedsCache, false, "RFC 9111 §4.2.1"},
	k10: {"K10", Warn, Message, Neither, NeedsCache, false, "RFC 9111 §5.2"},
	k11: {"K11", Warn, Message, Server, NeedsCache, false, "RFC 9111 §4.1"},
	k12: {"K12", Info, Message, Neither, NeedsCache, false, "RFC 9111 §5.1"},
	k13: {"K13", Info, Message, Server, NeedsCache, false, "RFC 9111 §5.3"},
	k15: {"K15", Info, Message, Server, NeedsCache, true, "RFC 9111 §5.2.2.9"},
	k16: {"K16", Info, Message, Neither, NeedsCache, false, "RFC 9111 §4.4"},
	k17: {"K17", Info, Message, Neither, NeedsCache, true, "RFC 9111 §5.2.1"},

	l1: {"L1", Warn, Message, Client, NeedsWire, false, "RFC 3986 §5.2.4"},
	l2: {"L2", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §17.3"},
	l3: {"L3", Warn, Behaviour, Server, NeedsFile, false, "RFC 9110 §17.3"},
	l4: {"L4", Info, Behaviour, Neither, NeedsFile, true, "RFC 9110 §17.3"},
	l6: {"L6", Info, Message, Client, NeedsParsed, false, "RFC 9110 §10.1.3"},
	l7: {"L7", Warn, Behaviour, Server, NeedsWire, false, "RFC 9110 §9.3.8"},

	m1: {"M1", Info, Message, Neither, NeedsParsed, true, "Fetch, HTTP fetch"},
	m2: {"M2", Info, Message, Neither, NeedsParsed, true, "Fetch, HTTP-network-or-cache fetch"},
	m3: {"M3", Info, Message, Neither, NeedsParsed, true, ""},
	m4: {"M4", Warn, Message, Neither, NeedsParsed, false, "Fetch, forbidden response-header name"},
	m5: {"M5", Bad, Message, Neither, NeedsParsed, false, "Fetch, HTTP-network fetch"},
	m6: {"M6", Warn, Message, Neither, NeedsParsed, false, "Fetch, HTTP fetch"},
	m7: {"M7", Info, Message, Neither, NeedsParsed, false, "Fetch, initialize a response"},
	m8: {"M8", Info, Message, Neither, NeedsParsed, false, "Fetch, HTTP-network-or-cache fetch"},
	m9: {"M9", Info, Message, Neither, NeedsParsed, true, "Service Workers, Handle Fetch"},

	s1: {"S1", Warn, Behaviour, Server, NeedsWire, false, "RFC 9112 §3.2"},
	s2: {"S2", Info, Behaviour, Neither, NeedsWire, false, "RFC 9112 §2.2"},
}
