//go:build js

package main

import (
	"syscall/js"

	"vitrine/core/steps"
)

// readSteps has the parser read what is typed: read(bytes, marks, end). The
// parser is in this program; in the page's it would be there for this alone.
func readSteps(_ js.Value, args []js.Value) any {
	b := make([]byte, min(args[0].Length(), steps.MaxInput))
	js.CopyBytesToGo(b, args[0])
	var segments [][]byte
	from := 0
	for i := range args[1].Length() {
		to := args[1].Index(i).Int()
		if to < from || to > len(b) {
			break // no mark of ours
		}
		segments = append(segments, b[from:to])
		from = to
	}
	segments = append(segments, b[from:])
	var traces []byte
	for _, p := range [...]steps.Profile{steps.Compat, steps.Strict} {
		traces = steps.Read(p, segments, args[2].Bool()).Append(traces)
	}
	return bytesOf(traces)
}

// bytesOf is an Uint8Array with these bytes.
func bytesOf(p []byte) js.Value {
	b := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(b, p)
	return b
}
