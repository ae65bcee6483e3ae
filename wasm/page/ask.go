//go:build js

package main

import "vitrine/wasm/words"

// oneAtATime asks whether the site that is open may be closed for a new one,
// and waits for the answer. It is called from goroutines only.
func (a *app) oneAtATime(old, new string) bool {
	a.asking.Lock()
	defer a.asking.Unlock()
	setText(byID("ask-words"), words.Say("ask.one-site", old, new))
	dialog := byID("ask")
	closed := make(chan bool, 1)
	a.answered = func(yes bool) { closed <- yes }
	dialog.Set("returnValue", "no") // what Escape leaves there
	dialog.Call("showModal")
	return <-closed
}

// listenForAnswers takes what the person says to oneAtATime.
func (a *app) listenForAnswers() {
	dialog := byID("ask")
	on(dialog.Value, "close", func(event) {
		if a.answered != nil {
			a.answered(dialog.Get("returnValue").String() == "yes")
			a.answered = nil
		}
	})
}
