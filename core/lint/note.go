package lint

import "vitrine/core/trace"

// Level is how much a note matters.
type Level uint8

// The levels, from the least to the most.
const (
	Good Level = iota // it works as it should, which is not a matter of course
	Info              // worth knowing
	Warn              // allowed, or harmless here, but a trap
	Bad               // against a rule
)

func (l Level) String() string {
	switch l {
	case Good:
		return "good"
	case Info:
		return "info"
	case Warn:
		return "warn"
	}
	return "bad"
}

// Part says what a note is about.
type Part uint8

// A message is as it is whoever receives it; what a server makes of it is
// another matter.
const (
	Message   Part = iota // a fault or fact of the messages
	Behaviour             // what this server did
)

func (p Part) String() string {
	if p == Behaviour {
		return "behaviour"
	}
	return "message"
}

// Fault is whose fault it is.
type Fault uint8

// Most notes are about no fault.
const (
	Neither Fault = iota
	Client
	Server
)

func (f Fault) String() string {
	switch f {
	case Client:
		return "client"
	case Server:
		return "server"
	}
	return "neither"
}

// Range is bytes of the request (trace.In) or of the response (trace.Out), from
// the first one that passed in the exchange, as trace.Step.Off counts.
type Range struct {
	Kind     trace.Kind
	Off, Len int64
}

// Note is one thing to say about an exchange.
type Note struct {
	ID      string // "A1": see the catalogue
	Level   Level
	Part    Part
	Subject []Range  // empty if it is about the exchange as a whole
	Args    []string // fill %1 and so on of the sentences: short, and any bytes
}
