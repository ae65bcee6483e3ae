//go:build js

package host

import "time"

// State is how far a site has come.
type State uint8

const (
	Reading     State = iota // the list of its files is being read; not served yet
	Ready                    // served; counting may still go on, see Site.Counted
	NeedsGrant               // the browser wants one click before it reads the folder again
	NeedsFolder              // the files are gone with the last page; drop the folder again
	Failed                   // it cannot be served; see Site.Problem
	Held                     // the page stopped, or nearly, while it was loaded: Load loads it again
)

var stateNames = [...]string{"reading", "ready", "needs grant", "needs folder", "failed", "held"}

func (s State) String() string { return stateNames[s] }

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

// Mode is how a site is kept apart from the tool.
type Mode uint8

const (
	// OwnOrigin gives each site an origin: http://SITE.vitrine.localhost:PORT/.
	OwnOrigin Mode = iota
	// OneOrigin serves sites below the tool, at BASE/s/SITE/: previewed
	// scripts share the tool's origin.
	OneOrigin
)

func (m Mode) String() string {
	if m == OneOrigin {
		return "one origin"
	}
	return "own origin"
}

// Site is a snapshot of one site.
type Site struct {
	ID, Name string
	Kind     Kind
	State    State
	URL      string // of the root of the preview

	Files, Dirs int    // counted so far
	Bytes       int64  // of content, counted so far
	MoreBytes   bool   // not every file was asked for its size: there are more than Bytes
	Folder      string // being read now; "" when nothing is
	Counted     bool   // false while counting goes on
	Cut         bool   // counting stopped at MaxCount or was cancelled: there is more

	Index        bool      // an index page is at the root
	SharesOrigin bool      // its scripts share the tool's origin (OneOrigin)
	CopiedAt     time.Time // Kind Copy: when the copy was made; it does not change with the disk
	Problem      string    // for all states after Ready: what, why, and what to do
}

// Notice is something the person should know that belongs to no request.
type Notice struct {
	ID   string // stable name: "worker-updated", "storage-full", …
	Site string // its site; "" if it concerns all
	Text string // what happened, why, and what to do
	Bad  bool
}
