package site

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// A listing has no links that Windows would take for something else: what is
// listed can be fetched, and what is not listed cannot.
//
// departs: P-5 (gh-104711)
func TestNamesListedOnWindows(t *testing.T) {
	files := fstest.MapFS{}
	names := []string{
		"a.txt", "console.txt", "com.txt", "com10", "nul_", "a b", "#", "é", // ordinary
		"con.txt", "CON", "aux", "Nul.tar.gz", "com1.txt", "lpt\u00b9", "conin$", "dot.", "blank ", "stream.txt:x", "c:", `a\b`, "prn .txt", // not
	}
	for _, name := range names {
		files["d/"+name] = &fstest.MapFile{}
		files["d/dir "+name+"/x"] = &fstest.MapFile{}
	}
	files["d/aux.d/x"] = &fstest.MapFile{}
	for _, windows := range []bool{false, true} {
		s := testSite(t, files)
		s.Windows = windows
		page := ask(t, s, "GET", "/d/", "").body.String()
		entries, err := fs.ReadDir(files, "d")
		if err != nil {
			t.Fatal(err)
		}
		shown := 0
		for _, e := range entries {
			link := string(AppendLink(nil, e.Name()))
			listed := strings.Contains(page, `<li><a href="`+link+`">`) || strings.Contains(page, `<li><a href="`+link+`/">`)
			target := "/d/" + link
			if e.IsDir() {
				target += "/"
			}
			if status := ask(t, s, "GET", target, "").status; listed != (status == 200) {
				t.Errorf("Windows %v: %q: listed %v, and its link gives %d", windows, e.Name(), listed, status)
			}
			if listed {
				shown++
			}
		}
		if all := shown == len(entries); all == windows || shown < 16 {
			t.Errorf("Windows %v: %d of %d names are listed", windows, shown, len(entries))
		}
	}
}
