// Package filter narrows the log: a line of words becomes a test on records,
// and a sentence that says what the test is.
//
// The one rule: all words must fit; "or" parts alternatives. A word is looked
// for in the target unless it has a key, as in status:4xx, and "-" in front
// turns it around.
package filter

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/decimal"
	"vitrine/wasm/page/view"
	"vitrine/wasm/words"
)

// Filter is a test on records. The zero value lets everything pass.
type Filter struct {
	any   [][]term // alternatives, each a list of terms that must all fit
	words string
}

// Error says which word cannot be understood, and why.
type Error struct {
	Offset int // of the word, in bytes
	Word   string
	Why    string // a sentence of the page
}

func (e *Error) Error() string { return words.Say("filter.error", e.Word, e.Why) }

type term struct {
	not   bool
	words string
	fits  func(r *trace.Record, site string) bool
}

// Note is as much of a note on an exchange as a filter looks at.
type Note struct {
	ID, Level string
	Standing  bool // a log says it once, so it is looked for by its ID only
}

// Notes returns the notes on a record.
type Notes func(*trace.Record) []Note

// Parse reads a filter. notes is who has the notes on records; with nil
// there are no notes. Its errors are of type *Error.
func Parse(text string, notes Notes) (Filter, error) {
	var f Filter
	all := []term{}
	for _, w := range split(text) {
		if strings.EqualFold(w.text, "or") && !w.quoted {
			if len(all) == 0 {
				return Filter{}, &Error{w.offset, w.text, words.Say("filter.bad-or-first")}
			}
			f.any = append(f.any, all)
			all = nil
			continue
		}
		t, err := parseTerm(w, notes)
		if err != nil {
			return Filter{}, err
		}
		all = append(all, t)
	}
	switch {
	case len(all) > 0:
		f.any = append(f.any, all)
	case len(f.any) > 0:
		return Filter{}, &Error{len(text), "or", words.Say("filter.bad-or-last")}
	}
	f.words = f.sentence()
	return f, nil
}

// Empty reports whether everything passes.
func (f *Filter) Empty() bool { return len(f.any) == 0 }

// Words says what passes: "status 4xx and target has “css”". It is empty for
// an empty filter.
func (f *Filter) Words() string { return f.words }

// Match reports whether r passes. site is the name of its site.
func (f *Filter) Match(r *trace.Record, site string) bool {
	if len(f.any) == 0 {
		return true
	}
	for _, all := range f.any {
		fits := true
		for i := range all {
			if all[i].fits(r, site) == all[i].not {
				fits = false
				break
			}
		}
		if fits {
			return true
		}
	}
	return false
}

func (f *Filter) sentence() string {
	sentence := ""
	for i, all := range f.any {
		part := ""
		for j, t := range all {
			said := t.words
			if t.not {
				said = words.Say("filter.not", said)
			}
			if j > 0 {
				said = words.Say("filter.and", part, said)
			}
			part = said
		}
		if i > 0 {
			part = words.Say("filter.or", sentence, part)
		}
		sentence = part
	}
	return sentence
}

type word struct {
	offset int
	text   string // without quotes
	bare   string // up to the first quote: a key is looked for here only
	quoted bool   // began with a quote
}

// split cuts at blanks that are not between double quotes.
func split(text string) []word {
	var found []word
	for i := 0; i < len(text); {
		if text[i] == ' ' || text[i] == '\t' {
			i++
			continue
		}
		w := word{offset: i, quoted: text[i] == '"'}
		var b strings.Builder
		in, seen := false, false
		for ; i < len(text) && (in || text[i] != ' ' && text[i] != '\t'); i++ {
			if text[i] == '"' {
				if !seen {
					w.bare, seen = b.String(), true
				}
				in = !in
				continue
			}
			b.WriteByte(text[i])
		}
		w.text = b.String()
		if !seen {
			w.bare = w.text
		}
		if w.text != "" {
			found = append(found, w)
		}
	}
	return found
}

