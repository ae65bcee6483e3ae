//go:build js

package browserfs

import (
	"errors"
	"io/fs"
	"syscall"

	"vitrine/wasm/promise"
)

// Reason turns what JavaScript said into what io/fs says, where it has a word
// for it.
func Reason(err error) error {
	e, ok := errors.AsType[*promise.Error](err)
	if !ok {
		return err
	}
	switch e.Name {
	case "NotFoundError":
		return fs.ErrNotExist
	case "NotAllowedError", "SecurityError":
		return fs.ErrPermission
	case "NotReadableError", "AbortError": // the second is what Firefox says of a File whose file is gone
		return ErrChanged
	}
	return e
}

// Errors that io/fs and package syscall, which hackpadfs goes by, each have a
// value of their own for; these are both.
var (
	ErrInvalid = &twofold{fs.ErrInvalid, syscall.EINVAL}
	ErrNotDir  = &twofold{errors.New("not a directory"), syscall.ENOTDIR}
)

type twofold struct {
	error
	other error
}

func (e *twofold) Is(target error) bool { return target == e.other }
func (e *twofold) Unwrap() error        { return e.error }
