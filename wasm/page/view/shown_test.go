package view

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/core/trace"
)

func TestShown(t *testing.T) {
	var s Shown
	if got := outline(t, s.Append); !strings.Contains(got, "open a site") {
		t.Errorf("nothing seen: got %s", got)
	}
	add := func(source trace.Provenance, mode, destination string, names ...string) {
		r := &trace.Record{Source: source, Browser: trace.Browser{Mode: mode, Destination: destination, Client: "c"}}
		for _, name := range append(names, "Host") {
			r.Request.Fields = append(r.Request.Fields, trace.Field{Name: trace.Part{Text: name}})
		}
		s.Add(r)
	}
	add(trace.Rebuilt, "navigate", "iframe", "upgrade-insecure-requests", "accept")
	add(trace.Rebuilt, "no-cors", "style", "accept")
	add(trace.Rebuilt, "no-cors", "audio", "accept", "range", "Content-Length")
	add(trace.Rebuilt, "cors", "", "x-of-a-script")
	add(trace.Wire, "navigate", "document", "user-agent")
	want := `shows-item("Field lines of 1 request for a page: accept, upgrade-insecure-requests.")` +
		`shows-item("Field lines of 2 requests for what pages load: accept, range.")` +
		`shows-item("Beside the field lines: mode, destination.")`
	if got := outline(t, s.Append); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// Any page can have its loads carry fields of its own.
	for i := range 10 * maxNames {
		add(trace.Rebuilt, "no-cors", "image", "x-"+strconv.Itoa(i))
	}
	if n := len(s.part.names); n != maxNames {
		t.Errorf("%d names, want %d", n, maxNames)
	}
}
