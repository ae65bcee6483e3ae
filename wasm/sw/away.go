//go:build js

package main

import (
	"errors"
	"strconv"
	"strings"

	"vitrine/core/handler"
	"vitrine/core/status"
	"vitrine/wasm/remotefs"
)

// Why a site cannot be read, other than what the page says itself.
var (
	errClosed = errors.New("the tool's page is closed, and the files of this site are with it")
	errSilent = errors.New("the tool's page does not answer")
	errSlow   = errors.New("the tool's page took too long to look into the folder")
	errOther  = errors.New("the tool's page is of another version than this site's service worker")
)

// sendAway responds for a site that cannot be read as a whole.
func sendAway(x *handler.Exchange, why error, tool string) error {
	page := awayPage(503, status.Phrase(503), why, tool)
	x.SendResponse(503, "")
	x.SendHeader("Connection", "close")
	x.SendHeader("Content-Type", "text/html;charset=utf-8")
	x.SendHeader("Content-Length", strconv.Itoa(len(page)))
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(page))
}

// awayPage says what happened, why, and what to do.
func awayPage(code int, text string, why error, tool string) []byte {
	what := "Open the tool again in a tab of this browser, then reload this page."
	switch {
	case errors.Is(why, errSilent), errors.Is(why, errSlow):
		what = "Look at the tool's tab: reload it if it does not respond, then reload this page."
	case errors.Is(why, errOther):
		what = "Reload the tool's tab, then reload this page."
	}
	if _, ok := errors.AsType[*remotefs.UnavailableError](why); ok {
		what = "Go to the tool's tab, then reload this page."
	}
	number := strconv.Itoa(code)
	return []byte(`<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light dark; font-family: system-ui; } body { max-width: 38rem; margin: 3rem auto; padding: 0 1rem; line-height: 1.5; }</style>
<title>` + number + ` ` + escape(text) + `</title>
</head>
<body>
<h1>This site is not being served now</h1>
<p>Error code: ` + number + ` ` + escape(text) + `. Reason: ` + escape(why.Error()) + `.</p>
<p>` + what + `</p>
<p><a href="` + escape(tool) + `" target="_blank" rel="noopener">Open the tool</a></p>
</body>
</html>
`)
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
