package sites

import (
	"time"

	"vitrine/wasm/hosting"
)

// Kind is where the files of a site are.
type Kind uint8

const (
	Handle Kind = iota // behind a directory handle: every lookup sees the disk as it is
	Files              // in a list of File objects of this page
	Copy               // copied into IndexedDB when the folder was dropped
	Sample             // built in
)

var kindNames = [...]string{"handle", "files", "copy", "sample"}

func (k Kind) String() string { return kindNames[k] }

// NoCopy is why there is no copy of files that end with the page.
type NoCopy uint8

const (
	NotMade  NoCopy = iota // there is one, or none is made yet
	TooLarge               // they are more than is copied
	Refused                // the browser did not store it
)

// Site is a snapshot of one site.
type Site struct {
	ID, Name string
	Kind     Kind
	State    State
	Problem  *Message // for all states after Ready: what, why, and what to do
	Worker   Worker
	Renewed  int // how often the preview has to be loaded again: the worker was replaced, or the files were
	Created  time.Time
	URL      string // of the root of the preview
	Hosting  hosting.Options

	Files, Dirs int    // counted so far
	Bytes       int64  // of content, counted so far
	MoreBytes   bool   // not every file was asked for its size: there are more than Bytes
	Folder      string // being read now; "" when nothing is
	Counted     bool   // false while counting goes on
	Cut         bool   // counting stopped at MaxCount or was cancelled: there is more

	Gone         bool      // its folder was not where it was, and nothing was read there since
	Index        bool      // an index page is at the root
	SharesOrigin bool      // its scripts share the tool's origin (OneOrigin)
	CopiedAt     time.Time // when the copy was made; zero if there is none
	NoCopy       NoCopy    // why it was not made
	ListedAt     time.Time // when its files were handed over as a list, which does not change; zero if it is no list
	Whole        bool      // it is one folder or archive of that name, not loose files
	Archive      bool      // its files are in an archive that the browser gave as a file
}

// Frozen reports whether a site is served as it was when it was handed over,
// whatever became of its files on the disk.
func (s *Site) Frozen() bool { return s.Kind == Copy || !s.ListedAt.IsZero() }

// Follows reports whether a site is served as it is on the disk now.
func (s *Site) Follows() bool { return s.Kind != Sample && !s.Frozen() }

// CanReadAgain reports whether the folder of a site can be read again: as it is, or
// by being opened again in a folder dialogue.
func (s *Site) CanReadAgain() bool { return s.Kind != Sample && (!s.Frozen() || s.Whole && !s.Archive) }
