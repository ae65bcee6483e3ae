package conformance

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"vitrine/core/http1"
)

//go:embed testdata/fetch.json
var fetchJSON []byte

// manifest is testdata/fetch.json: all that a test in a browser needs.
type manifest struct {
	About       string
	Tree        []file
	Fetches     []Fetch
	LeftOut     []LeftOut
	Differences []Difference
}

// file is an Entry for a program in another language: text, or fill bytes of
// which the one at i is i % 251.
type file struct {
	Name string `json:"name"`
	Mod  int64  `json:"mod"`
	Text string `json:"text,omitempty"`
	Fill int    `json:"fill,omitempty"`
}

// The part of the corpus that a fetch can express is written down with the
// responses that the session gives, for the test in a browser.
func TestFetchManifest(t *testing.T) {
	all, err := Cases()
	cases := mustCases(t, all, err)
	m := manifest{
		About:       "Made by go test -update in core/internal/conformance. The responses are those of plain serve with the style that the browser edition gives to http.server's own pages. A name in tree that ends in a slash is an empty directory; mod is in seconds; fill is a number of bytes, the one at i being i % 251.",
		Differences: Differences,
	}
	for _, e := range Tree {
		if !strings.HasPrefix(e.Name, "posix/") {
			m.Tree = append(m.Tree, file{e.Name, e.ModTime().Unix(), e.Text, e.Fill})
		}
	}
	plain, files := &InBrowser, Files()
	for _, c := range cases {
		f, why := c.Express()
		if why != "" {
			m.LeftOut = append(m.LeftOut, LeftOut{c.Title, why})
			continue
		}
		f.expect(t, plainResponse(plain, files, c.Bytes))
		m.Fetches = append(m.Fetches, f)
	}
	if len(m.Fetches) < 150 {
		t.Errorf("a fetch can express %d cases, want at least 150", len(m.Fetches))
	}

	b := m.lines(t)
	if *update {
		if err := os.WriteFile("testdata/fetch.json", b, 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("wrote testdata/fetch.json: %d fetches, %d left out", len(m.Fetches), len(m.LeftOut))
		return
	}
	if !bytes.Equal(b, fetchJSON) {
		t.Error("testdata/fetch.json is not what the corpus gives: run go test -update and read the difference")
	}
}

// lines is m as JSON, each element of its lists on a line of its own, so that
// a difference can be read.
func (m *manifest) lines(t *testing.T) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	encode := func(v any) {
		if err := e.Encode(v); err != nil {
			t.Fatal(err)
		}
		b.Truncate(b.Len() - 1) // the line feed of Encode
	}
	b.WriteString("{\"about\": ")
	encode(m.About)
	list(&b, encode, "tree", m.Tree)
	list(&b, encode, "fetches", m.Fetches)
	list(&b, encode, "leftOut", m.LeftOut)
	list(&b, encode, "differences", m.Differences)
	b.WriteString("}\n")
	return b.Bytes()
}

func list[E any](b *bytes.Buffer, encode func(any), name string, elements []E) {
	b.WriteString(",\n\"" + name + "\": [")
	for i, e := range elements {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		encode(e)
	}
	b.WriteString("\n]")
}

// expect fills in what a page must see of a response.
func (f *Fetch) expect(t *testing.T, sent string) {
	t.Helper()
	conn := http1.NewConn(http1.Client, http1.Rules{})
	if _, err := conn.Append(nil, &http1.Request{Method: f.Method, Target: "/", Fields: http1.Fields{{Name: "Host", Value: "x"}}}); err != nil {
		t.Fatalf("%s: %v", f.Title, err)
	}
	if _, err := conn.Append(nil, &http1.End{}); err != nil {
		t.Fatalf("%s: %v", f.Title, err)
	}
	conn.Receive([]byte(sent))
	conn.ReceiveEOF()
	content := ""
	for {
		ev, err := conn.Next()
		if err != nil {
			t.Fatalf("%s: %v in %q", f.Title, err, sent)
		}
		switch ev := ev.(type) {
		case *http1.Response:
			f.Status, f.Reason, f.Response = ev.Status, ev.Reason, nil
			for _, field := range ev.Fields {
				f.Response = append(f.Response, [2]string{field.Name, field.Value})
			}
			continue
		case *http1.Data:
			content += string(ev.Bytes)
			continue
		case *http1.End:
			f.Length, f.SHA256 = len(content), Hash(content)
			return
		}
		t.Fatalf("%s: no whole response in %q", f.Title, sent)
	}
}
