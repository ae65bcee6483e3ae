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
func Lookup(id string) (e Entry, ok bool) {
	for i := range catalogue {
		if catalogue[i].ID == id {
			return catalogue[i], true
		}
	}
	return Entry{}, false
}

// Catalogue returns all rows, in the order of their ids.
func Catalogue() []Entry { return append([]Entry(nil), catalogue...) }

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
var catalogue = []Entry{
	{"A1", Warn, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	{"A2", Bad, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	{"A3", Info, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	{"A4", Bad, Message, Client, NeedsWire, false, "RFC 9112 §2.2"},
	{"A5", Warn, Message, Client, NeedsWire, false, "RFC 9112 §3"},
	{"A6", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §9.1"},
	{"A7", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §15.6.2"},
	{"A8", Bad, Message, Client, NeedsWire, false, "RFC 9110 §9.1"},
	{"A9", Info, Message, Client, NeedsWire, false, "RFC 9112 §C.1"},
	{"A10", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"A11", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"A12", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"A13", Warn, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"A14", Info, Message, Neither, NeedsWire, false, "RFC 9112 §3.2.2"},
	{"A15", Warn, Message, Client, NeedsWire, false, "RFC 9112 §3.2.2"},
	{"A16", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2.4"},
	{"A17", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2.3"},
	{"A18", Bad, Message, Client, NeedsWire, false, "RFC 9110 §4.2.4"},
	{"A19", Warn, Message, Client, NeedsParsed, false, "RFC 9112 §3"},
	{"A20", Bad, Message, Client, NeedsParsed, false, "RFC 3986 §2.1"},
	{"A21", Bad, Message, Client, NeedsWire, false, "RFC 9112 §2.3"},
	{"A22", Info, Message, Neither, NeedsWire, false, "RFC 9110 §15.6.6"},
	{"A23", Info, Message, Neither, NeedsWire, false, "RFC 9110 §2.5"},
	{"A24", Bad, Message, Client, NeedsWire, false, "RFC 9112 §9.7"},
	{"A25", Warn, Message, Client, NeedsWire, false, "RFC 9112 §8"},
	{"A26", Info, Message, Neither, NeedsWire, false, "RFC 9112 §9.3.2"},
	{"A27", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3"},

	{"B1", Bad, Message, Client, NeedsWire, false, "RFC 9112 §5"},
	{"B2", Bad, Message, Client, NeedsWire, false, "RFC 9112 §5.1"},
	{"B3", Bad, Message, Client, NeedsWire, false, "RFC 9110 §5.1"},
	{"B4", Bad, Message, Client, NeedsWire, false, "RFC 9112 §5.2"},
	{"B5", Bad, Message, Client, NeedsWire, false, "RFC 9110 §5.5"},
	{"B6", Warn, Message, Neither, NeedsParsed, false, "RFC 9110 §5.5"},
	{"B7", Info, Message, Neither, NeedsWire, false, "RFC 9112 §5.1"},
	{"B8", Info, Message, Neither, NeedsWire, false, "RFC 9110 §5.1"},
	{"B9", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §5.3"},
	{"B10", Info, Message, Neither, NeedsWire, false, "RFC 9110 §5.3"},
	{"B11", Warn, Message, Neither, NeedsParsed, false, "RFC 9110 §5.6.1"},
	{"B12", Warn, Message, Client, NeedsWire, false, "RFC 6585 §5"},
	{"B13", Warn, Message, Neither, NeedsParsed, false, "RFC 9110 §6.3"},
	{"B14", Warn, Message, Neither, NeedsParsed, false, "RFC 9111 §5.4"},
	{"B15", Warn, Message, Client, NeedsWire, false, "RFC 9110 §7.6.1"},
	{"B16", Warn, Message, Client, NeedsWire, false, "RFC 9110 §7.6.1"},
	{"B17", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §5.6.4"},
	{"B18", Warn, Message, Client, NeedsWire, false, "RFC 9110 §17.10"},

	{"C1", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"C2", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"C3", Bad, Message, Client, NeedsWire, false, "RFC 9112 §3.2"},
	{"C4", Info, Message, Neither, NeedsWire, false, "RFC 9112 §C.2.1"},
	{"C5", Info, Message, Client, NeedsWire, true, "RFC 9110 §7.2"},
	{"C6", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §7.4"},

	{"D1", Bad, Message, Client, NeedsWire, false, "RFC 9110 §8.6"},
	{"D2", Warn, Message, Client, NeedsWire, false, "RFC 9110 §8.6"},
	{"D3", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.3"},
	{"D4", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	{"D5", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.3"},
	{"D6", Warn, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	{"D7", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	{"D8", Bad, Message, Client, NeedsWire, false, "RFC 9112 §6.1"},
	{"D9", Bad, Message, Client, NeedsWire, false, "RFC 9112 §7.1"},
	{"D10", Bad, Message, Client, NeedsWire, false, "RFC 9112 §7.1"},
	{"D11", Info, Message, Neither, NeedsWire, false, "RFC 9112 §7.1.1"},
	{"D12", Warn, Message, Client, NeedsWire, false, "RFC 9110 §6.5.1"},
	{"D13", Bad, Message, Client, NeedsWire, false, "RFC 9112 §8"},
	{"D14", Bad, Message, Client, NeedsWire, false, "RFC 9112 §8"},
	{"D15", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §9.3.1"},
	{"D16", Info, Message, Client, NeedsWire, false, "RFC 9112 §6.3"},
	{"D17", Good, Message, Neither, NeedsWire, true, "RFC 9110 §8.6"},
	{"D18", Bad, Message, Server, NeedsParsed, false, "RFC 9112 §6.3"},
	{"D19", Info, Message, Neither, NeedsWire, false, "RFC 9112 §6.3"},
	{"D20", Bad, Message, Server, NeedsParsed, false, "RFC 9112 §6.3"},
	{"D21", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §8.6"},
	{"D22", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.6"},
	{"D23", Bad, Message, Server, NeedsWire, false, "RFC 9112 §6.1"},
	{"D24", Bad, Message, Server, NeedsWire, false, "RFC 9110 §10.1.4"},
	{"D25", Bad, Message, Server, NeedsWire, false, "RFC 9112 §9.2"},

	{"E1", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.3"},
	{"E2", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.6"},
	{"E3", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.3"},
	{"E4", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §C.2.2"},
	{"E5", Warn, Behaviour, Server, NeedsWire, false, "RFC 9112 §9.6"},
	{"E6", Warn, Message, Client, NeedsWire, false, "RFC 9112 §9.6"},
	{"E7", Good, Behaviour, Neither, NeedsLog, true, "RFC 9112 §9.3.2"},
	{"E8", Warn, Message, Client, NeedsLog, false, "RFC 9112 §9.3.2"},
	{"E9", Warn, Behaviour, Server, NeedsWire, false, "RFC 9112 §9.3"},
	{"E10", Info, Behaviour, Neither, NeedsWire, true, "RFC 9112 §9.5"},
	{"E11", Warn, Message, Client, NeedsWire, false, "RFC 9112 §C.2.2"},
	{"E12", Info, Behaviour, Neither, NeedsWire, false, "RFC 9110 §7.8"},
	{"E13", Bad, Message, Client, NeedsWire, false, "RFC 9110 §7.8"},

	{"F1", Good, Behaviour, Neither, NeedsWire, true, "RFC 9110 §10.1.1"},
	{"F2", Bad, Behaviour, Server, NeedsWire, false, "RFC 9110 §15.2.1"},
	{"F3", Bad, Message, Client, NeedsWire, false, "RFC 9110 §10.1.1"},
	{"F4", Info, Message, Neither, NeedsWire, false, "RFC 9110 §10.1.1"},
	{"F5", Info, Message, Neither, NeedsWire, false, "RFC 9110 §10.1.1"},
	{"F7", Warn, Behaviour, Server, NeedsWire, false, "RFC 9110 §10.1.1"},
	{"F8", Bad, Behaviour, Server, NeedsWire, false, "RFC 9110 §15.2"},

	{"G1", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §6.6.1"},
	{"G2", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §5.6.7"},
	{"G3", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.6"},
	{"G4", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.6"},
	{"G5", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.2"},
	{"G6", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.4"},
	{"G7", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §10.2.2"},
	{"G8", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §15.4.3"},
	{"G9", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §10.2.2"},
	{"G10", Info, Behaviour, Neither, NeedsFile, false, "RFC 9110 §15.4.2"},
	{"G11", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.7"},
	{"G12", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.17"},
	{"G13", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.5.13"},
	{"G14", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.2"},
	{"G15", Info, Message, Server, NeedsParsed, false, "RFC 9110 §10.2.3"},
	{"G16", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15"},
	{"G17", Info, Message, Neither, NeedsParsed, false, "RFC 9112 §4"},
	{"G19", Warn, Message, Server, NeedsLog, false, "RFC 9110 §9.3.2"},
	{"G20", Info, Behaviour, Neither, NeedsWire, true, "RFC 9110 §2.5"},

	{"H1", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §8.3"},
	{"H2", Warn, Message, Server, NeedsFile, false, "RFC 9110 §8.3"},
	{"H3", Info, Message, Server, NeedsFile, false, "RFC 9110 §8.3.2"},
	{"H4", Bad, Message, Server, NeedsFile, false, "RFC 9110 §8.3.2"},
	{"H5", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §8.3.1"},
	{"H6", Info, Behaviour, Neither, NeedsFile, false, "RFC 9110 §8.3"},
	{"H7", Warn, Message, Server, NeedsWire, false, "RFC 9110 §12.5.3"},
	{"H8", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §8.4.1"},
	{"H9", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §12.5.5"},
	{"H11", Bad, Message, Server, NeedsFile, false, "RFC 9110 §8.4.1.3"},
	{"H12", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §12.4.2"},
	{"H13", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §12.5.1"},
	{"H14", Bad, Message, Server, NeedsLog, false, "RFC 9110 §8.8.3.3"},
	{"H15", Warn, Message, Server, NeedsParsed, false, "RFC 6266 §4.3"},

	{"I1", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §8.8.2.2"},
	{"I2", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §8.8.2.1"},
	{"I3", Info, Message, Server, NeedsParsed, false, "RFC 9110 §8.8"},
	{"I4", Bad, Message, Neither, NeedsParsed, false, "RFC 9110 §8.8.3"},
	{"I5", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §8.8.1"},
	{"I6", Good, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §13.1.2"},
	{"I7", Good, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §13.1.3"},
	{"I8", Info, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §13.2.2"},
	{"I9", Warn, Behaviour, Client, NeedsParsed, false, "RFC 9110 §13.1.3"},
	{"I10", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §13.2.1"},
	{"I11", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.4.5"},
	{"I12", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §15.4.5"},
	{"I13", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §15.5.13"},
	{"I15", Bad, Message, Client, NeedsParsed, false, "RFC 9110 §13.1.5"},
	{"I16", Warn, Message, Server, NeedsLog, false, "RFC 9110 §8.8.1"},

	{"J1", Good, Behaviour, Neither, NeedsParsed, true, "RFC 9110 §15.3.7"},
	{"J2", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §14.2"},
	{"J3", Info, Message, Client, NeedsParsed, false, "RFC 9110 §14.2"},
	{"J4", Info, Behaviour, Neither, NeedsParsed, false, "RFC 9110 §15.5.17"},
	{"J5", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §17.15"},
	{"J6", Info, Message, Neither, NeedsParsed, false, "RFC 9110 §14.1.2"},
	{"J7", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §15.3.7.2"},
	{"J8", Info, Message, Client, NeedsParsed, false, "RFC 9110 §14.2"},
	{"J10", Bad, Message, Server, NeedsParsed, false, "RFC 9110 §14.4"},
	{"J11", Warn, Message, Server, NeedsParsed, false, "RFC 9110 §14.4"},

	{"K1", Info, Message, Neither, NeedsCache, false, "RFC 9111 §3"},
	{"K3", Info, Message, Neither, NeedsCache, true, "RFC 9111 §5.2.2.7"},
	{"K4", Good, Message, Neither, NeedsCache, true, "RFC 9111 §4.2.1"},
	{"K5", Warn, Message, Server, NeedsCache, false, "RFC 9111 §4.2.2"},
	{"K6", Warn, Message, Server, NeedsCache, false, "RFC 9111 §5.2.2.4"},
	{"K7", Info, Message, Neither, NeedsCache, false, "RFC 9111 §5.3"},
	{"K8", Bad, Message, Neither, NeedsCache, false, "RFC 9111 §5.2"},
	{"K9", Warn, Message, Server, NeedsCache, false, "RFC 9111 §4.2.1"},
	{"K10", Warn, Message, Neither, NeedsCache, false, "RFC 9111 §5.2"},
	{"K11", Warn, Message, Server, NeedsCache, false, "RFC 9111 §4.1"},
	{"K12", Info, Message, Neither, NeedsCache, false, "RFC 9111 §5.1"},
	{"K13", Info, Message, Server, NeedsCache, false, "RFC 9111 §5.3"},
	{"K15", Info, Message, Server, NeedsCache, true, "RFC 9111 §5.2.2.9"},
	{"K16", Info, Message, Neither, NeedsCache, false, "RFC 9111 §4.4"},
	{"K17", Info, Message, Neither, NeedsCache, true, "RFC 9111 §5.2.1"},

	{"L1", Warn, Message, Client, NeedsWire, false, "RFC 3986 §5.2.4"},
	{"L2", Warn, Message, Client, NeedsParsed, false, "RFC 9110 §17.3"},
	{"L3", Warn, Behaviour, Server, NeedsFile, false, "RFC 9110 §17.3"},
	{"L4", Info, Behaviour, Neither, NeedsFile, true, "RFC 9110 §17.3"},
	{"L6", Info, Message, Client, NeedsParsed, false, "RFC 9110 §10.1.3"},
	{"L7", Warn, Behaviour, Server, NeedsWire, false, "RFC 9110 §9.3.8"},

	{"M1", Info, Message, Neither, NeedsParsed, true, "Fetch, HTTP fetch"},
	{"M2", Info, Message, Neither, NeedsParsed, true, "Fetch, HTTP-network-or-cache fetch"},
	{"M3", Info, Message, Neither, NeedsParsed, true, ""},
	{"M4", Warn, Message, Neither, NeedsParsed, false, "Fetch, forbidden response-header name"},
	{"M5", Bad, Message, Neither, NeedsParsed, false, "Fetch, HTTP-network fetch"},
	{"M6", Warn, Message, Neither, NeedsParsed, false, "Fetch, HTTP fetch"},
	{"M7", Info, Message, Neither, NeedsParsed, false, "Fetch, initialize a response"},
	{"M8", Info, Message, Neither, NeedsParsed, false, "Fetch, HTTP-network-or-cache fetch"},
	{"M9", Info, Message, Neither, NeedsParsed, true, "Service Workers, Handle Fetch"},

	{"S1", Warn, Behaviour, Server, NeedsWire, false, "RFC 9112 §3.2"},
	{"S2", Info, Behaviour, Neither, NeedsWire, false, "RFC 9112 §2.2"},
}
