package view

import (
	"strconv"

	"vitrine/core/lint"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// notes appends what is worth knowing of an exchange: of its messages first,
// then of what this server made of them.
func notes(l *fragment.List, about *About) {
	if len(about.Notes) == 0 {
		l.Put("notes-none", "")
		return
	}
	for _, part := range [...]lint.Part{lint.Message, lint.Behaviour} {
		open := false
		for i := range about.Notes[:min(len(about.Notes), maxNotes)] {
			n := &about.Notes[i]
			if n.Part != part {
				continue
			}
			if !open {
				open = true
				if part == lint.Behaviour {
					l.Put("notes-behaviour", "")
				}
				l.Open("notes")
			}
			note(l, i+1, n, about.Said)
		}
		if open {
			l.Close()
		}
	}
}

// NoteID is the id of a note in the document; numbers count from 1.
func NoteID(number int) string { return "note" + strconv.Itoa(number) }

// note appends one note. One with bytes has a pin, the same as at the bytes.
func note(l *fragment.List, number int, n *lint.Note, said *lint.Sentences) {
	level := n.Level.String()
	l.Open("note")
	l.Attr("id", NoteID(number))
	l.Attr("class", level)
	if len(n.Subject) > 0 {
		l.Slot("pin")
		l.Open("pin-to-bytes")
		l.Attr("data-note", strconv.Itoa(number))
		l.Attr("aria-label", words.Say("note.show", strconv.Itoa(number)))
		l.Text(strconv.Itoa(number))
		l.Close()
	}
	l.Slot("icon")
	l.Attr("href", "#i-"+level)
	l.Fill("level", level)
	summary, why, do := n.ID, "", ""
	if said != nil {
		summary, why, do = said.Summary(n.ID, n.Args...), said.Why(n.ID, n.Args...), said.Do(n.ID, n.Args...)
	}
	l.Slot("summary")
	l.Bytes(Clip(summary, maxLine), fragment.UTF8)
	if why != "" {
		l.Slot("why")
		l.Bytes(Clip(why, maxLine), fragment.UTF8)
		if do != "" {
			l.Text(" ")
			l.Bytes(Clip(do, maxLine), fragment.UTF8)
		}
	}
	if ref := lint.Ref(n.ID); ref != "" {
		l.Slot("ref")
		if url := RefURL(ref); url != "" {
			l.Open("reference")
			l.Attr("href", url)
			l.Text(shortened(ref))
			l.Close()
		} else {
			l.Text(ref)
		}
	}
	l.Close()
}
