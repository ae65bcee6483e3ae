// Package remotefs is a folder at the other side of a port: the page has it,
// the service worker of the site serves it. [Remote] is the folder as the
// worker sees it, [Lookup] is the page's response to one of its questions, and
// the messages between them are plain objects that structured clone can carry.
//
// The one rule: every object carries the version of this grammar. A page and
// a worker of different builds can meet, because a worker outlives the page
// that installed it; they find out by [VersionError], never by a wrong field.
//
// How the two get the port is in wasm/contract, with a version of its own: it
// has to work between programs whose messages differ.
package remotefs

import (
	"strconv"

	"vitrine/wasm/contract"
)

// Version is the version of the grammar. It changes when any message does; the
// worker of another version is updated, see contract.Update.
const Version = contract.PortVersion

// VersionError says that the other side speaks another version.
type VersionError struct{ Got int }

func (e *VersionError) Error() string {
	return "message of version " + strconv.Itoa(e.Got) + ", this program speaks " + strconv.Itoa(Version)
}

// Error is a message that cannot be understood.
type Error string

func (e Error) Error() string { return "message: " + string(e) }
