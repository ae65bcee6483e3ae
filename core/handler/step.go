package handler

import (
	"vitrine/core/trace"
)

// StepFunc records a step. It may keep args.
type StepFunc func(kind trace.Kind, code trace.Code, args []string)

// Tracing reports whether steps are recorded, so that no argument is made in
// vain.
func (x *Exchange) Tracing() bool { return x.steps != nil }

// Step records one step towards the response, if steps are recorded: how the
// target became a file, which condition decided. Steps go to the trace, never
// to the client. A program's own codes are welcome: the code stands for the
// sentence then.
func (x *Exchange) Step(code trace.Code, args ...string) { x.step(trace.Note, code, args) }

// step copies args, so that a call costs no memory when nothing is recorded.
func (x *Exchange) step(kind trace.Kind, code trace.Code, args []string) {
	if x.steps != nil {
		x.steps(kind, code, append([]string(nil), args...))
	}
}
