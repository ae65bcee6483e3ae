package sites

// moves is a table of all the moves that something makes between states.
type moves[State, Event comparable] []struct {
	from  State
	event Event
	to    State
}

// next returns the state that an event leads to, and whether it leads anywhere.
func (m moves[State, Event]) next(from State, event Event) (to State, ok bool) {
	for i := range m {
		if m[i].from == from && m[i].event == event {
			return m[i].to, true
		}
	}
	return from, false
}
