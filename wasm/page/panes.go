//go:build js

package main

// panes are the three views of a narrow window, of which one is in sight. In
// a wide window all are, and going to one moves the focus only.
type panes struct {
	app *app
	now string
}

func newPanes(a *app) *panes {
	p := &panes{app: a}
	p.set("preview")
	// Back, by button, key or gesture, leaves the exchange.
	on(window, "popstate", func(event) {
		if p.now == "exchange" {
			p.set("log")
			a.table.focus()
		}
	})
	return p
}

func narrow() bool {
	return window.Call("matchMedia", "(max-width: 799px), (max-height: 559px)").Get("matches").Bool()
}

func (p *panes) set(name string) {
	p.now = name
	data(body).Set("pane", name)
	p.app.exchange.markPart()
	p.follow("work")
}

// follow marks the pane that is in sight, which none is in another view.
func (p *panes) follow(view string) {
	for _, b := range all(".bottom [data-pane]") {
		b.SetAttribute("aria-current", boolText(view == "work" && b.GetAttribute("data-pane") == p.now))
	}
}

// show goes to a pane.
func (p *panes) show(name string) {
	p.set(name)
	switch name {
	case "log":
		if p.app.table.following {
			p.app.table.toEnd()
		}
		p.app.table.focus()
	default:
		byID(name).Focus()
	}
}

// openExchange brings the exchange into sight after a row was chosen.
func (p *panes) openExchange() {
	if narrow() && p.now != "exchange" {
		window.Get("history").Call("pushState", map[string]any{"pane": "exchange"}, "")
		p.set("exchange")
		byID("exchange").Focus()
	}
}

// back returns from the exchange to its row.
func (p *panes) back() {
	if narrow() && p.now == "exchange" {
		if state := window.Get("history").Get("state"); state.Truthy() && state.Get("pane").Truthy() {
			window.Get("history").Call("back") // popstate does the rest
			return
		}
		p.set("log")
	}
	p.app.table.focus()
}
