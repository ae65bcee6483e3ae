package osfs

import (
	"io/fs"
	"os"
	"slices"
)

// hiddenFiles are files that are not there for those who ask for them.
type hiddenFiles []fs.FileInfo

func (h hiddenFiles) has(info fs.FileInfo) bool {
	return slices.ContainsFunc(h, func(hidden fs.FileInfo) bool { return os.SameFile(hidden, info) })
}

// filter closes f if it is hidden. If it is a directory, its listing leaves
// hidden files out: stat follows the link that an entry of it may be.
func (h hiddenFiles) filter(f *os.File, info fs.FileInfo, stat func(entry string) (fs.FileInfo, error)) (fs.File, error) {
	if h.has(info) {
		f.Close()
		return nil, ErrHidden
	}
	if !info.IsDir() {
		return f, nil
	}
	return &filteredDir{f, func(entry string) bool {
		info, err := stat(entry)
		return err == nil && h.has(info)
	}}, nil
}

// filteredDir is a directory whose listing leaves entries out.
type filteredDir struct {
	*os.File
	hides func(entry string) bool
}

var _ fs.ReadDirFile = (*filteredDir)(nil)

func (d *filteredDir) ReadDir(n int) ([]fs.DirEntry, error) { return readVisible(d.File, n, d.hides) }

// readVisible is dir.ReadDir without the entries that are hidden. Like it, it
// returns no entry without an error only at the end of the directory.
func readVisible(dir *os.File, n int, hides func(entry string) bool) ([]fs.DirEntry, error) {
	for {
		entries, err := dir.ReadDir(n)
		read := len(entries)
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && hides(e.Name()) })
		if err != nil || n <= 0 || read == 0 || len(entries) > 0 {
			return entries, err
		}
	}
}
