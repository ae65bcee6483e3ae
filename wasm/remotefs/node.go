//go:build js

package remotefs

import (
	"strings"
	"syscall/js"
)

// Code is why a name leads nowhere.
type Code uint8

const (
	Exists      Code = iota // it leads to a file or a directory
	NotExist                // there is nothing of that name
	Permission              // the browser does not let the page read it now
	Failed                  // reading failed; Node.Reason says how
	Changed                 // the file is not any more what the browser was given: browserfs.ErrChanged
	Unavailable             // the whole site cannot be read now; Node.Reason says why and what to do
)

// Node is what a name leads to.
type Node struct {
	Code   Code
	Reason string // for people; the log shows it, the client never sees it

	Dir  bool
	Size int64    // of a file, in bytes
	Time int64    // of a file's last change, in ms since 1970; 0 if unknown
	Blob js.Value // of a file: its content
	// Provable says that reading Blob fails as soon as the file is not what it
	// was when the browser gave it.
	Provable bool

	// Index is the first index page that a directory has of those asked for,
	// IndexNode what it leads to. Those before it do not exist.
	Index     string
	IndexNode *Node
	// Entries are the entries of a directory, if Listed.
	Entries []Entry
	Listed  bool
}

// Entry is one name in a directory.
type Entry struct {
	Name string
	Dir  bool
}

func (n *Node) encode() js.Value {
	o := object()
	switch {
	case n.Code != Exists:
		o.Set("code", int(n.Code))
		o.Set("reason", n.Reason)
	case n.Dir:
		o.Set("dir", true)
		if n.IndexNode != nil {
			o.Set("index", n.Index)
			o.Set("indexNode", n.IndexNode.encode())
		}
		if n.Listed {
			o.Set("entries", joinEntries(n.Entries))
		}
	default:
		o.Set("size", n.Size)
		o.Set("time", n.Time)
		o.Set("blob", n.Blob)
		if n.Provable {
			o.Set("provable", true)
		}
	}
	return o
}

// maxEntries bounds the entries of one directory, as text.
const maxEntries = 256 << 20

// decodeNode reads a node. An index page has no index page: the message for a
// directory ends there, even where an object contains itself.
func decodeNode(o js.Value, mayHaveIndex bool) (n *Node, err error) {
	if o.Type() != js.TypeObject {
		return nil, Error("no node")
	}
	n = &Node{}
	if property(o, "code").Type() == js.TypeNumber {
		n.Code, n.Reason = Code(Number(o, "code")), Text(o, "reason")
		if n.Code == Exists || n.Code > Unavailable {
			return nil, Error("an unknown code")
		}
		return n, nil
	}
	if Bool(o, "dir") {
		n.Dir = true
		if n.Index = Text(o, "index"); n.Index != "" {
			if !mayHaveIndex {
				return nil, Error("an index page of an index page")
			}
			if n.IndexNode, err = decodeNode(property(o, "indexNode"), false); err != nil {
				return nil, err
			}
		}
		if list := property(o, "entries"); list.Type() == js.TypeString {
			if objectClass.Invoke(list).Get("length").Int() > maxEntries {
				return nil, Error("a directory that is too large")
			}
			n.Entries, n.Listed = splitEntries(list.String()), true
		}
		return n, nil
	}
	n.Size, n.Time, n.Blob, n.Provable = Number(o, "size"), Number(o, "time"), property(o, "blob"), Bool(o, "provable")
	if n.Blob.Type() != js.TypeObject || !n.Blob.InstanceOf(blobClass) {
		return nil, Error("a file without content")
	}
	return n, nil
}

// A list of entries crosses as one string, because each value that crosses
// costs about a microsecond: each name behind a letter for its kind, a slash,
// which no name contains, between two.
func joinEntries(entries []Entry) string {
	var b strings.Builder
	for i, e := range entries {
		if i > 0 {
			b.WriteByte('/')
		}
		if e.Dir {
			b.WriteByte('d')
		} else {
			b.WriteByte('f')
		}
		b.WriteString(e.Name)
	}
	return b.String()
}

func splitEntries(s string) []Entry {
	if s == "" {
		return nil
	}
	entries := make([]Entry, 0, strings.Count(s, "/")+1)
	for more := true; more; {
		var e string
		e, s, more = strings.Cut(s, "/")
		if len(e) > 1 {
			entries = append(entries, Entry{Name: e[1:], Dir: e[0] == 'd'})
		}
	}
	return entries
}