func parseTerm(w word, notes Notes) (term, error) {
	text, bare := w.text, w.bare
	var t term
	if strings.HasPrefix(bare, "-") && len(text) > 1 {
		t.not, text, bare = true, text[1:], bare[1:]
	}
	fail := func(code string, args ...string) (term, error) {
		return term{}, &Error{w.offset, w.text, words.Say(code, args...)}
	}

	i := strings.IndexAny(bare, ":<>")
	if i <= 0 || strings.ContainsAny(bare[:i], "/?&=%") {
		// No key: part of the target. A target may hold a colon of its own.
		t.words = words.Say("filter.target", text)
		sub := strings.ToLower(text)
		t.fits = func(r *trace.Record, _ string) bool { return contains(r.Request.Target.Text, sub) }
		return t, nil
	}
	key, sign, value := strings.ToLower(bare[:i]), bare[i], text[i+1:]
	if value == "" {
		return fail("filter.bad-value", string(sign))
	}
	sub := strings.ToLower(value)
	if sign != ':' {
		return compare(t, fail, key, sign, value)
	}
	switch key {
	case "status":
		low, high, ok := statusRange(value)
		if !ok {
			return fail("filter.bad-status")
		}
		t.words = words.Say("filter.status", sub)
		t.fits = func(r *trace.Record, _ string) bool { return r.Status >= low && r.Status <= high }
	case "method":
		t.words = words.Say("filter.method", strings.ToUpper(value))
		t.fits = func(r *trace.Record, _ string) bool { return strings.EqualFold(r.Request.Method.Text, value) }
	case "type":
		t.words = words.Say("filter.type", value)
		t.fits = func(r *trace.Record, _ string) bool {
			return contains(r.Type(), sub) || strings.EqualFold(view.TypeLabel(r.Type()), value)
		}
	case "target", "path":
		t.words = words.Say("filter.target", value)
		t.fits = func(r *trace.Record, _ string) bool { return contains(r.Request.Target.Text, sub) }
	case "site":
		t.words = words.Say("filter.site", value)
		t.fits = func(_ *trace.Record, site string) bool { return contains(site, sub) }
	case "from":
		p, ok := provenance(value)
		if !ok {
			return fail("filter.bad-from")
		}
		t.words = words.Say("filter.from", p.String())
		t.fits = func(r *trace.Record, _ string) bool { return r.Source == p }
	case "has":
		t.words = words.Say("filter.has", value)
		t.fits = func(r *trace.Record, _ string) bool {
			_, req := r.Request.Fields.Lookup(value)
			_, res := r.Response.Fields.Lookup(value)
			return req || res
		}
	case "note":
		t.words, t.fits = noteTerm(value, notes)
	default:
		side, name, ok := strings.Cut(key, ".")
		if !ok || name == "" || side != "req" && side != "res" {
			return fail("filter.bad-key")
		}
		whose := "filter.req"
		if side == "res" {
			whose = "filter.res"
		}
		t.words = words.Say(whose, name, value)
		t.fits = func(r *trace.Record, _ string) bool {
			fields := r.Request.Fields
			if side == "res" {
				fields = r.Response.Fields
			}
			v, ok := fields.Lookup(name)
			return ok && contains(v, sub)
		}
	}
	return t, nil
}

// compare is a term with < or >: size in bytes (k, M), time in milliseconds.
func compare(t term, fail func(string, ...string) (term, error), key string, sign byte, value string) (term, error) {
	n, ok := number(value)
	if !ok {
		return fail("filter.bad-number")
	}
	over := sign == '>'
	than := func(code, other string) string {
		if over {
			return code
		}
		return other
	}
	switch key {
	case "size":
		t.words = words.Say(than("filter.size-over", "filter.size-under"), view.Size(int64(n)))
		t.fits = func(r *trace.Record, _ string) bool {
			return over && float64(r.Size) > n || !over && float64(r.Size) < n
		}
	case "time":
		t.words = words.Say(than("filter.time-over", "filter.time-under"), strconv.FormatFloat(n, 'g', -1, 64))
		t.fits = func(r *trace.Record, _ string) bool {
			ms := r.Elapsed.Seconds() * 1000
			return over && ms > n || !over && ms < n
		}
	case "status":
		t.words = words.Say(than("filter.status-over", "filter.status-under"), strconv.FormatFloat(n, 'g', -1, 64))
		t.fits = func(r *trace.Record, _ string) bool {
			return over && float64(r.Status) > n || !over && float64(r.Status) < n
		}
	default:
		return fail("filter.bad-comparison")
	}
	return t, nil
}

func statusRange(s string) (low, high int, ok bool) {
	if a, b, found := strings.Cut(s, "-"); found {
		low, ok1 := decimal.Parse(a)
		high, ok2 := decimal.Parse(b)
		return int(low), int(high), ok1 && ok2 && low <= high
	}
	if len(s) != 3 {
		return 0, 0, false
	}
	for i := range 3 {
		low, high = low*10, high*10
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			low, high = low+int(c-'0'), high+int(c-'0')
		case (c == 'x' || c == 'X') && i > 0:
			high += 9
		default:
			return 0, 0, false
		}
	}
	return low, high, true
}

func number(s string) (float64, bool) {
	times := 1.0
	switch s[len(s)-1] {
	case 'k', 'K':
		times = 1e3
	case 'm', 'M':
		times = 1e6
	case 'g', 'G':
		times = 1e9
	}
	if times > 1 {
		s = s[:len(s)-1]
	}
	n, digits, scale := 0.0, 0, 0.0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n, digits, scale = n*10+float64(c-'0'), digits+1, scale*10
		case c == '.' && scale == 0:
			scale = 1
		default:
			return 0, false
		}
	}
	if scale > 1 {
		n /= scale
	}
	return n * times, digits > 0 && n < 1e15
}

func provenance(s string) (trace.Provenance, bool) {
	if strings.EqualFold(s, "preview") {
		return trace.Rebuilt, true
	}
	for _, p := range []trace.Provenance{trace.Wire, trace.Typed, trace.Rebuilt, trace.Simulated} {
		if strings.EqualFold(p.String(), s) {
			return p, true
		}
	}
	return 0, false
}

// contains ignores the case of letters; sub is in lower case.
func contains(s, sub string) bool { return strings.Contains(strings.ToLower(s), sub) }
