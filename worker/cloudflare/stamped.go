package main

import (
	"io"
	"io/fs"
	"time"
)

// stamped gives every file of an embedded file system one time of
// modification.
type stamped struct {
	fs.FS
	at time.Time
}

// NonblockingOpen marks what has no FIFOs: see site.NonblockingFS.
func (stamped) NonblockingOpen() {}

// Open opens a file. Directories keep their own, absent time.
func (s stamped) Open(name string) (fs.File, error) {
	f, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if sections, ok := f.(sections); ok {
		return stampedFile{sections, s.at}, nil
	}
	return f, nil
}

// sections is a file of which parts can be read, as embedded ones can.
type sections interface {
	fs.File
	io.ReaderAt
	io.Seeker
}

type stampedFile struct {
	sections
	at time.Time
}

func (f stampedFile) Stat() (fs.FileInfo, error) {
	info, err := f.sections.Stat()
	if err != nil {
		return nil, err
	}
	return stampedInfo{info, f.at}, nil
}

type stampedInfo struct {
	fs.FileInfo
	at time.Time
}

func (i stampedInfo) ModTime() time.Time { return i.at }
