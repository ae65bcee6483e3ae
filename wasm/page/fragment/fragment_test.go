package fragment_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/fragment/fragmenttest"
)

const document = "../../../web/index.html"

func templates(t *testing.T) map[string]fragmenttest.Template {
	t.Helper()
	found, err := fragmenttest.Templates(document)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 40 {
		t.Fatalf("only %d templates were found", len(found))
	}
	return found
}

func TestList(t *testing.T) {
	var l fragment.List
	if !l.Empty() || l.String() != "" {
		t.Error("the zero value is not empty")
	}
	l.Open("tab")
	l.Attr("title", "a \x00b")
	l.Fill("name", "<b> \x00=onclick x\x00")
	l.Slot("state")
	l.Text("ready")
	l.Put("pill", "")
	l.Bytes("a\n", fragment.ASCII)
	l.Close()
	got, err := fragmenttest.Outline(l.String(), templates(t))
	if err != nil {
		t.Fatal(err)
	}
	const want = `tab([title=a ` + "\uFFFD" + `b] name:"<b> ` + "\uFFFD" + `=onclick x` + "\uFFFD" + `" state:"ready"pill("")"a"glyph("LF"))`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Texts and values cannot become operations.
func FuzzList(f *testing.F) {
	f.Add("\x00>\x00<tab\x00")           // ends and beginnings
	f.Add("\x00=href javascript:x\x00")  // an attribute
	f.Add(" =title x")                   // a value with the sign between name and value
	f.Add("\xff\xfe<\x80>\u202e\u2028é") // bytes that are no text
	f.Fuzz(func(t *testing.T, s string) {
		var l fragment.List
		l.Open("tab")
		l.Attr("title", s)
		l.Attr("data-site", s)
		l.Fill("name", s)
		l.Put("pill", s)
		l.Text(s)
		l.Close()
		fields := strings.Split(l.String(), "\x00")
		clean := strings.ReplaceAll(s, "\x00", "\uFFFD")
		want := []string{"<tab", "=title " + clean, "=data-site " + clean, ":name " + clean, "+pill " + clean, `"` + clean, ">", ""}
		if strings.Join(fields, "|") != strings.Join(want, "|") {
			t.Fatalf("got %q, want %q", fields, want)
		}
	})
}

// The templates and places that the program names are those of the document,
// and it names all of them. Names that are computed are passed as constants
// somewhere, so every constant of that form counts.
func TestTemplatesAreThoseOfTheProgram(t *testing.T) {
	var source strings.Builder
	err := filepath.WalkDir("..", func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		b, err := os.ReadFile(name)
		source.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	known, slots := templates(t), map[string]bool{}
	for name, template := range known {
		if !strings.Contains(source.String(), `"`+name+`"`) {
			t.Errorf("index.html has a template %s, but the program does not name it", name)
		}
		for slot := range template.Slots {
			slots[slot] = true
		}
	}
	for _, m := range regexp.MustCompile(`\.(Open|Put|Slot|Fill)\("([a-z-]+)"`).FindAllStringSubmatch(source.String(), -1) {
		switch _, ok := known[m[2]]; {
		case (m[1] == "Open" || m[1] == "Put") && !ok:
			t.Errorf("the program names a template %s, but index.html has none", m[2])
		case (m[1] == "Slot" || m[1] == "Fill") && !slots[m[2]]:
			t.Errorf("the program names a place %s, but no template of index.html has it", m[2])
		}
	}
	for slot := range slots {
		if !regexp.MustCompile(`\.(Slot|Fill)\("` + slot + `"`).MatchString(source.String()) {
			t.Errorf("a template has a place %s, but nothing is put there", slot)
		}
	}
}
