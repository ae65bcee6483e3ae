package served

import (
	"errors"
	"hash/fnv"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"vitrine/core/conditional"
	"vitrine/core/trace"
	"vitrine/wasm/decimal"
)

// file is a file that a response was made of, or one that was looked for.
type file struct {
	name   string // as io/fs has it
	listed bool   // it is a directory whose entries were sent
	// state is what tells two contents apart: an entity tag without its mark
	// of weakness, the number of entries and a hash of them, or one of those
	// below. It is "" if it is not known.
	state string
}

// changed reports whether f is not what it was. Of the entries of a directory
// a response tells the number alone.
func (f *file) changed(now string) bool {
	return f.state != "" && f.state != now && !(f.listed && strings.HasPrefix(now, f.state+" "))
}

const (
	missing   = "missing"
	directory = "directory"
)

// targetPath is the path of a request-target.
func targetPath(r *trace.Record) string {
	path, _, _ := strings.Cut(r.Request.Target.Text, "?")
	return path
}

// filesOf finds in the reasons of a response which files it is about.
func filesOf(r *trace.Record) (files []file) {
	name := targetPath(r)
	add := func(f file) {
		if fs.ValidPath(f.name) && len(files) < maxFiles {
			files = append(files, f)
		}
	}
	tag, _ := r.Response.Fields.Lookup("ETag")
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind != trace.Note || len(s.Args) == 0 {
			continue
		}
		switch s.Code {
		case trace.PathCut, trace.PathDecoded, trace.PathCleaned:
			name = s.Args[0]
		case trace.PathListing:
			if n, ok := decimal.Parse(s.Args[0]); ok && n <= MaxListed {
				add(file{directoryName(name), true, s.Args[0]})
			}
		case trace.FileNotOpened:
			add(file{name: s.Args[0], state: missing})
		case trace.TypeByName:
			add(file{name: s.Args[0], state: strings.TrimPrefix(tag, "W/")})
		case trace.FallbackNotFound:
			add(file{name: s.Args[0]})
		}
	}
	return files
}

// directoryName is the name of the directory that a path leads to.
func directoryName(path string) string {
	if name := strings.Trim(path, "/"); name != "" {
		return name
	}
	return "."
}

// stateOf is the state of a file as it is now, "" if that cannot be known.
func stateOf(fsys fs.FS, name string, listed bool) string {
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid):
		return missing
	case err != nil:
		return ""
	case info.IsDir() && listed:
		return listingState(fsys, name)
	case info.IsDir():
		return directory
	}
	// What is settled by now has a strong tag.
	tag := conditional.EntityTag(info.Size(), info.ModTime(), info.ModTime().Add(time.Hour))
	if tag == "" {
		tag = strconv.FormatInt(info.Size(), 10)
	}
	return tag
}

// listingState is the state of a directory that is listed: it tells two sets of entries of a directory apart.
func listingState(fsys fs.FS, name string) string {
	entries, err := fs.ReadDir(fsys, name)
	if err != nil {
		return ""
	}
	sum := fnv.New64a()
	for _, e := range entries {
		sum.Write([]byte(e.Name()))
		if e.IsDir() {
			sum.Write([]byte("/"))
		}
		sum.Write([]byte{0})
	}
	return strconv.Itoa(len(entries)) + " " + strconv.FormatUint(sum.Sum64(), 16)
}
