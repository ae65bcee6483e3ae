package conformance

import (
	"io"
	"io/fs"
	"strings"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/session"
	"vitrine/core/trace"
)

// peer is a session.Transport in memory: a client that sends in, some bytes
// at a time, closes its side and keeps what comes back.
type peer struct {
	in    string
	piece int // bytes of one Read; 0 is as many as fit
	out   strings.Builder
}

func (p *peer) Await(session.Phase) {}

func (p *peer) Read(b []byte) (int, error) {
	if p.in == "" {
		return 0, io.EOF
	}
	if p.piece > 0 && len(b) > p.piece {
		b = b[:p.piece]
	}
	n := copy(b, p.in)
	p.in = p.in[n:]
	return n, nil
}

func (p *peer) Write(b []byte) (int, error) { return p.out.Write(b) }

func (p *peer) SendContent(head []byte, c handler.Content) (int64, error) {
	p.out.Write(head)
	return c.WriteTo(&p.out)
}

// converse runs one connection in memory and returns the answers in golden
// form.
func converse(p *Profile, fsys fs.FS, sent string, piece int, log *trace.Log) string {
	site := p.Site(fsys)
	client := &peer{in: sent, piece: piece}
	session.Serve(client, &session.Config{Handler: site, Rules: p.Rules, Log: log}, handler.ParseAddress("192.0.2.1:50000"))
	return string(AppendAnswers(nil, client.out.String()))
}

// plainAnswer is what a case gets, of which only the Date and Server fields
// are made steady.
func plainAnswer(p *Profile, fsys fs.FS, sent string) string {
	site := p.Site(fsys)
	client := &peer{in: sent}
	session.Serve(client, &session.Config{Handler: site, Rules: p.Rules}, handler.Address{})
	head, rest, _ := strings.Cut(client.out.String(), "\r\n\r\n")
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
		writeGolden(t, "answers.txt", cases, func(p *Profile, c Case) string {
			return converse(p, files, c.Bytes, 0, nil)
		})
		return
	}
	want := golden(answers)
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
