package conformance

import (
	_ "embed"
	"testing"

	"vitrine/core/internal/servetest"
)

//go:embed testdata/byte-responses.txt
var byteResponses string

// The corpus over a socket, served by the program itself from a folder on
// disk: the same golden responses.
func TestSocket(t *testing.T) {
	dir := t.TempDir()
	if err := WriteTo(dir, Tree); err != nil {
		t.Fatal(err)
	}
	all, err := Cases()
	cases := mustCases(t, all, err)
	want := golden(responses)
	for i := range Profiles {
		p := &Profiles[i]
		t.Run(p.Name, func(t *testing.T) {
			// The corpus names hosts of its own.
			server := startServe(t, dir, append([]string{"--allow-host", "*"}, p.Flags...)...)
			each(16, cases, func(_ int, c Case) {
				got := string(AppendResponses(nil, overSocket(t, server.Addr, c.Bytes)))
				if want := want[[2]string{c.Title, p.Name}]; got != want {
					t.Errorf("%s: got\n%swant\n%s", c.Title, got, want)
				}
			})
		})
	}
}

// Names that are no UTF-8 exist on disks only, so their responses have a golden
// file of their own.
func TestByteNames(t *testing.T) {
	dir := t.TempDir()
	if err := WriteTo(dir, ByteTree); err != nil {
		t.Fatal(err)
	}
	all, err := ByteCases()
	cases := mustCases(t, all, err)
	response := map[string]*servetest.Process{}
	for i := range Profiles {
		response[Profiles[i].Name] = startServe(t, dir, append([]string{"--allow-host", "*"}, Profiles[i].Flags...)...)
	}
	one := func(p *Profile, c Case) string {
		return string(AppendResponses(nil, overSocket(t, response[p.Name].Addr, c.Bytes)))
	}
	if *update {
		writeGolden(t, "byte-responses.txt", cases, one)
		return
	}
	want := golden(byteResponses)
	for i := range Profiles {
		p := &Profiles[i]
		for _, c := range cases {
			if got, want := one(p, c), want[[2]string{c.Title, p.Name}]; got != want {
				t.Errorf("%s, %s: got\n%swant\n%s", c.Title, p.Name, got, want)
			}
		}
	}
}
