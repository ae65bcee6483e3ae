package view

import (
	"vitrine/core/terms"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/words"
)

// Slip appends the explanation of a term. value says what the value of the
// field means here, "" if that cannot be told; others is in how many other
// exchanges of the log it stands; try says that the request can be typed
// without it.
func Slip(l *fragment.List, t *terms.Term, value string, others int, try bool) {
	l.Open("slip")
	l.Attr("aria-label", words.Say("slip.label", t.Name))
	l.Fill("name", Clip(t.Name, maxWord))
	l.Fill("use", use(t)+".")
	l.Slot("text")
	l.Bytes(Clip(t.Text, maxLine), fragment.UTF8)
	if value != "" {
		l.Slot("value")
		l.Text(words.Say("slip.here") + " ")
		l.Bytes(Clip(value, maxLine), fragment.UTF8)
	}
	l.Slot("row")
	if url := RefURL(t.Ref); url != "" {
		l.Open("reference")
		l.Attr("href", url)
		l.Text(t.Ref)
		l.Close()
	} else {
		l.Put("small", t.Ref)
	}
	if others > 0 {
		l.Open("slip-others")
		l.Attr("data-name", t.Name)
		l.Text(words.Plural("slip.others", int64(others)))
		l.Close()
	}
	if try {
		l.Put("slip-without", "")
	}
	l.Close()
}

// use says what kind of thing a term is.
func use(t *terms.Term) string {
	code := "use." + t.Kind.String()
	if t.Kind == terms.Field && t.Use != "" {
		code += "-" + t.Use
	}
	said := words.Say(code)
	switch t.Status {
	case "deprecated", "obsoleted", "experimental", "provisional", "unregistered":
		said = words.Say("use.with", said, t.Status)
	}
	return said
}

// SlipNone appends what is said of a word that has no explanation.
func SlipNone(l *fragment.List, name, code string) {
	l.Open("slip")
	l.Attr("aria-label", words.Say("slip.label", Clip(name, maxWord)))
	l.Fill("name", Clip(name, maxWord))
	l.Fill("text", words.Say(code))
	l.Close()
}
