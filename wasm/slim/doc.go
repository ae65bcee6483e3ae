// Command slim makes Go programs for wasm smaller on the wire, by a fifth:
//
//	go run ./wasm/slim dist/page.wasm dist/sw.wasm
//
// It takes out what a stack trace can do without, which is lines and
// arguments (the names of functions stay), and writes the rest of the tables
// that the runtime has of functions in a way that compresses: a function that
// runs when the program is instantiated sets them up. The code stays as it is.
//
// It changes the files in place. With another version of Go than it knows it
// says so and leaves them as they are, which is as good but for their size.
package main
