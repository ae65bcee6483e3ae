//go:build !unix

package osfs

import (
	"io/fs"
	"os"
	"path/filepath"
)

// opener holds the folder's handle: its name to follow links from, or a root
// that links cannot leave.
type opener struct {
	dir    string // absolute
	links  Links
	root   *os.Root
	hidden hiddenFiles
	kept   keeper
}

func (o *opener) hide(info fs.FileInfo) { o.hidden = append(o.hidden, info) }

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
		return openInside(o.root, name, o.hidden)
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
	file, err := os.Open(filepath.Join(o.dir, filepath.FromSlash(name)))
	if err != nil || len(o.hidden) == 0 {
		return file, err
	}
	if info, err = file.Stat(); err != nil {
		file.Close()
		return nil, err
	}
	return o.hidden.filter(file, info, func(entry string) (fs.FileInfo, error) {
		return os.Stat(filepath.Join(o.dir, filepath.FromSlash(name), entry))
	})
}

func (o *opener) stat(name string) (fs.FileInfo, error) {
	if o.links == Inside {
		return statInside(o.root, name, o.hidden)
	}
	info, err := os.Stat(filepath.Join(o.dir, filepath.FromSlash(name)))
	if err == nil && o.hidden.has(info) {
		return nil, ErrHidden
	}
	return info, err
}
