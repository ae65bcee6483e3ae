// Package remotefs is a folder at the other side of a port: the page has it,
// the service worker of the site serves it. [Remote] is the folder as the
// worker sees it, [Lookup] is the page's response to one of its questions, and
// the messages between them are plain objects that structured clone can carry.
//
// The one rule: every object carries the version of this grammar. A page and
// a worker of different builds can meet, because a worker outlives the page
// that installed it; they find out by [VersionError], never by a wrong field.
//
// The page to bridge and bridge to worker hand-over of the port itself is in
// web/bridge.js and worker/sw.js: it has to work before any program runs.
package remotefs

import "strconv"

// Version is the version of the grammar. It changes when any message does.
const Version = 1

// VersionError says that the other side speaks another version.
type VersionError struct{ Got int }

func (e *VersionError) Error() string {
	return "message of version " + strconv.Itoa(e.Got) + ", this program speaks " + strconv.Itoa(Version)
}

// Error is a message that cannot be understood.
type Error string

func (e Error) Error() string { return "message: " + string(e) }
