//go:build js

package main

import (
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
	text := string(trace.AppendTranscript(nil, rec, sentences.Line))
	go func() {
		clipboard := window.Get("navigator").Get("clipboard")
		if clipboard.Truthy() {
			if _, err := promise.Call(clipboard, "writeText", text); err == nil {
				if !credentials && x.secret {
					x.app.live.say(words.Say("transcript.copied-without"))
				} else {
					x.app.live.say(words.Say("transcript.copied"))
				}
				x.copied()
				return
			}
		}
		x.app.notice(sites.Notice{Message: sites.NewMessage("notice.clipboard"), Bad: true})
	}()
}

// copied shows for two seconds that the button did its work.
func (x *exchange) copied() {
	button := byID("copy")
	icon := first(button, "use")
	icon.SetAttribute("href", "#i-good")
	later(2000, func() { icon.SetAttribute("href", "#i-copy") })
}
