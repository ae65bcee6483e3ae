//go:build js

package main

import (
	"errors"
	"strconv"
	"strings"

	"vitrine/wasm/remotefs"
)

// Why a site cannot be read, other than what the page says itself.
var (
	errClosed = errors.New("the tool's page is closed, and the files of this site are with it")
	errSilent = errors.New("the tool's page does not answer")
	errSlow   = errors.New("the tool's page took too long to look into the folder")
	errOther  = errors.New("the tool's page is of another version than this site's service worker")
)

// awayPage says what happened, why, and what to do.
func awayPage(code int, text string, why error, tool string) (mediaType string, page []byte) {
	what := "Open the tool again in a tab of this browser, then reload this page."
	switch {
	case errors.Is(why, errSilent), errors.Is(why, errSlow):
		what = "Look at the tool's tab: reload it if it does not respond, then reload this page."
	case errors.Is(why, errOther):
		what = "Reload the tool's tab, then reload this page."
	}
	var away *remotefs.UnavailableError
	if errors.As(why, &away) {
		what = "Go to the tool's tab, then reload this page."
	}
	number := strconv.Itoa(code)
	return "text/html;charset=utf-8", []byte(`<!DOCTYPE HTML>
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
