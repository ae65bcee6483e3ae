//go:build js

package main

import (
	"strings"
	"syscall/js"

	"vitrine/core/trace"
	"vitrine/wasm/decimal"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/promise"
	"vitrine/wasm/remotefs"
)

// maxKeptLog is how much of the log survives a reload, in bytes; the newest is
// kept. Browsers give a window's storage some 5 million characters.
const maxKeptLog = 2 << 20

// keepLog has the log of this window survive a reload of the tool, if the
// person asks for it. It is in the window's own storage and ends with it.
type keepLog struct {
	app *app
	on  element
}

func newKeepLog(a *app) *keepLog {
	k := &keepLog{app: a, on: byID("keep-log")}
	input(k.on).SetChecked(stored("keep-log") == "on")
	on(k.on.Value, "change", func(event) {
		choice := "off"
		if input(k.on).Checked() {
			choice = "on"
		}
		store("keep-log", choice)
	})
	on(window, "pagehide", func(event) { k.save() })
	return k
}

// save writes the newest records down.
func (k *keepLog) save() {
	storage := window.Get("sessionStorage")
	promise.Try(func() js.Value { return storage.Call("removeItem", "vitrine.log") })
	if !input(k.on).Checked() {
		return
	}
	kept, _ := k.app.log.Records()
	var lines []string
	size := 0
	for i := len(kept) - 1; i >= 0; i-- {
		b := remotefs.AppendRecord(nil, kept[i])
		if size += 2 * len(b); size > maxKeptLog {
			break
		}
		lines = append(lines, fragment.Number(kept[i].ID)+" "+fragment.Number(kept[i].Conn)+" "+asText(b))
	}
	promise.Try(func() js.Value { return storage.Call("setItem", "vitrine.log", strings.Join(lines, "\n")) })
}

// restore brings back what was written down. Records get new numbers.
func (k *keepLog) restore() {
	saved, err := promise.Try(func() js.Value { return window.Get("sessionStorage").Call("getItem", "vitrine.log") })
	if err != nil || saved.Type() != js.TypeString || !input(k.on).Checked() {
		return
	}
	lines := strings.Split(saved.String(), "\n")
	numbers := map[string]string{} // old ones to new ones
	for i := len(lines) - 1; i >= 0; i-- {
		number, rest, _ := strings.Cut(lines[i], " ")
		conn, text, _ := strings.Cut(rest, " ")
		r, err := remotefs.DecodeRecord(asBytes(text))
		if err != nil {
			continue
		}
		r.Conn, _ = decimal.Parse(conn)
		renumber(r, numbers)
		k.app.log.Append(r)
		k.app.table.take(r)
		k.app.fresh++
		numbers[number] = fragment.Number(r.ID)
	}
}

// renumber has a response that was given again name the number that the first
// one has now, "0" if it is not there.
func renumber(r *trace.Record, numbers map[string]string) {
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Code == trace.RepeatOf && len(s.Args) > 0 {
			if s.Args[0] = numbers[s.Args[0]]; s.Args[0] == "" {
				s.Args[0] = "0"
			}
		}
	}
}

// asText is bytes as characters that storage keeps, and that no line ends in.
func asText(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c) + 0x100)
	}
	return s.String()
}

// asBytes is the reverse of asText.
func asBytes(s string) (b []byte) {
	for _, c := range s {
		b = append(b, byte(c-0x100))
	}
	return b
}
