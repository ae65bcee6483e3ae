// Package embedfs gives embedded files the time that go:embed leaves out.
// Without one a response has no Last-Modified and no entity tag.
package embedfs

import (
	"io"
	"io/fs"
	"time"
)

// Dated returns an embed.FS, or a part of one, in which every file was last
// modified at the given time. Directories keep their own, absent time.
func Dated(fsys fs.FS, at time.Time) fs.FS { return dated{fsys, at} }

type dated struct {
	fs.FS
	at time.Time
}

// NonblockingOpen marks what has no FIFOs: see site.NonblockingFS.
func (dated) NonblockingOpen() {}

func (d dated) Open(name string) (fs.File, error) {
	f, err := d.FS.Open(name)
	if err != nil {
		return nil, err
	}
	switch f := f.(type) {
	case fs.ReadDirFile:
		return directory{f, d.at}, nil
	case sections:
		return file{f, d.at}, nil
	}
	return f, nil
}

// sections is a file of which parts can be read, as embedded ones can.
type sections interface {
	fs.File
	io.ReaderAt
	io.Seeker
}

type file struct {
	sections
	at time.Time
}

func (f file) Stat() (fs.FileInfo, error) {
	i, err := f.sections.Stat()
	if err != nil {
		return nil, err
	}
	return info{i, f.at}, nil
}

type info struct {
	fs.FileInfo
	at time.Time
}

func (i info) ModTime() time.Time { return i.at }

type directory struct {
	fs.ReadDirFile
	at time.Time
}

func (d directory) ReadDir(n int) ([]fs.DirEntry, error) {
	entries, err := d.ReadDirFile.ReadDir(n)
	for i, e := range entries {
		if !e.IsDir() {
			entries[i] = entry{e, d.at}
		}
	}
	return entries, err
}

type entry struct {
	fs.DirEntry
	at time.Time
}

func (e entry) Info() (fs.FileInfo, error) {
	i, err := e.DirEntry.Info()
	if err != nil {
		return nil, err
	}
	return info{i, e.at}, nil
}
