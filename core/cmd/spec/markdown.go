package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

const preface = `<!-- Written by "make spec" from core/cmd/spec/rules.txt and the comments of the tests. -->

# Rules

What Python 3.14's ` + "`http.server`" + ` does, in numbered rules, and what a better server does (X). Comments, tests and the table of departures name rules by these ids.

Each rule tells the behaviour of http.server, not of Vitrine. *Shown by* names the tests that show that Vitrine does the same, or what an X rule asks for; *departs* those that show where it deliberately does something else, with the rule that asks for it.
`

// Markdown is the document: each rule under a heading of its id.
func Markdown(rules []Rule, tags []Tag) []byte {
	var out bytes.Buffer
	out.WriteString(preface)
	group := ""
	for _, r := range rules {
		if r.Group != group {
			group = r.Group
			letters, _, _ := strings.Cut(r.ID, "-")
			title := letters + ": " + group
			if letters == group {
				title = group
			}
			fmt.Fprintf(&out, "\n## %s\n", title)
		}
		fmt.Fprintf(&out, "\n### %s\n\n**%s.**", r.ID, upper(r.Title))
		if r.Text != "" {
			out.WriteString(" " + escape(r.Text))
		}
		out.WriteString("\n")
		list(&out, "Shown by", tags, func(t Tag) bool { return t.Rule == r.ID && !t.Departs })
		list(&out, "Departs", tags, func(t Tag) bool { return t.Rule == r.ID && t.Departs })
	}
	return out.Bytes()
}

// list writes a line with the tests of all tags that are chosen, each once.
func list(out *bytes.Buffer, label string, tags []Tag, chosen func(Tag) bool) {
	var tests []string
	for _, t := range tags {
		if !chosen(t) {
			continue
		}
		folder, name, _ := strings.Cut(t.Test, " ")
		test := "`" + folder + "` " + name
		if t.Because != "" {
			test += " (" + escape(t.Because) + ")"
		}
		if !slices.Contains(tests, test) {
			tests = append(tests, test)
		}
	}
	if len(tests) > 0 {
		fmt.Fprintf(out, "\n*%s:* %s\n", label, strings.Join(tests, ", "))
	}
}

func upper(s string) string {
	return strings.ToUpper(s[:1]) + escape(s[1:])
}

// escape keeps Markdown from reading the text of a rule as its own.
var escape = strings.NewReplacer("<", "&lt;", "*", `\*`, "_", `\_`).Replace

// Problems says which rules have no test, and where a rule is named that does
// not exist.
func Problems(rules []Rule, tags []Tag, mentions []Mention) (problems []string) {
	known, shown := map[string]bool{}, map[string]bool{}
	for _, r := range rules {
		known[r.ID] = true
	}
	for _, t := range tags {
		shown[t.Rule] = true
		if !known[t.Rule] {
			problems = append(problems, fmt.Sprintf("%s names %s: no such rule", t.Test, t.Rule))
		}
	}
	for _, m := range mentions {
		if !known[m.Rule] {
			problems = append(problems, fmt.Sprintf("%s:%d names %s: no such rule", m.File, m.Line, m.Rule))
		}
	}
	for _, r := range rules {
		if !shown[r.ID] {
			problems = append(problems, "no test shows "+r.ID)
		}
	}
	return problems
}
