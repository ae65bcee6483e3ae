// Package terms explains the words of an HTTP message: every registered
// method, status code and field, and what else a message is made of, each in
// one or two sentences with where it is defined.
//
// The one rule: the sentences are not in this package. They are a text, which
// a page fetches when someone asks and package english has for programs that
// run natively, so that a program that never explains pays nothing for them.
//
// The text has a section for each kind, in any order:
//
//	text    = *( *( comment LF ) head LF *( entry LF ) )
//	comment = "#" *CHAR
//	head    = "= " kind                ; method, status, field, token or value
//	entry   = name 1*( " | " column )  ; sorted by name: in lower case, methods as they are
//
// The columns of an entry are those of a [Term] in its order: where it is
// used, its form, its status, its reference, the sentences. One without a value
// is "-". Those of the kind value have one column, a sentence of [Table.Value].
package terms
