//go:build js

package host

import "vitrine/wasm/remotefs"

// Peek is the file of that name as the site has it now, for one who looks at an
// exchange. It may wait for the browser.
func (h *Host) Peek(id, name string) *remotefs.Node {
	return h.look(id, remotefs.Look{Name: name})
}
