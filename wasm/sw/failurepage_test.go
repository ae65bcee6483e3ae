//go:build js

package main

import (
	"strings"
	"testing"

	"vitrine/wasm/contract"
	"vitrine/wasm/remotefs"
)

// Every value is in the page, and none of them as markup.
func TestFailurePage(t *testing.T) {
	values := map[string]string{
		contract.HoleStatus: "503 Service <Unavailable>",
		contract.HoleTitle:  "a & b",
		contract.HoleReason: "100%title%",
		contract.HoleAdvice: "<script>",
		contract.HoleTool:   `http://tool/"><script>`,
	}
	page := string(failurePage(values))
	if strings.Contains(page, "<script>") || strings.Contains(page, "<Unavailable>") {
		t.Errorf("got %s", page)
	}
	for _, want := range []string{
		"<title>503 Service &lt;Unavailable&gt;</title>", "<h1>a &amp; b</h1>", "Reason: 100%title%.",
		"<p>&lt;script&gt;</p>", `href="http://tool/&quot;&gt;&lt;script&gt;"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in %s", want, page)
		}
	}
}

func TestAdvice(t *testing.T) {
	for why, want := range map[error]string{
		errClosed:                               "Open the tool again",
		errSilent:                               "reload it if it does not respond",
		errSlow:                                 "reload it if it does not respond",
		errOther:                                "Reload the tool's tab",
		&remotefs.UnavailableError{Reason: "x"}: "Go to the tool's tab",
	} {
		if got := advice(why); !strings.Contains(got, want) {
			t.Errorf("%v: got %q, want %q in it", why, got, want)
		}
	}
}
