// Package copyas writes the request of a trace.Record down for other tools:
// as a command of curl, as a call of fetch(), as a program in Python, for
// printf and nc, and with its response as raw bytes and as Markdown.
//
// The one rule: a copy sends exactly the bytes of the record, or says what it
// does not. What a tool cannot express gets the reason as a comment, and the
// bytes for printf and nc in its place. A request that was rebuilt, and
// credentials that were taken out, are said in every format.
//
// Bytes of a record are hostile. What is appended is printable ASCII and line
// feeds only, so that it can be pasted into a terminal, and no byte of a
// request leaves the quotes that it is put in.
package copyas
