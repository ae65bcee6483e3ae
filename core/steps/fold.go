package steps

// push appends a step, or folds it if there are too many. Where the parser
// stopped is told always.
func (t *Trace) push(s Step, last bool) {
	n := len(t.Steps)
	if n < MaxSteps || last {
		t.Steps = append(t.Steps, s)
		return
	}
	if t.Steps[n-1].Code != Folded {
		t.Steps = append(t.Steps, Step{Code: Folded, Off: s.Off, Request: s.Request})
	}
	f := &t.Steps[len(t.Steps)-1]
	f.Len = max(f.Len, s.End()-f.Off)
	if s.Code == Folded {
		f.Number += s.Number
	} else {
		f.Number++
	}
}

// Single is the trace with a step for each byte.
func (t *Trace) Single() *Trace {
	one := &Trace{Requests: t.Requests, Cut: t.Cut}
	for i, s := range t.Steps {
		last := i == len(t.Steps)-1 || s.Fault != nil
		if last || s.Code == Folded || s.Len < 2 {
			one.push(s, last)
			continue
		}
		for off := range s.Len {
			b := s
			b.Off, b.Len = s.Off+off, 1
			one.push(b, false)
		}
	}
	return one
}
