//go:build js

package main

import (
	"errors"

	"vitrine/core/trace"
	"vitrine/wasm/intake"
	"vitrine/wasm/sites"
)

// listenForActions gives every button with data-act its work: one listener
// for all of them, so that drawn buttons need no callbacks of their own.
func (a *app) listenForActions() {
	on(root.Value, "click", func(e event) {
		b := closest(e, "[data-act]")
		if b == nil || b.Get("disabled").Truthy() {
			return
		}
		a.act(b.GetAttribute("data-act"), b)
		for _, id := range [...]string{"menu", "copy-menu"} {
			if menu := byID(id); menu.Call("contains", b.Value).Bool() {
				menu.Call("hidePopover")
			}
		}
	})
	input := byID("folder-input")
	on(input.Value, "change", func(event) {
		a.failed(a.host.AddFileList(input.Get("files"), a.again))
		input.Set("value", "")
	})
	menu := byID("menu")
	on(menu.Value, "beforetoggle", func(event) {
		s := a.site(a.current)
		setHidden(first(menu, ".sitemenu"), s == nil)
		if s != nil {
			setHidden(first(menu, "[data-act=rescan]"), !s.CanReadAgain())
		}
	})
}

// act does what a button says. It runs within the click, which some of it
// needs: the browser asks for a folder or a permission only then.
func (a *app) act(name string, b element) {
	if a.console.act(name, b) {
		return
	}
	a.adding = a.adding || name == "open" || name == "sample" || name == "rescan" // which may open another folder
	switch name {
	case "open":
		a.openFolder("")
	case "sample":
		a.failed(a.host.AddSample())
	case "grant":
		a.host.Grant(a.current)
	case "here":
		a.host.ServeHere(a.current)
	case "cancel":
		a.host.Cancel(a.current)
	case "load":
		a.host.Load(a.current)
	case "rescan":
		if s := a.site(a.current); s != nil && s.State == sites.Ready && s.Frozen() {
			a.openFolder(s.ID)
		} else {
			a.host.Rescan(a.current)
		}
	case "remove":
		site := a.current
		if own := b.GetAttribute("data-site"); own != "" {
			site = own
		}
		a.remove(site)
	case "undo":
		a.undo.take(b.GetAttribute("data-at"))
	case "origin":
		a.notice(sites.Notice{Message: sites.NewMessage("notice.origin")})
	case "again":
		window.Get("location").Call("reload")
	case "reload":
		a.preview.reload()
	case "live":
		a.reload.toggle()
	case "hosting":
		a.hosting.open(a.site(a.current))
	case "hosting-cancel":
		a.hosting.dialog.Call("close")
	case "preset":
		a.hosting.add(b.GetAttribute("data-preset"))
	case "pause":
		a.table.pause()
	case "clear":
		a.clear()
	case "tail":
		a.table.toEnd()
	case "sort":
		a.table.resort(b.GetAttribute("data-by"))
	case "older":
		a.table.showOlder(trace.DefaultRecords)
		a.table.rows.Set("scrollTop", 0)
	case "by-page":
		a.table.regroup()
	case "place":
		a.exchange.goTo(b.GetAttribute("data-to"))
	case "explain":
		a.exchange.explain(b)
	case "slip-close":
		a.exchange.closeSlip()
	case "slip-without":
		a.resendWithout(a.exchange.slip.word)
	case "slip-others":
		a.table.filterBy("has:" + b.GetAttribute("data-name"))
	case "note":
		a.exchange.toNote(b.GetAttribute("data-to"))
	case "bytes-of":
		a.exchange.toBytes(b.GetAttribute("data-note"))
	case "as-hex":
		a.exchange.asHex(b)
	case "read-content":
		a.exchange.readContent()
	case "back":
		a.panes.back()
	case "copy":
		a.exchange.copy(false)
	case "copy-all":
		a.exchange.copy(true)
	case "resend":
		a.resend()
	case "view":
		a.views.show(b.GetAttribute("data-to"))
	case "copy-as":
		a.exchange.copyAs(b.GetAttribute("data-format"))
	case "pane":
		a.views.show("work")
		a.panes.show(b.GetAttribute("data-pane"))
	case "dismiss":
		a.notices.dismiss(b.GetAttribute("data-at"))
	case "help":
		a.help.open()
	}
	a.change()
}

// openFolder has the person choose a folder, within a click. again is the site
// whose folder is to be read again, "" if the folder is a new one.
func (a *app) openFolder(again string) {
	a.again = again
	err := a.host.AddPicker(again)
	if errors.Is(err, intake.ErrNoPicker) {
		byID("folder-input").Call("click")
		return
	}
	a.failed(err)
}

// failed shows an error of the host where the person looks.
func (a *app) failed(err error) {
	switch {
	case errors.Is(err, intake.ErrNothing):
		a.notice(sites.Notice{Message: sites.NewMessage("notice.nothing"), Bad: true})
	case err != nil:
		a.notice(sites.Notice{Message: sites.NewMessage("notice.failed", err.Error()), Bad: true})
	}
}

// listenForKeys takes the keys that work everywhere. They carry Alt and
// Shift, so no letter is lost to typing.
func (a *app) listenForKeys() {
	on(root.Value, "keydown", func(e event) {
		v := e
		if !v.Get("altKey").Bool() || !v.Get("shiftKey").Bool() {
			return
		}
		if v.Get("code").String() == "Digit4" {
			e.PreventDefault()
			a.console.open()
			return
		}
		if len(a.sites) == 0 {
			return
		}
		pane, ok := map[string]string{"Digit1": "preview", "Digit2": "log", "Digit3": "exchange"}[v.Get("code").String()]
		if ok {
			e.PreventDefault()
			a.views.show("work")
			a.panes.show(pane)
		}
	})
}
