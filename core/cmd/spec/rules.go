package main

import (
	_ "embed"
	"strings"
)

// Rule is one rule of http.server's behaviour.
type Rule struct {
	ID    string // "R-3"
	Title string // a few words
}

//go:embed rules.txt
var ruleList string

// Rules returns all rules in the order of the list.
func Rules() (rules []Rule) {
	for line := range strings.Lines(ruleList) {
		id, title, _ := strings.Cut(strings.TrimSpace(line), " ")
		rules = append(rules, Rule{id, title})
	}
	return rules
}
