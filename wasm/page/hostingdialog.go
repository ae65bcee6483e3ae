//go:build js

package main

import (
	"errors"

	"vitrine/wasm/hosting"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// hostingDialog is where the person says how a site will be hosted.
type hostingDialog struct {
	app     *app
	dialog  element
	title   element
	clean   element
	fields  element
	problem element
	site    string // ID of the site that it is about
}

func newHostingDialog(a *app) *hostingDialog {
	d := &hostingDialog{
		app: a, dialog: byID("hosting"), title: byID("hosting-title"), clean: byID("hosting-clean"),
		fields: byID("hosting-fields"), problem: byID("hosting-problem"),
	}
	on(d.dialog.Value, "submit", func(e event) {
		e.PreventDefault() // the dialog stays where something cannot be sent
		d.apply()
	})
	on(d.fields.Value, "input", func(event) { d.complain("") })
	return d
}

// open shows what a site has now.
func (d *hostingDialog) open(site *sites.Site) {
	if site == nil {
		return
	}
	d.site = site.ID
	o := &site.Hosting
	setText(d.title, words.Say("hosting.title", site.Name))
	for _, e := range d.unknown() {
		radio := input(e)
		radio.SetChecked(radio.Value() == o.Unknown.File())
	}
	input(d.clean).SetChecked(o.CleanURLs)
	d.fields.Set("value", hosting.FormatFields(o.Fields))
	d.complain("")
	d.dialog.Call("showModal")
}

// unknown are the choices of what a path that names no file gets.
func (d *hostingDialog) unknown() []element { return all("#hosting [name=unknown]") }

// add puts fields that go together into the text.
func (d *hostingDialog) add(preset string) {
	fields := hosting.Isolation
	if preset == "any-origin" {
		fields = hosting.AnyOrigin
	}
	d.fields.Set("value", hosting.AddFields(d.fields.Get("value").String(), fields))
	d.complain("")
}

// apply takes what the dialog says, if all of it can be sent.
func (d *hostingDialog) apply() {
	o := hosting.Options{CleanURLs: input(d.clean).Checked()}
	for _, e := range d.unknown() {
		radio := input(e)
		for _, u := range []hosting.Unknown{hosting.Application, hosting.SitesPage} {
			if radio.Checked() && radio.Value() == u.File() {
				o.Unknown = u
			}
		}
	}
	var err error
	o.Fields, err = hosting.ParseFields(d.fields.Get("value").String())
	if e, ok := errors.AsType[*hosting.Error](err); ok {
		d.complain(words.Say(e.Code, e.Args...))
		d.fields.Focus()
		return
	}
	d.dialog.Call("close")
	if site := d.app.site(d.site); site != nil && site.Hosting.Encode() != o.Encode() {
		d.app.host.SetHosting(d.site, o)
	}
}

// complain says what cannot be sent; "" says nothing.
func (d *hostingDialog) complain(text string) {
	setText(d.problem, text)
	if text == "" {
		d.fields.RemoveAttribute("aria-invalid")
	} else {
		d.fields.SetAttribute("aria-invalid", "true")
	}
}
