package loads

import (
	"fmt"
	"testing"
	"time"

	"vitrine/core/trace"
)

var began = time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)

// sequence makes records as a browser's requests come.
type sequence struct {
	Loads
	n int64
}

func (s *sequence) ask(site, client, mode, target, referrer string, status int, location string) string {
	s.n++
	r := &trace.Record{ID: s.n, Site: site, Source: trace.Rebuilt, Status: status, Size: 10, Start: began.Add(time.Duration(s.n) * time.Millisecond), Elapsed: 5 * time.Millisecond}
	r.Request.Target.Text = target
	r.Browser = trace.Browser{Client: client, Mode: mode, Referrer: referrer}
	if location != "" {
		r.Response.Fields = trace.Fields{{Name: trace.Part{Text: "Location"}, Value: trace.Part{Text: location}}}
	}
	l := s.Of(r)
	return fmt.Sprintf("%d %s", l.ID, l.Path)
}

func TestLoads(t *testing.T) {
	var s sequence
	for _, tc := range []struct {
		site, client, mode, target, referrer string
		status                               int
		location, want                       string
	}{
		{"a", "", "navigate", "/", "", 200, "", "1 /"},
		{"a", "c1", "no-cors", "/a.css", "http://a.test/", 200, "", "1 /"},
		// Another tab of the site, and a page of another site.
		{"a", "", "navigate", "/b/", "", 200, "", "3 /b/"},
		{"b", "", "navigate", "/", "", 200, "", "4 /"},
		{"a", "c1", "cors", "/late.json", "http://a.test/", 404, "", "1 /"},
		{"a", "c2", "no-cors", "/b/x.js", "http://a.test/b/", 200, "", "3 /b/"},
		{"b", "c9", "no-cors", "/x.js", "", 200, "", "4 /"},
		// A redirect and the page that it leads to are one load.
		{"a", "", "navigate", "/about", "", 301, "/about/", "8 /about"},
		{"a", "", "navigate", "/about/", "", 200, "", "8 /about"},
		{"a", "c3", "no-cors", "/about.png", "http://a.test/about/", 200, "", "8 /about"},
		// No page is known of this one.
		{"c", "c5", "cors", "/data", "", 200, "", "0 "},
	} {
		if got := s.ask(tc.site, tc.client, tc.mode, tc.target, tc.referrer, tc.status, tc.location); got != tc.want {
			t.Errorf("%s %s: got %s, want %s", tc.site, tc.target, got, tc.want)
		}
	}
	l := s.all[0]
	if l.Requests != 3 || l.Failed != 1 || l.Bytes != 30 || l.End.Sub(l.Start) != 9*time.Millisecond {
		t.Errorf("got %+v", l)
	}
}

// A site's script can make up clients.
func TestBound(t *testing.T) {
	var s sequence
	s.ask("a", "", "navigate", "/", "", 200, "")
	for i := range 2 * maxClients {
		s.ask("a", fmt.Sprint(i), "cors", "/x", "", 200, "")
	}
	if len(s.clients) > maxClients || len(s.all) != 1 {
		t.Errorf("%d clients, %d loads", len(s.clients), len(s.all))
	}
	keys := map[int64]bool{}
	for range 2 * maxLoads {
		s.ask("a", "", "navigate", "/", "", 200, "")
		l := s.Last("a")
		if keys[l.Key] {
			t.Fatalf("two loads have key %d", l.Key)
		}
		keys[l.Key] = true
	}
	if len(s.all) > maxLoads {
		t.Errorf("%d loads are kept", len(s.all))
	}
}
