//go:build js

package browserfs

import (
	"syscall/js"

	"vitrine/wasm/promise"
)

// readWhole is the size up to which Unchanged reads a whole file, in bytes.
const readWhole = 64 << 10

// Unchanged fails with ErrChanged if a File is not any more what it was when
// the browser gave it, as far as reading it shows. Chromium refuses to read
// such a file. Firefox reads what is there now: in a part of it no more than
// there is, so that the last byte of a file that became shorter is missing; in
// the whole file all there is, so that one that grew is longer than it says. A
// large file is not read whole for that. A change that keeps the size is not
// seen.
func Unchanged(file js.Value) error {
	part, want := file, int64(file.Get("size").Float())
	if want > readWhole {
		part, want = file.Call("slice", want-1, want), 1
	}
	content, err := promise.Call(part, "arrayBuffer")
	if err != nil {
		return Reason(err)
	}
	if int64(content.Get("byteLength").Float()) != want {
		return ErrChanged
	}
	return nil
}
