//go:build js

package filefs

import (
	"errors"
	"io/fs"

	"vitrine/wasm/promise"
)

// reason turns what JavaScript said into what io/fs says, where it has a word
// for it.
func reason(err error) error {
	var e *promise.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Name {
	case "NotFoundError":
		return fs.ErrNotExist
	case "NotAllowedError", "SecurityError":
		return fs.ErrPermission
	case "NotReadableError":
		return ErrChanged
	}
	return e
}
