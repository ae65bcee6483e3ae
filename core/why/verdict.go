package why

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
)

// Verdict is one sentence about a whole exchange.
type Verdict struct {
	// Cause names what decided, "file.found" or "cond.range.satisfiable": one
	// of Causes. Package words has its sentence.
	Cause string
	// Args are what the sentence needs: those of the step that decided, as
	// four, then the source of the request (a word of trace.Provenance), the
	// status, the method, the target, and the length of the content.
	Args []string
	// Step is the index of the step that decided in Record.Steps, -1 if no
	// step did.
	Step int
}

// stepArgs is how many arguments of a step go into a sentence.
const stepArgs = 4

// Of is the verdict on an exchange.
func Of(r *trace.Record) Verdict {
	v := Verdict{Cause: "other", Step: -1}
	best := aside
	for i := range r.Steps {
		if rank, cause := rankOf(&r.Steps[i]); rank > aside && rank >= best {
			best, v.Cause, v.Step = rank, cause, i
		}
	}
	switch {
	case v.Step < 0 && r.Status == 0:
		v.Cause = "none"
		v.Step = last(r, trace.ConnClosed)
	case r.Request.Method.Text == "HEAD" && r.Status == 200 && best <= sent && best != unheeded:
		v.Cause = "head"
	case v.Cause == string(trace.FileNotOpened) && isMissing(&r.Steps[v.Step]):
		v.Cause += ".missing"
		if isRoute(r) {
			v.Cause = string(trace.FileNotOpened) + ".route"
		}
	}
	v.Args = arguments(r, &v)
	return v
}

// last is the index of the last step of that code, -1 if no step has it.
func last(r *trace.Record, code trace.Code) int {
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if r.Steps[i].Code == code {
			return i
		}
	}
	return -1
}

func arguments(r *trace.Record, v *Verdict) []string {
	args := make([]string, stepArgs, stepArgs+5)
	if v.Step >= 0 {
		s := &r.Steps[v.Step]
		copy(args, s.Args)
		switch {
		case v.Cause == "fault":
			args[0] = strings.TrimPrefix(string(s.Code), trace.FaultPrefix)
		case v.Cause == string(trace.CondRange)+".satisfiable":
			args[0] = partWords(r)
		case v.Cause == string(trace.PathListing), v.Cause == string(trace.CGITooMuch):
			args[0], args[1] = Thousands(args[0]), Thousands(args[1])
		}
	}
	return append(args, r.Source.String(), strconv.Itoa(r.Status), r.Request.Method.Text, r.Request.Target.Text, Thousands(strconv.FormatInt(r.Size, 10)))
}

// isMissing reports whether a file could not be opened because it is not there.
func isMissing(s *trace.Step) bool {
	if len(s.Args) < 2 {
		return false
	}
	return strings.HasSuffix(s.Args[1], "does not exist") || strings.HasSuffix(s.Args[1], "no such file or directory")
}

// isRoute reports whether a target that names no file could be an address of an
// application: a page of a preview asked for it, and its last part has no dot.
func isRoute(r *trace.Record) bool {
	path, _, _ := strings.Cut(r.Request.Target.Text, "?")
	return r.Browser.Mode == "navigate" && strings.IndexByte(path[strings.LastIndexByte(path, '/')+1:], '.') < 0
}

// partWords says which part a response has, by its Content-Range: "24,576 on"
// or "0 to 499".
func partWords(r *trace.Record) string {
	value, _ := r.Response.Fields.Lookup("Content-Range")
	part, size, _ := strings.Cut(strings.TrimPrefix(value, "bytes "), "/")
	first, end, ok := strings.Cut(part, "-")
	last, err := strconv.ParseInt(end, 10, 64)
	switch {
	case !ok || err != nil:
		return value
	case strconv.FormatInt(last+1, 10) == size && first != "0":
		return Thousands(first) + " on"
	}
	return Thousands(first) + " to " + Thousands(end)
}

// Thousands is a number in digits with commas between thousands; any other
// text stays as it is.
func Thousands(digits string) string {
	for i := range len(digits) {
		if c := digits[i]; c < '0' || c > '9' {
			return digits
		}
	}
	n := len(digits)
	if n <= 3 {
		return digits
	}
	b := make([]byte, 0, n+n/3)
	for i := range n {
		if i > 0 && (n-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, digits[i])
	}
	return string(b)
}
