package main

import (
	_ "embed"
	"strings"
)

// Rule is one rule of http.server's behaviour.
type Rule struct {
	ID    string // "R-3"
	Title string // a few words
	Text  string // a sentence or two; empty where the title says it all
	Group string // "Request line"; the letters of ID stand for it
}

//go:embed rules.txt
var ruleList string

// Rules returns all rules in the order of the list. In the list a line
// "# R: Request line" begins a group, any other line a rule, and lines that
// begin with a tab are the text of the rule above.
func Rules() (rules []Rule) {
	group := ""
	for line := range strings.Lines(ruleList) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "":
		case line[0] == '#':
			_, group, _ = strings.Cut(line, ": ")
		case line[0] == '\t':
			last := &rules[len(rules)-1]
			last.Text = strings.TrimSpace(last.Text + " " + line[1:])
		default:
			id, title, _ := strings.Cut(line, " ")
			rules = append(rules, Rule{ID: id, Title: title, Group: group})
		}
	}
	return rules
}
