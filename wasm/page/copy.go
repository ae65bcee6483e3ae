//go:build js

package main

import (
	"vitrine/core/copyas"
	"vitrine/core/trace"
	sentences "vitrine/core/words"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// copy puts the transcript on the clipboard, without credentials unless they
// are asked for: what is copied is often shown to others.
func (x *exchange) copy(credentials bool) {
	if x.rec == nil {
		return
	}
	rec := x.rec
	if !credentials {
		rec = trace.Redact(rec)
	}
	said := "transcript.copied"
	if !credentials && x.secret {
		said = "transcript.copied-without"
	}
	x.write(string(trace.AppendTranscript(nil, rec, sentences.Line)), said)
}

// copyAs puts the request on the clipboard in a format of package copyas.
func (x *exchange) copyAs(format string) {
	if x.rec != nil {
		x.write(string(copyas.Append(nil, format, x.rec, "")), "copied-as."+format)
	}
}

// write puts text on the clipboard and says so.
func (x *exchange) write(text, said string) {
	go func() {
		clipboard := window.Get("navigator").Get("clipboard")
		if clipboard.Truthy() {
			if _, err := promise.Call(clipboard, "writeText", text); err == nil {
				x.app.live.say(words.Say(said))
				x.copied()
				return
			}
		}
		x.app.notice(sites.Notice{Message: sites.NewMessage("notice.clipboard"), Bad: true})
	}()
}

// copied shows for two seconds that the button did its work.
func (x *exchange) copied() {
	button := byID("copy-as")
	icon := first(button, "use")
	icon.SetAttribute("href", "#i-good")
	later(2000, func() { icon.SetAttribute("href", "#i-copy") })
}
