//go:build !unix

package folder

import (
	"io/fs"
	"os"
	"path/filepath"
)

// opener holds the folder's handle: its name to follow links from, or a root
// that links cannot leave.
type opener struct {
	dir   string // absolute
	links Links
	root  *os.Root
}

const insideFlags = os.O_RDONLY

func (o *opener) open(dir string, links Links) (err error) {
	o.links = links
	o.root, err = os.OpenRoot(dir)
	return err
}

// Close closes the folder. Files that are open stay open.
func (o *opener) Close() error { return o.root.Close() }

func (o *opener) openFile(name string) (fs.File, error) {
	if o.links == Inside {
		return openInside(o.root, name)
	}
	// There is no way to open without waiting here, so a device is refused
	// before it is opened.
	info, err := o.stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, ErrNotServable
	}
	return os.Open(filepath.Join(o.dir, filepath.FromSlash(name)))
}

func (o *opener) stat(name string) (fs.FileInfo, error) {
	if o.links == Inside {
		return statInside(o.root, name)
	}
	return os.Stat(filepath.Join(o.dir, filepath.FromSlash(name)))
}
