package lint_test

import (
	"strconv"
	"testing"

	"vitrine/core/lint"
)

// planned is how many notes of each letter the plan of the catalogue has.
var planned = []struct {
	letter string
	n      int
}{{"A", 26}, {"B", 19}, {"C", 6}, {"D", 25}, {"E", 13}, {"F", 8}, {"G", 20}, {"H", 15}, {"I", 16}, {"J", 11}, {"K", 18}, {"L", 10}, {"M", 9}}

// leftOut are those that are not made, and why: a note that few want is a
// defect.
var leftOut = map[string]string{
	"B19": "an unknown field is what extension looks like; a list of all fields would call every new one unknown",
	"F6":  "whether the client waited for 100 cannot be told from what arrived behind it: the network may have been slow",
	"G18": "it would be made of each response, and hiding a version protects little",
	"H10": "it needs a compressor in the page's program, and a size that was not measured is a guess",
	"I14": "the steps of the log show the order with the reasons, field by field",
	"J9":  "most responses have no Accept-Ranges, and it matters to few clients",
	"K2":  "K1 says it, with who said no-store",
	"K14": "must-revalidate stands in most responses out of habit and changes nothing in a browser that is online",
	"K18": "what a cache did with a 304 is known to a cache, not to a server",
	"L5":  "a record does not say whether TLS was around the connection",
	"L8":  "the core refuses to write CR or LF into a field",
	"L9":  "D3, D4 and D7 are the cases of it and say so",
	"L10": "short checks of security fields judge a site, not an exchange",
}

// added are notes beyond the plan.
var added = map[string]string{
	"A27": "a request-line of one word is refused, and no other note says why",
	"S1":  "what this server makes of C1 to C3, which must be refused",
	"S2":  "what this server makes of faults that it may let pass",
}

// Each note of the plan is made, or there is a reason not to.
func TestLeftOut(t *testing.T) {
	for _, p := range planned {
		for i := 1; i <= p.n; i++ {
			id := p.letter + strconv.Itoa(i)
			_, made := lint.Lookup(id)
			if why, out := leftOut[id]; made == out || out && why == "" {
				t.Errorf("%s: made is %v, left out is %v because %q", id, made, out, why)
			}
		}
	}
	all := 0
	for _, p := range planned {
		all += p.n
	}
	for id, why := range added {
		if _, ok := lint.Lookup(id); !ok || why == "" {
			t.Errorf("%s is added because %q, and in the catalogue: %v", id, why, ok)
		}
	}
	if got, want := len(lint.Catalogue()), all-len(leftOut)+len(added); got != want {
		t.Errorf("got %d notes, want %d", got, want)
	}
}
