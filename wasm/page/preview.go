//go:build js

package main

import (
	"strings"
	"syscall/js"

	"vitrine/core/trace"
	"vitrine/wasm/page/address"
	"vitrine/wasm/page/view"
	"vitrine/wasm/promise"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// preview shows the site in front. Each site keeps its frame, so that going
// from one to another loses nothing.
type preview struct {
	app     *app
	frames  map[string]*frame
	overlay region
	path    element
	root    element
	asOf    element
	newTab  element
	shown   string // what the program wrote into the address last
}

// frame is the preview of one site.
type frame struct {
	element element // nil until the site is served
	url     string  // root of the site
	place   address.Place
	pdf     bool    // it was sent a PDF, which frames do not show
	keptOut string  // field by which the browser does not show it in a frame, "" if it does
	since   float64 // when its worker was first seen to be starting, in ms
	left    string  // a link led out of the site, to here; the browser held it back
	loaded  bool    // its first load is over
	renewed int     // sites.Site.Renewed when it was loaded
}

// A previewed page may do what a page does, except lead this window away.
const sandbox = "allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads allow-pointer-lock allow-orientation-lock allow-presentation"

func newPreview(a *app) *preview {
	p := &preview{
		app: a, frames: map[string]*frame{}, overlay: newRegion("overlay"),
		path: byID("path"), root: byID("root"), asOf: byID("as-of"), newTab: byID("newtab"),
	}
	on(byID("bar").Value, "submit", func(e event) {
		e.PreventDefault()
		p.load(input(p.path).Value())
		p.path.Blur()
	})
	on(p.path.Value, "keydown", func(e event) {
		if keyName(e) == "Escape" {
			input(p.path).SetValue(p.shown)
		}
	})
	// Load events do not bubble.
	byID("frames").Call("addEventListener", "load", js.FuncOf(func(_ js.Value, args []js.Value) any {
		for _, f := range p.frames {
			f.loaded = f.loaded || f.element != nil && f.element.Equal(args[0].Get("target"))
		}
		return nil
	}), true)
	// Frames may show sites only: what leads elsewhere is held back by the
	// page's policy, and told here.
	on(document, "securitypolicyviolation", func(e event) {
		if f := p.front(); f != nil && e.Get("effectiveDirective").String() == "frame-src" {
			f.left = e.Get("blockedURI").String()
			a.change()
		}
	})
	return p
}

// front is the frame of the site in front, nil if there is none.
func (p *preview) front() *frame { return p.frames[p.app.current] }

// load brings the frame in front to what was typed.
func (p *preview) load(path string) {
	f := p.front()
	if f == nil {
		return
	}
	if path == address.Readable(f.place.Path) {
		path = f.place.Path // exactly, not as it is written for a reader
	}
	f.place.Load(address.Typed(path, f.url))
	p.navigate(p.app.current, f)
	p.app.change()
}

// address is a path of the site as the browser's address: the site's root if
// the path would lead out of the site. What a record says of its target may be
// made up by a script of the site.
func (f *frame) address(path string) string {
	url, err := promise.Try(func() js.Value {
		return window.Get("URL").New(strings.TrimSuffix(f.url, "/") + path)
	})
	if err == nil {
		if href := url.Get("href").String(); strings.HasPrefix(href, f.url) {
			return href
		}
	}
	return f.url
}

// navigate loads the frame's path.
func (p *preview) navigate(id string, f *frame) {
	f.pdf, f.keptOut, f.left = false, "", ""
	if f.element == nil {
		return
	}
	p.app.host.Loads(id)
	// Chromium drops a load that begins when the first one of a frame has come in
	// and this page has not noticed yet. So until then the frame is replaced.
	if f.element.Get("isConnected").Bool() && !f.loaded {
		first := f.element
		f.element = wrap(first.Call("cloneNode"))
		f.element.Set("src", f.address(f.place.Path))
		first.Call("replaceWith", f.element.Value)
		return
	}
	f.element.Set("src", f.address(f.place.Path))
}

// reload loads the page in front again.
func (p *preview) reload() { p.again(p.app.current) }

// again loads the page of a site again. A fragment would make that a jump
// within it.
func (p *preview) again(site string) {
	if f := p.frames[site]; f != nil {
		path, _, _ := strings.Cut(f.place.Path, "#")
		f.place.Load(path)
		p.navigate(site, f)
	}
}

// follow learns from the log where a frame is: its origin is not ours, so
// nothing else tells.
func (p *preview) follow(site string, r *trace.Record) {
	if f := p.frames[site]; f != nil && f.place.Follow(r, f.url) {
		f.pdf, f.keptOut, f.left = view.TypeLabel(r.Type()) == "pdf", "", ""
		if p.app.host.Mode() == sites.OwnOrigin {
			f.keptOut = address.KeptOut(r, window.Get("location").Get("origin").String())
		}
	}
}

// draw shows the frame of a site, or an overlay that says why there is none.
func (p *preview) draw(site *sites.Site) {
	p.forget()
	current := ""
	if site != nil {
		current = site.ID
		p.open(site)
	}
	for id, f := range p.frames {
		if f.element != nil {
			setClass(f.element, "shown", id == current)
			// Out of sight is out of the order of focus, too.
			f.element.Set("inert", id != current)
		}
	}
	p.drawOverlay(site)
	p.drawAddress(site)
}

// forget removes the frames of sites that are gone or held back.
func (p *preview) forget() {
	for id, f := range p.frames {
		if s := p.app.site(id); s == nil || s.State == sites.Held {
			if f.element != nil {
				f.element.Call("remove")
			}
			delete(p.frames, id)
		}
	}
}

// open makes the frame of a site that is served and whose worker is there.
func (p *preview) open(site *sites.Site) {
	f := p.frames[site.ID]
	if f == nil {
		f = &frame{since: now()}
		f.place.Load("/")
		p.frames[site.ID] = f
		later(slow+100, p.app.change)
	}
	f.url = site.URL
	if f.element != nil && f.renewed != site.Renewed {
		f.renewed = site.Renewed
		p.navigate(site.ID, f) // what it shows may be the 503 of the worker before
	}
	if f.element != nil || site.State != sites.Ready || site.URL == "" || !site.Worker.State.Serves() {
		return
	}
	f.element = wrap(document.Call("createElement", "iframe"))
	f.element.SetAttribute("title", words.Say("site.preview", site.Name))
	f.element.SetAttribute("sandbox", sandbox)
	f.element.SetAttribute("allow", allowed)
	f.renewed = site.Renewed
	p.navigate(site.ID, f)
	byID("frames").Call("append", f.element.Value)
}

func (p *preview) drawAddress(site *sites.Site) {
	f := p.front()
	off := f == nil || f.element == nil
	for _, e := range all("#bar button, #bar input") {
		e.Set("disabled", off)
	}
	root, path, shown, referred := "", "/", "/", false
	if f != nil {
		path, referred = f.place.Path, f.place.Referred
		shown = address.Readable(path)
		root = strings.TrimSuffix(f.url, "/")
		if _, rest, ok := strings.Cut(root, "://"); ok {
			root = rest
		}
	}
	setText(p.root, root)
	setHidden(p.newTab, off || p.app.tabsApart())
	if !off {
		p.newTab.SetAttribute("href", f.address(path))
	}
	// What is being typed is not written over.
	typing := document.Get("activeElement").Equal(p.path.Value)
	if shown != p.shown && (!typing || input(p.path).Value() == p.shown) {
		input(p.path).SetValue(shown)
		p.shown = shown
	}
	p.drawReferred(referred)
}

// drawReferred says that the address is what the last request said, not what
// was asked for.
func (p *preview) drawReferred(referred bool) {
	if p.asOf.Get("hidden").Bool() != referred {
		return
	}
	setHidden(p.asOf, !referred)
	if referred {
		p.path.SetAttribute("aria-describedby", "as-of")
	} else {
		p.path.RemoveAttribute("aria-describedby")
	}
}
