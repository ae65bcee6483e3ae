package lint_test

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/internal/conformance"
	"vitrine/core/lint"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
)

var update = flag.Bool("update", false, "rewrite the golden files")

//go:embed testdata/corpus.txt
var corpus string

// shownTitles is how many cases of one note the table names.
const shownTitles = 20

// serve has one connection served and returns the records of its log.
func serve(h handler.Handler, config session.Config, sent string) []*trace.Record {
	log := &trace.Log{}
	config.Handler, config.Log = h, log
	session.Serve(&sessiontest.Script{In: []string{sent}}, &config, handler.ParseAddress("192.0.2.1:50000"))
	records, _ := log.Records()
	return records
}

// asFetch is the request of a fetch as package wasm/fetch rebuilds it.
func asFetch(f *conformance.Fetch) string {
	fields := f.Fields
	slices.SortFunc(fields, func(a, b [2]string) int { return strings.Compare(strings.ToLower(a[0]), strings.ToLower(b[0])) })
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: site.vitrine.localhost:8001\r\n", f.Method, f.Target)
	for _, f := range fields {
		value := []byte{}
		for _, c := range f[1] { // Latin-1
			value = append(value, byte(c))
		}
		fmt.Fprintf(&b, "%s: %s\r\n", strings.ToLower(f[0]), value)
	}
	if f.Content != "" {
		fmt.Fprintf(&b, "content-length: %d\r\n", len(f.Content))
	}
	return b.String() + "\r\n" + f.Content
}

// The table says of which cases of the parity corpus each note is made: a
// person has judged every line of it. What changes it is seen. CheckOwn misses
// none of them.
func TestCorpus(t *testing.T) {
	cases, err := conformance.Cases()
	if err != nil {
		t.Fatal(err)
	}
	files := conformance.Files()
	var table []string
	for i := range conformance.Profiles {
		p := &conformance.Profiles[i]
		for _, door := range []string{"socket", "fetch"} {
			if door == "fetch" && p.Name != "plain" { // sites of the browser edition are plain
				continue
			}
			notes := map[string][]string{}
			exchanges := 0
			for _, c := range cases {
				config, sent := session.Config{Rules: p.Rules}, c.Bytes
				if door == "fetch" {
					f, why := c.Express()
					if why != "" {
						continue
					}
					config.Source, config.Rules, sent = trace.Rebuilt, p.Rules, asFetch(&f)
				}
				records := serve(p.Site(files), config, sent)
				for i, r := range records {
					if r.IsExchange() {
						exchanges++
					}
					all := lint.CheckIn(r, records[:i])
					for _, n := range all {
						notes[n.ID] = append(notes[n.ID], c.Title)
					}
					if own := lint.CheckOwn(r, records[:i]); !reflect.DeepEqual(own, all) {
						t.Errorf("%s: our own server gives reason for %+v, CheckOwn has %+v", c.Title, all, own)
					}
				}
			}
			table = append(table, fmt.Sprintf("= %s, %s: %d exchanges", p.Name, door, exchanges))
			for _, e := range lint.Catalogue() {
				titles := notes[e.ID]
				if len(titles) == 0 {
					continue
				}
				line := fmt.Sprintf("%s %s %d", e.ID, e.Level, len(titles))
				if len(titles) <= shownTitles {
					line += ": " + strings.Join(titles, "; ")
				}
				table = append(table, line)
			}
		}
	}
	got := strings.Join(table, "\n") + "\n"
	if *update {
		if err := os.WriteFile("testdata/corpus.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != corpus {
		t.Errorf("the notes on the corpus are\n%s\nwant\n%s\nrun go test -update and judge each line that differs", got, corpus)
	}
}
