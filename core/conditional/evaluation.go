package conditional

// Precondition is one field that decides between 200, 206, 304, 412 and 416.
// They are in the order in which they are evaluated (RFC 9110 §13.2.2).
type Precondition int

// The preconditions of an Evaluation.
const (
	IfMatch Precondition = iota
	IfUnmodifiedSince
	IfNoneMatch
	IfModifiedSince
	IfRange
	Range
)

var preconditions = [...]struct{ name, section string }{
	IfMatch:           {"If-Match", "RFC 9110 §13.1.1"},
	IfUnmodifiedSince: {"If-Unmodified-Since", "RFC 9110 §13.1.4"},
	IfNoneMatch:       {"If-None-Match", "RFC 9110 §13.1.2"},
	IfModifiedSince:   {"If-Modified-Since", "RFC 9110 §13.1.3"},
	IfRange:           {"If-Range", "RFC 9110 §13.1.5"},
	Range:             {"Range", "RFC 9110 §14.2"},
}

// String is the name of the field.
func (p Precondition) String() string { return preconditions[p].name }

// Section is where the field is defined.
func (p Precondition) Section() string { return preconditions[p].section }

// Verdict says what became of a precondition.
type Verdict uint8

const (
	// Absent: the request has no such field.
	Absent Verdict = iota
	// Present: the field is there and not yet looked at.
	Present
	// Passed: the condition holds, the next precondition is looked at.
	Passed
	// Decided: this precondition decided the status.
	Decided
	// Ignored: the field has no effect, as if it were absent.
	Ignored
	// Skipped: another precondition made this one void.
	Skipped
)

// String is the verdict in a word or two.
func (v Verdict) String() string {
	return [...]string{"not present", "present", "passed", "decided", "ignored", "skipped"}[v]
}

// Evaluation is the outcome of each precondition: how Decide came to its status.
type Evaluation [len(preconditions)]Outcome

// Outcome is what became of one precondition.
type Outcome struct {
	Value   string // of the field, without the white space around it
	Verdict Verdict
	reason  reason
	several bool // there is more than one field line of this name
}

// Reason is why the verdict is what it is, as a stable word that is not for
// people: package words has its sentence. "" for a field that is absent.
func (s Outcome) Reason() string { return reasons[s.reason] }

func (s *Outcome) settle(v Verdict, why reason) { s.Verdict, s.reason = v, why }

func (s *Evaluation) has(p Precondition) bool { return s[p].Verdict != Absent }

func (s *Evaluation) ignore(r Precondition, why reason) {
	if s.has(r) {
		s[r].settle(Ignored, why)
	}
}

func (s *Evaluation) skip(r Precondition, why reason) {
	if s.has(r) {
		s[r].settle(Skipped, why)
	}
}

// skipRest skips every precondition from first on that is not settled yet.
func (s *Evaluation) skipRest(first Precondition, why reason) {
	for r := first; int(r) < len(s); r++ {
		if s[r].Verdict == Present {
			s[r].settle(Skipped, why)
		}
	}
}

// ReasonCodes are all values of Outcome.Reason.
func ReasonCodes() []string { return append([]string(nil), reasons[1:]...) }

// reason is a word by number, so that deciding needs no memory.
type reason uint8

const (
	whyNothing reason = iota
	whyMethod
	whyIfMatch
	whyIfNoneMatch
	whySettled
	whyMatch
	whyNoMatch
	whyHasIt
	whyNew
	whyNoDate
	whyManyDates
	whyNoTime
	whyModified
	whyUnmodified
	whyNoRange
	whyNotGET
	whyManyRanges
	whyManyIfRanges
	whySameTag
	whyOtherTag
	whySameDate
	whyOtherDate
	whyWeakDate
	whyIfRange
	whySatisfiable
	whyUnsatisfiable
	whyUnit
	whyTooMany
	whyEmpty
	whyRangeSyntax
)

var reasons = [...]string{
	whyMethod:        "method",
	whyIfMatch:       "if-match",
	whyIfNoneMatch:   "if-none-match",
	whySettled:       "settled",
	whyMatch:         "match",
	whyNoMatch:       "no-match",
	whyHasIt:         "client-has-it",
	whyNew:           "new",
	whyNoDate:        "no-date",
	whyManyDates:     "many-dates",
	whyNoTime:        "no-time",
	whyModified:      "modified",
	whyUnmodified:    "unmodified",
	whyNoRange:       "no-range",
	whyNotGET:        "not-get",
	whyManyRanges:    "many-ranges",
	whyManyIfRanges:  "many-if-ranges",
	whySameTag:       "same-tag",
	whyOtherTag:      "other-tag",
	whySameDate:      "same-date",
	whyOtherDate:     "other-date",
	whyWeakDate:      "weak-date",
	whyIfRange:       "if-range",
	whySatisfiable:   "satisfiable",
	whyUnsatisfiable: "unsatisfiable",
	whyUnit:          "unit",
	whyTooMany:       "too-many",
	whyEmpty:         "empty",
	whyRangeSyntax:   "syntax",
}
