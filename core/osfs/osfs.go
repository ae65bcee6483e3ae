package osfs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Links says what symbolic links below the folder may do.
type Links uint8

const (
	// Follow follows links wherever they lead, as http.server does (P-13).
	Follow Links = iota
	// Inside follows links that stay in the folder. One that leaves it, or is
	// absolute, is ErrLeaves.
	Inside
)

// ErrNotServable is the error for what is neither a regular file nor a
// directory: a FIFO, a socket, a device.
var ErrNotServable = errors.New("neither a regular file nor a directory")

// ErrLeaves is the error for a link that [Inside] refuses. It is an
// fs.ErrPermission.
var ErrLeaves error = leaves{}

type leaves struct{}

func (leaves) Error() string        { return "the link leaves the folder" }
func (leaves) Is(target error) bool { return target == fs.ErrPermission }

// ErrHidden is the error for a file that [Folder.Hide] hides. It is an
// fs.ErrNotExist.
var ErrHidden error = hiddenError{}

type hiddenError struct{}

func (hiddenError) Error() string        { return "the file is hidden" }
func (hiddenError) Is(target error) bool { return target == fs.ErrNotExist }

// Folder is an open folder. Its methods may be called from any goroutine.
// Errors are *fs.PathError.
type Folder struct {
	opener
}

var (
	_ fs.FS        = (*Folder)(nil)
	_ fs.StatFS    = (*Folder)(nil)
	_ fs.ReadDirFS = (*Folder)(nil)
)

// Open opens the folder named dir, in the notation of the host. The error is
// the host's.
func Open(dir string, links Links) (*Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{opener{dir: abs}}
	if err := f.open(dir, links); err != nil {
		return nil, err
	}
	return f, nil
}

// Hide hides a file, such as a log that is written into the folder: Open and
// Stat fail with ErrHidden and listings leave it out, whatever name, hard link
// or symbolic link leads to it. What is compared is the identity of the file
// ([os.SameFile]: device and inode on Unix), so it stays hidden when it is
// renamed, and file may be closed. A file that is not regular is never served,
// so there is nothing to hide.
//
// Call it before the folder is used. A hidden file costs Open and Stat no
// system call on Unix; a listing looks at each entry that is no directory.
func (f *Folder) Hide(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Mode().IsRegular() {
		f.hide(info)
	}
	return nil
}

// Dir returns the name of the folder, absolute, in the notation of the host.
func (f *Folder) Dir() string { return f.dir }

// NonblockingOpen says that Open never waits for a FIFO (see site.NonblockingFS).
func (f *Folder) NonblockingOpen() {}

// Open opens the named regular file or directory. A regular file is an
// io.ReaderAt and an io.Seeker and can be sent by the kernel.
func (f *Folder) Open(name string) (fs.File, error) {
	if !valid(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := f.openFile(name)
	if err != nil {
		return nil, pathError("open", name, err)
	}
	return file, nil
}

// Stat describes the named file, following links as Open does, without
// opening it.
func (f *Folder) Stat(name string) (fs.FileInfo, error) {
	if !valid(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	info, err := f.stat(name)
	if err != nil {
		return nil, pathError("stat", name, err)
	}
	return info, nil
}

// ReadDir lists the named directory, sorted by name. Entries that are gone
// before they could be looked at are left out.
func (f *Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	dir, ok := file.(fs.ReadDirFile)
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	entries, err := dir.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// pathError says which name it was, in the folder's own notation.
func pathError(op, name string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// valid reports whether name is one of this package's names.
func valid(name string) bool {
	if name == "." {
		return true
	}
	for {
		part, rest, more := strings.Cut(name, "/")
		if part == "" || part == "." || part == ".." || strings.IndexByte(part, 0) >= 0 {
			return false
		}
		if !more {
			return true
		}
		name = rest
	}
}
