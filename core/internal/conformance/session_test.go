package conformance

import (
	"io/fs"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
)

// pieces are bytes as they arrive, so many at a time; 0 is all at once.
func pieces(sent string, size int) (list []string) {
	if size == 0 {
		return []string{sent}
	}
	for ; len(sent) > size; sent = sent[size:] {
		list = append(list, sent[:size])
	}
	return append(list, sent)
}

// converse runs one connection in memory and returns the responses in golden
// form.
func converse(p *Profile, fsys fs.FS, sent string, piece int, log *trace.Log) string {
	site := p.Site(fsys)
	client := &sessiontest.Script{In: pieces(sent, piece)}
	session.Serve(client, &session.Config{Handler: site, Rules: p.Rules, Log: log}, handler.ParseAddress("192.0.2.1:50000"))
	return string(AppendResponses(nil, client.Out.String()))
}

// plainResponse is what a case gets, of which only the Date and Server fields
// are made steady.
func plainResponse(p *Profile, fsys fs.FS, sent string) string {
	site := p.Site(fsys)
	client := &sessiontest.Script{In: pieces(sent, 0)}
	session.Serve(client, &session.Config{Handler: site, Rules: p.Rules}, handler.Address{})
	head, rest, _ := strings.Cut(client.Out.String(), "\r\n\r\n")
	return steady(head+"\r\n\r\n") + rest
}

// The corpus through core/session, in memory: natively, and in Node when the
// test is built for GOOS=js. Being watched changes no byte, and neither does
// the size of the pieces that arrive.
func TestSession(t *testing.T) {
	all, err := Cases()
	cases := mustCases(t, all, err)
	files := Files()
	if *update {
		writeGolden(t, "responses.txt", cases, func(p *Profile, c Case) string {
			return converse(p, files, c.Bytes, 0, nil)
		})
		return
	}
	want := golden(responses)
	for i := range Profiles {
		p := &Profiles[i]
		t.Run(p.Name, func(t *testing.T) {
			for _, c := range cases {
				key := [2]string{c.Title, p.Name}
				for _, run := range []struct {
					how   string
					piece int
					log   *trace.Log
				}{
					{"whole", 0, nil},
					{"traced", 0, &trace.Log{}},
					{"in pieces of 7 bytes", 7, nil},
				} {
					if got := converse(p, files, c.Bytes, run.piece, run.log); got != want[key] {
						t.Errorf("%s, %s: got\n%swant\n%s", c.Title, run.how, got, want[key])
					}
				}
			}
		})
	}
}
