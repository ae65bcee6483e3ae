package osfs

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"syscall"
)

// openInside opens name below root. What is neither a regular file nor a
// directory, or is hidden, is closed again.
func openInside(root *os.Root, name string, hidden hiddenFiles) (fs.File, error) {
	f, err := root.OpenFile(name, insideFlags, 0)
	if err != nil {
		return nil, insideError(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = ErrNotServable
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	if len(hidden) == 0 {
		return f, nil
	}
	return hidden.filter(f, info, func(entry string) (fs.FileInfo, error) {
		return root.Stat(path.Join(name, entry))
	})
}

func statInside(root *os.Root, name string, hidden hiddenFiles) (fs.FileInfo, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, insideError(err)
	}
	if hidden.has(info) {
		return nil, ErrHidden
	}
	return info, nil
}

// insideError tells a refused link from what the host says: os.Root has no
// name for its refusal, but it is no error number.
func insideError(err error) error {
	var number syscall.Errno
	if errors.As(err, &number) {
		return err
	}
	return ErrLeaves
}
