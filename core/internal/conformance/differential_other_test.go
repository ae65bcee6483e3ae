//go:build !linux && !js

package conformance

import "testing"

func TestDifferential(t *testing.T) {
	t.Skip("serve is compared with python3 -m http.server on Linux only")
}
