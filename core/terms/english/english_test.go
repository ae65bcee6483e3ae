package english

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vitrine/core/terms"
)

// entries are the lines of the text, by kind and in order, each as its columns.
func entries(t *testing.T) map[string][][]string {
	t.Helper()
	found, kind := map[string][][]string{}, ""
	for line := range strings.Lines(Text()) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "= "); ok {
			kind = name
		} else if line != "" && line[0] != '#' {
			found[kind] = append(found[kind], strings.Split(line, " | "))
		}
	}
	return found
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	forms = map[string][]string{
		"field":  {"single", "list", "lines"},
		"method": {"-", "idempotent", "safe idempotent"},
		"token":  {"-"},
	}
	statuses = map[string][]string{
		"field":  {"permanent", "provisional", "deprecated", "obsoleted", "unregistered"},
		"method": {"permanent", "reserved", "unregistered"},
		"status": {"permanent", "temporary", "deprecated", "obsoleted", "unused", "unregistered"},
		"token":  {"-"},
	}
	reference = regexp.MustCompile(`^RFC (\d{3,5})(?: §((?:\d+|[A-Z])(?:\.\d+)*))?$`)
	document  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 .,()-]+$`)
)

// maxText is how long an explanation may be, in characters: two sentences.
const maxText = 240

// Each entry has its columns in their form, and is in its place.
func TestEntries(t *testing.T) {
	sections := map[string]string{} // of an RFC, those that exist
	for line := range strings.Lines(read(t, "sections.txt")) {
		if rfc, all, ok := strings.Cut(strings.TrimPrefix(line, "RFC "), " "); ok {
			sections[rfc] = " " + strings.TrimSpace(all) + " "
		}
	}
	checked, total := 0, 0
	for kind, list := range entries(t) {
		if kind == "value" {
			continue
		}
		last := ""
		for _, e := range list {
			total++
			if len(e) != 6 {
				t.Errorf("%s %q has %d columns", kind, e, len(e))
				continue
			}
			name, use, form, status, ref, text := e[0], e[1], e[2], e[3], e[4], e[5]
			order := name
			if kind != "method" {
				order = strings.ToLower(name)
			}
			if order <= last {
				t.Errorf("%s %s is not in its place", kind, name)
			}
			last = order
			if !slices.Contains([]string{"request", "response", "both"}, use) || !slices.Contains(statuses[kind], status) {
				t.Errorf("%s %s: %q, %q", kind, name, use, status)
			}
			if all := forms[kind]; all != nil && !slices.Contains(all, form) {
				t.Errorf("%s %s: %q", kind, name, form)
			}
			if n := utf8.RuneCountInString(text); n == 0 || n > maxText || text != strings.TrimSpace(text) || !strings.HasSuffix(text, ".") {
				t.Errorf("%s %s: %d characters: %q", kind, name, n, text)
			}
			m := reference.FindStringSubmatch(ref)
			switch {
			case m == nil && !document.MatchString(ref), m == nil && strings.HasPrefix(ref, "RFC "):
				t.Errorf("%s %s: %q is no reference", kind, name, ref)
			case m != nil && m[2] != "" && sections[m[1]] != "":
				checked++
				if !strings.Contains(sections[m[1]], " "+m[2]+" ") {
					t.Errorf("%s %s: %s does not exist", kind, name, ref)
				}
			}
		}
	}
	if total < 450 || checked < 180 {
		t.Errorf("%d entries, %d sections that were looked up", total, checked)
	}
}

// Each name of IANA's registries is there, with its status.
func TestRegistries(t *testing.T) {
	for block := range strings.SplitSeq(read(t, "registry.txt"), "\n\n") {
		head, names, _ := strings.Cut(block, "\n")
		kind, what, _ := strings.Cut(head, " ")
		for name := range strings.FieldsSeq(names) {
			var term terms.Term
			var ok bool
			switch kind {
			case "field":
				term, ok = Table().Field(strings.ToUpper(name))
				ok = ok && term.Name == name && term.Status == what
			case "method":
				term, ok = Table().Method(name)
				ok = ok && term.Form == what && term.Status != "unregistered"
			case "status":
				code, phrase, _ := strings.Cut(name, "=")
				n := int(code[0]-'0')*100 + int(code[1]-'0')*10 + int(code[2]-'0')
				term, ok = Table().Status(n)
				ok = ok && term.Form == strings.ReplaceAll(phrase, "_", " ") && term.Status != "unregistered"
			}
			if !ok && kind != "#" {
				t.Errorf("%s %s, %q: got %+v", kind, name, what, term)
			}
		}
	}
}

// And what is said to be in a registry is there.
func TestNothingIsRegisteredByUs(t *testing.T) {
	registered := map[string]bool{}
	for block := range strings.SplitSeq(read(t, "registry.txt"), "\n\n") {
		head, names, _ := strings.Cut(block, "\n")
		kind, _, _ := strings.Cut(head, " ")
		for name := range strings.FieldsSeq(names) {
			name, _, _ = strings.Cut(name, "=")
			registered[kind+" "+name] = true
		}
	}
	if len(registered) < 350 {
		t.Fatalf("%d names in the registries", len(registered))
	}
	for kind, list := range entries(t) {
		for _, e := range list {
			if kind != "token" && kind != "value" && (e[3] != "unregistered") != registered[kind+" "+e[0]] {
				t.Errorf("%s %s is %s", kind, e[0], e[3])
			}
		}
	}
}

// What browsers send without its being registered is explained, and so is each
// token that package terms names.
func TestUsual(t *testing.T) {
	for _, name := range strings.Fields(`sec-ch-ua sec-ch-ua-mobile sec-ch-ua-platform sec-fetch-site sec-fetch-mode sec-fetch-dest
		sec-fetch-user upgrade-insecure-requests dnt priority save-data purpose x-forwarded-for x-forwarded-proto x-forwarded-host
		x-requested-with x-content-type-options x-xss-protection x-powered-by service-worker service-worker-allowed proxy-connection`) {
		if _, ok := Table().Field(name); !ok {
			t.Errorf("%s is not explained", name)
		}
	}
	source, err := os.ReadFile("../term.go")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(source), "// Names of tokens")
	tokens := regexp.MustCompile(`= "([^"]+)"`).FindAllStringSubmatch(block, -1)
	if len(tokens) < 25 {
		t.Errorf("%d tokens", len(tokens))
	}
	for _, m := range tokens {
		if _, ok := Table().Token(m[1]); !ok {
			t.Errorf("%s is not explained", m[1])
		}
	}
	for _, class := range []string{"1xx", "2xx", "3xx", "4xx", "5xx"} {
		if _, ok := Table().Token(class); !ok {
			t.Errorf("%s is not explained", class)
		}
	}
}
