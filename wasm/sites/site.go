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

// Site is a snapshot of one site.
type Site struct {
	ID, Name string
	Kind     Kind
	State    State
	Problem  *Message // for all states after Ready: what, why, and what to do
	Worker   Worker
	Renewed  int // how often a worker of another version than the page was replaced
	Created  time.Time
	URL      string // of the root of the preview
	Hosting  hosting.Options

	Files, Dirs int    // counted so far
	Bytes       int64  // of content, counted so far
	MoreBytes   bool   // not every file was asked for its size: there are more than Bytes
	Folder      string // being read now; "" when nothing is
	Counted     bool   // false while counting goes on
	Cut         bool   // counting stopped at MaxCount or was cancelled: there is more

	Index        bool      // an index page is at the root
	SharesOrigin bool      // its scripts share the tool's origin (OneOrigin)
	CopiedAt     time.Time // when the copy was made; zero if there is none
}
