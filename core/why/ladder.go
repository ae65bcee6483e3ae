package why

import (
	"strings"

	"vitrine/core/trace"
)

// Rung is one question that was asked of the request.
type Rung struct {
	// Code names the question, such as "method" or "cond.range": words has it
	// behind "rung.".
	Code  string
	State State
	// Reason says why, with Args: words has it behind "because.", or, for a
	// fault and for the outcome of a field, as the sentence of the step.
	Reason string
	Args   []string
	// Step is the index of the step that tells of it, -1 if its absence does.
	Step int
}

// State is what became of a question.
type State uint8

const (
	Skip     State = iota // it did not arise
	Pass                  // the request went on
	Unheeded              // looked at, without effect
	Take                  // it decided the response
	Unasked               // this server does not look at it
	After                 // not reached
)

// String is the state as a word for class names and for words, behind "state.".
func (s State) String() string {
	return [...]string{"skip", "pass", "unheeded", "take", "unasked", "after"}[s]
}

// conditions are the fields that can decide, in the order of RFC 9110 §13.2.2.
var conditions = [...]struct {
	code trace.Code
	name string
}{
	{trace.CondIfMatch, "If-Match"},
	{trace.CondIfUnmodifiedSince, "If-Unmodified-Since"},
	{trace.CondIfNoneMatch, "If-None-Match"},
	{trace.CondIfModifiedSince, "If-Modified-Since"},
	{trace.CondIfRange, "If-Range"},
	{trace.CondRange, "Range"},
}

// climb is a ladder in the making.
type climb struct {
	r     *trace.Record
	rungs []Rung
	taken bool
}

func (c *climb) add(code string, state State, reason string, step int, args ...string) {
	if c.taken {
		state, reason, step, args = After, "", -1, nil
	}
	if reason == "" && step >= 0 {
		args = c.r.Steps[step].Args
	}
	c.rungs = append(c.rungs, Rung{code, state, reason, args, step})
	c.taken = c.taken || state == Take
}

// Ladder is what was asked of the request, from the first question to the last.
func Ladder(r *trace.Record) []Rung {
	c := &climb{r: r}
	c.message()
	c.refusals("host", "host.", trace.HostRefused)
	c.refusals("expect", "expect.", trace.ExpectRefused)
	c.refusals("method", "method.", trace.MethodUnsupported, trace.MethodNotAllowed, trace.MethodOptions, trace.CGIPostElsewhere)
	c.resource()
	c.conditions()
	if i := first(r, broke); i >= 0 && !c.taken {
		c.add("send", Take, "", i)
	} else {
		c.add("send", Take, "send", -1)
	}
	return c.rungs
}

// first is the first step of a rank, -1 if no step has it.
func first(r *trace.Record, rank int) int {
	for i := range r.Steps {
		if k, _ := rankOf(&r.Steps[i]); k == rank {
			return i
		}
	}
	return -1
}

// message asks whether the request can be read at all.
func (c *climb) message() {
	switch i := first(c.r, faulty); {
	case i >= 0:
		c.add("message", Take, "", i)
	case c.r.Source == trace.Rebuilt:
		c.add("message", Skip, "object", -1)
	case c.r.Request.Method.Text == "":
		c.add("message", Take, "nothing", -1)
	default:
		c.add("message", Pass, "grammar", -1)
	}
}

// refusals asks one question that some steps say no to.
func (c *climb) refusals(rung, prefix string, no ...trace.Code) {
	told := -1
	for i := range c.r.Steps {
		s := &c.r.Steps[i]
		for _, code := range no {
			if s.Code == code {
				c.add(rung, Take, "", i)
				return
			}
		}
		if strings.HasPrefix(string(s.Code), prefix) {
			told = i
		}
	}
	switch {
	case rung == "method":
		c.add(rung, Pass, "method", -1, c.r.Request.Method.Text)
	case told >= 0:
		c.add(rung, Pass, "", told)
	case rung == "expect":
		if value, ok := c.r.Request.Fields.Lookup("Expect"); ok {
			c.add(rung, Pass, "expect", -1, value)
		}
	}
}

// resource asks what the target names.
func (c *climb) resource() {
	r := c.r
	found, missing, redirect, listing := last(r, trace.FileFound), -1, last(r, trace.PathRedirect), last(r, trace.PathListing)
	for i := range r.Steps {
		rank, _ := rankOf(&r.Steps[i])
		if rank == missed || rank == refused || r.Steps[i].Code == trace.FallbackNotFound {
			missing = i
		}
	}
	switch {
	case c.taken:
		c.add("resource", After, "", -1)
	case redirect >= 0:
		c.add("resource", Pass, "directory", -1)
		c.add("slash", Take, "", redirect)
	case found >= 0:
		c.add("resource", Pass, "", found)
	case listing >= 0:
		c.add("resource", Pass, "directory", -1)
		c.add("slash", Pass, "slash", -1)
	case missing >= 0:
		c.add("resource", Take, "", missing)
	case last(r, trace.CGIRun) >= 0:
		c.add("resource", Pass, "", last(r, trace.CGIRun))
	default:
		c.add("resource", Unasked, "program", -1)
	}
}

// conditions asks the fields in their order. Only a file has validators.
func (c *climb) conditions() {
	file := last(c.r, trace.FileFound) >= 0
	for _, cond := range conditions {
		i := last(c.r, cond.code)
		if i < 0 || len(c.r.Steps[i].Args) < 3 {
			if _, sent := c.r.Request.Fields.Lookup(cond.name); sent && !file {
				c.add(string(cond.code), Unasked, "no-file", -1)
			} else {
				c.add(string(cond.code), Skip, "not-sent", -1)
			}
			continue
		}
		state := Skip
		switch c.r.Steps[i].Args[1] {
		case "passed":
			state = Pass
		case "decided":
			state = Take
		case "ignored":
			state = Unheeded
		}
		if cond.code == trace.CondIfRange && state == Take {
			state = Unheeded // the whole file is sent, further down
		}
		c.add(string(cond.code), state, "", i)
	}
}

// Rungs are all codes of rungs, and all reasons that are no sentences of steps.
func Rungs() (rungs, reasons []string) {
	rungs = []string{"message", "host", "expect", "method", "resource", "slash", "send"}
	for _, cond := range conditions {
		rungs = append(rungs, string(cond.code))
	}
	return rungs, []string{"object", "grammar", "nothing", "expect", "method", "directory", "slash", "program", "no-file", "not-sent", "send"}
}
