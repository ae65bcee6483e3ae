//go:build js

package main

import (
	"bytes"

	"vitrine/core/trace"
	"vitrine/wasm/page/editor"
	"vitrine/wasm/words"
)

// resend opens the console with the request of the exchange that is shown.
func (a *app) resend() {
	if r := a.exchange.rec; r != nil {
		b, note := requestBytes(r)
		a.edit(r, b, note)
	}
}

// resendWithout opens the console with the request without the field line of a
// word.
func (a *app) resendWithout(word element) {
	r := a.exchange.rec
	if r == nil || word == nil {
		return
	}
	b, note := requestBytes(r)
	name := word.GetAttribute("data-name")
	for i := range r.Request.Fields {
		f := &r.Request.Fields[i]
		if !foldEqual(f.Name.Text, name) || int(f.Name.Off) >= len(b) {
			continue
		}
		end := bytes.IndexByte(b[f.Name.Off:], '\n')
		if end >= 0 {
			b = append(b[:f.Name.Off:f.Name.Off], b[int(f.Name.Off)+end+1:]...)
		}
		break
	}
	a.edit(r, b, note)
}

// edit opens the console with bytes over the site of an exchange.
func (a *app) edit(r *trace.Record, b []byte, note string) {
	if a.site(r.Site) != nil {
		a.console.useSite(r.Site)
	}
	a.console.edit(b, note)
}

// requestBytes are the bytes of a request, as far as they are kept, and what is
// to say of them.
func requestBytes(r *trace.Record) (b []byte, note string) {
	cut := false
	for i := range r.Steps {
		if s := &r.Steps[i]; s.Kind == trace.In && s.From != trace.Unknown {
			cut = cut || int64(len(b)) != s.Off || int64(len(s.Bytes)) < s.Len
			b = append(b, s.Bytes...)
		}
	}
	switch {
	case r.Source == trace.Rebuilt:
		note = words.Say("typed.rebuilt")
	case cut || len(b) > editor.MaxBytes:
		note = words.Say("typed.kept-first")
	}
	return b, note
}

// openRecord shows an exchange in the log.
func (a *app) openRecord(id int64) {
	r := a.recordByID(id)
	if r == nil {
		return
	}
	if a.site(r.Site) != nil {
		a.selectSite(r.Site)
	} else if !a.table.allSites {
		byID("scope").Set("checked", true)
		a.table.allSites = true
		a.table.renew()
	}
	a.views.show("work")
	a.draw()
	a.table.selectRow(id)
	a.panes.openExchange()
}
