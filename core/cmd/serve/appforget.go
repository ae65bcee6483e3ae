package main

import "vitrine/core/handler"

// forget removes what a previewed site has stored in the browser: the bridge
// asks for it when the person removes the site. Clear-Site-Data is the only
// way to what other pages of an origin have stored.
//
// It takes a request of the site's own origin: another site must not be able
// to empty this one. "cookies" is not among the kinds of data, since it means
// the whole registrable domain, which is vitrine.localhost with all sites. The
// cookies of the site's own host are expired one by one.
func (a *app) forget(x *handler.Exchange) error {
	r := readAppRequest(x)
	if x.Headers.Get("Sec-Fetch-Site") != "same-origin" {
		return r.sendError(x, 403, "Only a page of the site itself can have its storage removed")
	}
	x.SendResponse(204, "")
	x.SendHeader("Clear-Site-Data", `"storage", "cache"`)
	x.SendHeader("Cache-Control", "no-store")
	r.sendGuards(x, "")
	expireCookies(x, "")
	return x.EndHeaders()
}
