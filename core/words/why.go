package words

import (
	"strings"

	"vitrine/core/trace"
	"vitrine/core/why"
)

// Phrase is a part of a sentence.
type Phrase struct {
	Text string
	// Place is the part of the exchange that the phrase speaks of, "" for none:
	// "path", "method", "in:Range" for a field of the request, "out:Allow" for
	// one of the response.
	Place string
}

// Said is the sentence of a verdict; empty if the table has none. Its places are
// those of the table: what came from a request cannot add one.
func Said(v *why.Verdict) (phrases []Phrase) {
	_, text := split(english.entries()["said."+v.Cause])
	for text != "" {
		plain, rest, linked := strings.Cut(text, "{")
		if plain != "" {
			phrases = append(phrases, Phrase{english.fill(plain, v.Args), ""})
		}
		if !linked {
			break
		}
		place, rest, _ := strings.Cut(rest, "|")
		phrase, rest, _ := strings.Cut(rest, "}")
		phrases = append(phrases, Phrase{english.fill(phrase, v.Args), place})
		text = rest
	}
	return phrases
}

// SaidText is the sentence of a verdict without its places.
func SaidText(v *why.Verdict) string {
	text := ""
	for _, p := range Said(v) {
		text += p.Text
	}
	return text
}

// SaidReference says where the rule of a verdict is written, "" if nowhere.
func SaidReference(r *trace.Record, v *why.Verdict) string {
	if v.Cause == "fault" {
		return Reference(&r.Steps[v.Step])
	}
	return english.Reference("said." + v.Cause)
}

// Station is the title of a station.
func Station(s *why.Station) string { return sentence("way." + s.Code) }

// Unchanged is what is said where a station changed nothing.
func Unchanged() string { return sentence("way.same") }

// Rung is the question of a rung.
func Rung(r *why.Rung) string { return sentence("rung." + r.Code) }

// State is what became of a question.
func State(s why.State) string { return sentence("state." + s.String()) }

// Because says why a rung is as it is; "" for one that was not reached.
func Because(r *trace.Record, rung *why.Rung) string {
	switch {
	case rung.State == why.After:
		return ""
	case rung.Reason != "":
		return sentence("because."+rung.Reason, rung.Args...)
	}
	return Sentence(&r.Steps[rung.Step])
}

func sentence(code string, args ...string) string {
	text, _ := english.Sentence(code, args...)
	return text
}
