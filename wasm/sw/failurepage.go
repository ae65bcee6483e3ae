//go:build js

package main

import (
	"errors"
	"strconv"
	"strings"
	"syscall/js"

	"vitrine/core/handler"
	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// Why a site cannot be read, other than what the page says itself.
var (
	errClosed = errors.New(contract.ClosedReason)
	errSilent = errors.New("the tool's page does not respond")
	errSlow   = errors.New("the tool's page took too long to look into the folder")
	errOther  = errors.New("the tool's page is of another version than this site's service worker")
)

// sendAway responds for a site that cannot be read as a whole.
func sendAway(x *handler.Exchange, why error, tool string) error {
	page := failurePage(map[string]string{
		contract.HoleStatus: contract.ClosedStatus,
		contract.HoleTitle:  contract.ClosedTitle,
		contract.HoleReason: why.Error(),
		contract.HoleAdvice: advice(why),
		contract.HoleTool:   tool,
	})
	x.SendResponse(503, "")
	x.SendHeader("Connection", "close")
	x.SendHeader("Content-Type", "text/html;charset=utf-8")
	x.SendHeader("Content-Length", strconv.Itoa(len(page)))
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(page))
}

// advice says what to do about a site that cannot be read.
func advice(why error) string {
	switch {
	case errors.Is(why, errSilent), errors.Is(why, errSlow):
		return "Look at the tool's tab: reload it if it does not respond, then reload this page."
	case errors.Is(why, errOther):
		return "Reload the tool's tab, then reload this page."
	}
	if _, ok := errors.AsType[*remotefs.UnavailableError](why); ok {
		return "Go to the tool's tab, then reload this page."
	}
	advice := contract.ClosedAdvice
	if apart {
		advice += " If it is open: Safari keeps a site in a tab of its own apart from the one in the tool; look at it there."
	}
	return advice
}

// apart says that this browser has a worker of its own for a site in a tab:
// WebKit, which Chromium passes itself off as.
var apart = func() bool {
	navigator := js.Global().Get("navigator")
	if navigator.IsUndefined() { // in Node
		return false
	}
	agent := navigator.Get("userAgent")
	return agent.Type() == js.TypeString && strings.Contains(agent.String(), "AppleWebKit/") && !strings.Contains(agent.String(), "Chrome/")
}()

// failurePage fills the holes of contract.FailurePage.
func failurePage(values map[string]string) []byte {
	var page []byte
	for i, part := range strings.Split(contract.FailurePage, "%") {
		if i%2 == 1 {
			part = strings.ReplaceAll(handler.EscapeHTML(values[part]), `"`, "&quot;")
		}
		page = append(page, part...)
	}
	return page
}
