package site

// Rung is one field that decides between 200, 206, 304, 412 and 416. The
// rungs are in the order in which they are looked at (RFC 9110 §13.2.2).
type Rung int

// The rungs of a Ladder.
const (
	IfMatch Rung = iota
	IfUnmodifiedSince
	IfNoneMatch
	IfModifiedSince
	IfRange
	Range
)

var rungs = [...]struct{ name, section string }{
	IfMatch:           {"If-Match", "RFC 9110 §13.1.1"},
	IfUnmodifiedSince: {"If-Unmodified-Since", "RFC 9110 §13.1.4"},
	IfNoneMatch:       {"If-None-Match", "RFC 9110 §13.1.2"},
	IfModifiedSince:   {"If-Modified-Since", "RFC 9110 §13.1.3"},
	IfRange:           {"If-Range", "RFC 9110 §13.1.5"},
	Range:             {"Range", "RFC 9110 §14.2"},
}

// String is the name of the field.
func (r Rung) String() string { return rungs[r].name }

// Section is where the field is defined.
func (r Rung) Section() string { return rungs[r].section }

// Verdict says what became of a rung.
type Verdict uint8

const (
	// Absent: the request has no such field.
	Absent Verdict = iota
	// Present: the field is there and not yet looked at.
	Present
	// Passed: the condition holds, the next rung is looked at.
	Passed
	// Taken: this rung decided the answer.
	Taken
	// Ignored: the field has no effect, as if it was absent.
	Ignored
	// Skipped: another rung made this one void.
	Skipped
)

// String is the verdict in a word or two.
func (v Verdict) String() string {
	return [...]string{"not present", "present", "passed", "taken", "ignored", "skipped"}[v]
}

// Ladder holds a step for each rung: how Decide came to its answer.
type Ladder [len(rungs)]Step

// Step is what became of one rung.
type Step struct {
	Value   string // of the field, without the white space around it
	Verdict Verdict
	reason  reason
	several bool // there is more than one field line of this name
}

// Reason is one sentence about the verdict, "" for a field that is absent.
func (s Step) Reason() string { return reasons[s.reason] }

func (s *Step) settle(v Verdict, why reason) { s.Verdict, s.reason = v, why }

func (s *Ladder) has(r Rung) bool { return s[r].Verdict != Absent }

func (s *Ladder) ignore(r Rung, why reason) {
	if s.has(r) {
		s[r].settle(Ignored, why)
	}
}

func (s *Ladder) skip(r Rung, why reason) {
	if s.has(r) {
		s[r].settle(Skipped, why)
	}
}

// skipRest skips every rung from first on that is not settled yet.
func (s *Ladder) skipRest(first Rung, why reason) {
	for r := first; int(r) < len(s); r++ {
		if s[r].Verdict == Present {
			s[r].settle(Skipped, why)
		}
	}
}

// reason is a sentence by number, so that deciding needs no memory.
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
	whyMethod:        "Conditions on reading count with GET and HEAD only.",
	whyIfMatch:       "If-Match is there and outranks it.",
	whyIfNoneMatch:   "If-None-Match is there and outranks it.",
	whySettled:       "The answer was settled before.",
	whyMatch:         "The list has the entity tag of the file, so the request goes on.",
	whyNoMatch:       "No strong entity tag of the list is that of the file: 412.",
	whyHasIt:         "The client already has the file with this entity tag: 304.",
	whyNew:           "No entity tag of the list is that of the file, so it is sent.",
	whyNoDate:        "The value is no date that counts here.",
	whyManyDates:     "There is more than one date, so none counts.",
	whyNoTime:        "The time of the file's last change is not known.",
	whyModified:      "The file was changed after that date.",
	whyUnmodified:    "The file has not been changed since that date.",
	whyNoRange:       "Without Range it has nothing to decide.",
	whyNotGET:        "Ranges are for GET only.",
	whyManyRanges:    "There is more than one Range field, so none counts.",
	whyManyIfRanges:  "There is more than one If-Range field line, so it does not hold: the whole file is sent.",
	whySameTag:       "The entity tag is strong and that of the file: the part fits what the client has.",
	whyOtherTag:      "The entity tag is another or a weak one: the whole file is sent.",
	whySameDate:      "The date is exactly that of the file's last change: the part fits what the client has.",
	whyOtherDate:     "The date is not exactly that of the file's last change: the whole file is sent.",
	whyWeakDate:      "The file was changed less than two seconds ago, so its date could belong to two contents: the whole file is sent.",
	whyIfRange:       "If-Range does not hold, so the whole file is sent.",
	whySatisfiable:   "The file has these bytes: 206.",
	whyUnsatisfiable: "No range begins within the file: 416.",
	whyUnit:          "Bytes are the only unit this server knows.",
	whyTooMany:       "There are more than 16 ranges, or together they are longer than the file.",
	whyEmpty:         "The file is empty, and an empty part cannot be described.",
	whyRangeSyntax:   "The value is not in the form of a Range field.",
}
