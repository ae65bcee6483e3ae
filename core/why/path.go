package why

import (
	"strings"

	"vitrine/core/trace"
)

// Station is one station on the way from the target to what was sent.
type Station struct {
	// Code names the station, such as "target" or "path.decoded": words has
	// its title behind "way.".
	Code string
	// Value is what the target was there. It is empty where nothing changed.
	Value string
	Kind  StationKind
}

// StationKind is how a station looks.
type StationKind uint8

const (
	Passed  StationKind = iota // the way goes on
	Same                       // as before
	Arrived                    // what was sent
	Stopped                    // the way ends without a file
)

// Path is the way from the target to the file. It is empty where the core did
// not look for one.
func Path(r *trace.Record) []Station {
	var way []Station
	changed := func(code trace.Code) (string, StationKind) {
		if i := last(r, code); i >= 0 && len(r.Steps[i].Args) > 0 {
			return r.Steps[i].Args[0], Passed
		}
		return "", Same
	}
	add := func(code string, value string, kind StationKind) {
		way = append(way, Station{code, value, kind})
	}
	if !looked(r) {
		return nil
	}
	add("target", r.Request.Target.Text, Passed)
	if i := last(r, trace.PathAbsolute); i >= 0 && len(r.Steps[i].Args) > 0 {
		add(string(trace.PathAbsolute), r.Steps[i].Args[0], Passed)
	}
	for i := range r.Steps {
		switch s := &r.Steps[i]; s.Code {
		case trace.PathNUL, trace.PathSurrogate, trace.PathWindows, trace.PathRefused:
			add(string(s.Code), "", Stopped)
			return way
		}
	}
	for _, code := range [...]trace.Code{trace.PathCut, trace.PathDecoded, trace.PathCleaned} {
		value, kind := changed(code)
		add(string(code), value, kind)
	}
	return append(way, ends(r)...)
}

// looked reports whether a file was looked for.
func looked(r *trace.Record) bool {
	for i := range r.Steps {
		code := string(r.Steps[i].Code)
		if strings.HasPrefix(code, "path.") || strings.HasPrefix(code, "file.") {
			return true
		}
	}
	return false
}

// ends are the stations below the root: what was found, and as what it is
// sent.
func ends(r *trace.Record) (way []Station) {
	for i := range r.Steps {
		s := &r.Steps[i]
		arg := func(i int) string {
			if i < len(s.Args) {
				return s.Args[i]
			}
			return ""
		}
		code := string(s.Code)
		switch s.Code {
		case trace.PathIndex, trace.FallbackClean, trace.FallbackPage:
			way = append(way, Station{code, arg(0), Passed})
		case trace.FileFound:
			way = append(way, Station{code, arg(0), Passed}, Station{"size", Thousands(arg(1)), Passed})
		case trace.TypeByName:
			way = append(way, Station{code, arg(1), Arrived})
		case trace.PathListing:
			way = append(way, Station{code, Thousands(arg(0)), Arrived})
		case trace.PathRedirect:
			location, _ := r.Response.Fields.Lookup("Location")
			way = append(way, Station{code, location, Arrived})
		case trace.FileNotOpened, trace.PathNotDirectory, trace.FileForbidden:
			way = append(way, Station{code, arg(0), Stopped})
		}
	}
	return way
}

// Stations are all codes of stations, and "same" for one where nothing changed.
func Stations() []string {
	codes := []string{"target", "size", "same"}
	for _, code := range [...]trace.Code{
		trace.PathAbsolute, trace.PathCut, trace.PathDecoded, trace.PathCleaned, trace.PathNUL, trace.PathSurrogate,
		trace.PathWindows, trace.PathRefused, trace.PathIndex, trace.FallbackClean, trace.FallbackPage, trace.FileFound,
		trace.TypeByName, trace.PathListing, trace.PathRedirect, trace.FileNotOpened, trace.PathNotDirectory, trace.FileForbidden,
	} {
		codes = append(codes, string(code))
	}
	return codes
}
