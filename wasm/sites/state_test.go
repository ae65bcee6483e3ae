package sites

import (
	"strings"
	"testing"
)

// Every event in every state. A dash is what does not happen.
func TestMoves(t *testing.T) {
	const table = `
              reading  ready         needs-grant   needs-folder  failed   held
listed        ready    -             -             -             -        -
given         ready    ready         ready         ready         ready    ready
given-files   reading  reading       -             reading       reading  reading
withdrawn     -        needs-grant   needs-grant   -             -        -
granted       -        -             ready         -             -        -
lost          -        needs-folder  -             -             -        -
flooded       held     held          held          held          held     -
asked         -        -             -             -             -        ready
closed        failed   failed        failed        failed        failed   failed
`
	rows := strings.Split(strings.TrimSpace(table), "\n")
	states := strings.Fields(rows[0])
	if len(states) != len(stateNames) || len(rows)-1 != len(eventNames) {
		t.Fatalf("the table has %d states and %d events, want %d and %d", len(states), len(rows)-1, len(stateNames), len(eventNames))
	}
	for e, row := range rows[1:] {
		cells := strings.Fields(row)
		if name := strings.ReplaceAll(Event(e).String(), " ", "-"); cells[0] != name {
			t.Fatalf("row %d is of %q, want %q", e, cells[0], name)
		}
		for s, want := range cells[1:] {
			got := "-"
			to, ok := State(s).Next(Event(e))
			if ok {
				got = strings.ReplaceAll(to.String(), " ", "-")
			} else if to != State(s) {
				t.Errorf("%v, %v: no move, and yet to %v", State(s), Event(e), to)
			}
			if got != want {
				t.Errorf("%v, %v: got %s, want %s", State(s), Event(e), got, want)
			}
		}
	}
}

func TestWorkerMoves(t *testing.T) {
	const dash = WorkerState(255)
	for state, row := range [...][FrameClosed + 1]WorkerState{
		//               opened          silent        port sent    port taken       start failed  closed
		NoWorker:        {WorkerStarting, dash, dash, dash, dash, dash},
		WorkerStarting:  {WorkerStarting, WorkerFailed, WorkerReady, dash, WorkerFailed, NoWorker},
		WorkerReady:     {WorkerStarting, dash, WorkerReady, WorkerElsewhere, WorkerFailed, NoWorker},
		WorkerElsewhere: {WorkerStarting, dash, WorkerReady, dash, WorkerFailed, NoWorker},
		WorkerFailed:    {WorkerStarting, dash, WorkerReady, dash, WorkerFailed, NoWorker},
	} {
		for event, want := range row {
			from := WorkerState(state)
			got, ok := from.Next(WorkerEvent(event))
			if !ok && got == from {
				got = dash
			}
			if got != want {
				t.Errorf("%v, event %d: got %d, want %d", from, event, got, want)
			}
		}
	}
}
