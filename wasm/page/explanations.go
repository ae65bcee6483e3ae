//go:build js

package main

import (
	"vitrine/core/terms"
)

// explanations are what words of a message mean, from a text that is loaded
// beside the page.
type explanations struct{ table *terms.Table }

func newTerms(a *app) *explanations {
	x := &explanations{}
	fetchText("terms.txt", func(text string) { x.table, _ = terms.Parse(text) })
	return x
}

// of finds a word; ok is false for one that is not explained.
func (x *explanations) of(kind, name string) (t terms.Term, ok bool) {
	if x.table == nil {
		return t, false
	}
	switch kind {
	case terms.Method.String():
		return x.table.Method(name)
	case terms.Status.String():
		code := 0
		for _, c := range name {
			code = code*10 + int(c-'0')
			if code > 999 {
				return t, false
			}
		}
		return x.table.Status(code)
	case terms.Field.String():
		return x.table.Field(name)
	}
	return x.table.Token(name)
}

// value is what the value of a field means. date is the Date of the response.
func (x *explanations) value(field, value string, request bool, date string) string {
	if x.table == nil {
		return ""
	}
	return x.table.Value(field, value, request, date)
}
