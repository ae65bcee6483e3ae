// Package fragmenttest reads what package fragment writes, for tests.
package fragmenttest

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// Template is a template of index.html: the places it has, and its HTML.
type Template struct {
	Slots map[string]bool
	HTML  string
}

var (
	template = regexp.MustCompile(`(?s)<template id="t-([a-z-]+)">(.*?)</template>`)
	slots    = regexp.MustCompile(`data-slot="([a-z-]+)"`)
)

// Templates returns the templates of a document by their names.
func Templates(file string) (map[string]Template, error) {
	html, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	found := map[string]Template{}
	for _, m := range template.FindAllStringSubmatch(string(html), -1) {
		t := Template{map[string]bool{}, m[2]}
		for _, s := range slots.FindAllStringSubmatch(m[2], -1) {
			t.Slots[s[1]] = true
		}
		found[m[1]] = t
	}
	return found, nil
}

// attributes are those that web/fill.js sets.
var attributes = regexp.MustCompile(`^(class|id|title|tabindex|href|x|width|value|start|(aria|data)-[a-z-]+)$`)

// Outline is a description as one reads it: row[id=r1](n:1 m:"GET"), with
// clones by the names of their templates, their attributes in brackets, what
// is put into them in parentheses, and a place before what it gets. It is an
// error if web/fill.js could not make nodes of the description.
func Outline(list string, templates map[string]Template) (string, error) {
	var b strings.Builder
	var stack []string
	known := func(name string) error {
		if _, ok := templates[name]; !ok {
			return fmt.Errorf("there is no template %q", name)
		}
		return nil
	}
	at := func(slot string) error {
		if len(stack) == 0 || !templates[stack[len(stack)-1]].Slots[slot] {
			return fmt.Errorf("there is no place %q in %q", slot, stack)
		}
		return nil
	}
	for list != "" {
		field, rest, ok := strings.Cut(list, "\x00")
		if !ok || field == "" {
			return "", fmt.Errorf("an operation without end at %q", list)
		}
		list = rest
		op, operand := field[0], field[1:]
		name, value, _ := strings.Cut(operand, " ")
		var err error
		switch op {
		case '<':
			err = known(operand)
			stack = append(stack, operand)
			fmt.Fprintf(&b, "%s(", operand)
		case '>':
			if len(stack) == 0 || operand != "" {
				return "", fmt.Errorf("an end of nothing: %q", field)
			}
			stack = stack[:len(stack)-1]
			b.WriteString(")")
		case '.':
			err = at(operand)
			fmt.Fprintf(&b, " %s:", operand)
		case '"':
			fmt.Fprintf(&b, "%q", operand)
		case '=':
			if !attributes.MatchString(name) || len(stack) == 0 {
				return "", fmt.Errorf("an attribute that is not set: %q", field)
			}
			if name == "href" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "#i-") {
				return "", fmt.Errorf("an address that is not set: %q", field)
			}
			fmt.Fprintf(&b, "[%s=%s]", name, value)
		case '+':
			err = known(name)
			fmt.Fprintf(&b, "%s(%q)", name, value)
		case ':':
			err = at(name)
			fmt.Fprintf(&b, " %s:%q", name, value)
		default:
			return "", fmt.Errorf("no operation: %q", field)
		}
		if err != nil {
			return "", err
		}
	}
	if len(stack) > 0 {
		return "", fmt.Errorf("not closed: %q", stack)
	}
	return b.String(), nil
}
