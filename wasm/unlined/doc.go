// Command unlined takes the numbers of source lines out of Go programs for
// wasm: what remains of a stack trace is the names of its functions. That makes
// a program 5 % smaller on the wire.
//
//	go run ./wasm/unlined dist/page.wasm dist/sw.wasm
//
// It changes the files in place. A program whose tables it does not know is an
// error, and stays as it is.
package main
