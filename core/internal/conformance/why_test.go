package conformance

import (
	"slices"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
	"vitrine/core/why"
	"vitrine/core/words"
)

// records runs one connection in memory and returns what was recorded.
func records(p *Profile, site handler.Handler, sent string) []*trace.Record {
	log := &trace.Log{}
	session.Serve(&sessiontest.Script{In: pieces(sent, 0)}, &session.Config{Handler: site, Rules: p.Rules, Log: log}, handler.ParseAddress("192.0.2.1:50000"))
	kept, _ := log.Records()
	return kept
}

// decisive are statuses that come of more than a request that was served.
var decisive = map[string]int{
	"fault": 0, "path.redirect": 301, "cond.if-none-match.client-has-it": 304, "cond.if-modified-since.unmodified": 304,
	"cond.range.satisfiable": 206, "cond.multipart": 206, "cond.range.unsatisfiable": 416, "cond.if-match.no-match": 412,
	"cond.if-unmodified-since.modified": 412, "file.not-opened": 404, "file.not-opened.missing": 404, "method.unsupported": 501, "expect.refused": 417,
	"path.not-directory": 404, "path.nul": 404, "path.surrogate": 404,
}

// Each response of the corpus has a verdict with a sentence, and a ladder with
// one rung that was taken, on which nothing follows but what was not reached.
func TestWhy(t *testing.T) {
	all, err := Cases()
	cases := mustCases(t, all, err)
	seen := map[string]bool{}
	for i := range Profiles {
		p := &Profiles[i]
		site := p.Site(Files())
		for _, c := range cases {
			for _, r := range records(p, site, c.Bytes) {
				v := why.Of(r)
				seen[v.Cause] = true
				text := words.SaidText(&v)
				if text == "" || v.Cause == "other" {
					t.Errorf("%s, %s: %d has the verdict %q: %s", c.Title, p.Name, r.Status, v.Cause, text)
				}
				if status := decisive[v.Cause]; status > 0 && r.Status != status {
					t.Errorf("%s, %s: the verdict %s on %d", c.Title, p.Name, v.Cause, r.Status)
				}
				for cause, status := range decisive {
					if status > 0 && status != 404 && r.Status == status && !slices.Contains([]string{cause, "fault"}, v.Cause) && !sharesStatus(v.Cause, status) {
						t.Errorf("%s, %s: %d has the verdict %s", c.Title, p.Name, status, v.Cause)
					}
				}
				checkLadder(t, c.Title+", "+p.Name, r)
			}
		}
	}
	for _, cause := range []string{"fault", "head", "none", "file.found", "path.index", "path.listing", "path.redirect", "file.not-opened.missing", "method.unsupported"} {
		if !seen[cause] {
			t.Errorf("the corpus has no %s", cause)
		}
	}
}

func sharesStatus(cause string, status int) bool { return decisive[cause] == status }

func checkLadder(t *testing.T, title string, r *trace.Record) {
	t.Helper()
	taken := -1
	rungs := why.Ladder(r)
	for i, rung := range rungs {
		switch {
		case rung.State == why.Take && taken >= 0:
			t.Errorf("%s: %s and %s are taken", title, rungs[taken].Code, rung.Code)
		case rung.State == why.Take:
			taken = i
		case rung.State == why.After && taken < 0 || rung.State != why.After && taken >= 0:
			t.Errorf("%s: %s is %s", title, rung.Code, rung.State)
		}
		if words.Rung(&rung) == "" || rung.State != why.After && words.Because(r, &rung) == "" {
			t.Errorf("%s: %s has no words", title, rung.Code)
		}
	}
	if taken < 0 {
		t.Errorf("%s: nothing was taken", title)
	}
}
