package site

import (
	"strconv"
	"strings"

	"vitrine/core/handler"
)

// Notes for those who want to know how an answer came to be. They are made
// only while somebody reads them, and the client never sees them: what a file
// system says when it fails is no business of the client.

// noteWalk tells how the target became a name.
func noteWalk(x *handler.Exchange, name string, dir bool) {
	if n := originLen(x.Path); n > 0 {
		x.Note("path", "The target is in absolute-form; only what follows "+x.Path[:n]+" names a file.", "RFC 9112 §3.2.2")
	}
	path, query, fragment := cutTarget(dropOrigin(x.Path))
	if query != "" || fragment != "" {
		x.Note("path", "Query and fragment are cut off: "+path, "http.server")
	}
	text := path
	if !isPlain(path) {
		text = ShownPath(path)
	}
	if text != path {
		x.Note("path", "Percent-decoded, once: "+text, "RFC 3986 §2.1")
	}
	plain := strings.Trim(text, "/")
	if plain == "" {
		plain = "."
	}
	if plain != name {
		x.Note("path", "Without empty parts and dot segments: "+name, "RFC 3986 §5.2.4")
	}
	if dir {
		x.Note("path", "The path ends in a slash, so a directory is asked for.", "http.server")
	}
}

// noteRefused tells why a target names nothing.
func noteRefused(x *handler.Exchange, err error) {
	if x.Tracing() {
		x.Note("path", "The target names nothing: "+err.Error(), "http.server")
	}
}

// noteNotOpened tells what the file system said.
func noteNotOpened(x *handler.Exchange, name string, err error) {
	if x.Tracing() {
		x.Note("file", name+" cannot be opened: "+err.Error(), "http.server")
	}
}

// noteNoDirectory tells why a file is not served under a path with a slash.
func noteNoDirectory(x *handler.Exchange, name string) {
	if x.Tracing() {
		x.Note("path", "The path ends in a slash, but "+name+" is no directory.", "http.server")
	}
}

// noteIndexPage tells which file stands for the directory.
func noteIndexPage(x *handler.Exchange, page string) {
	if x.Tracing() {
		x.Note("path", "The directory has an index page: "+page, "http.server")
	}
}

// noteType tells where a media type comes from.
func noteType(x *handler.Exchange, name, mediaType string) {
	x.Note("type", "The name "+name+" means "+mediaType+"; the content is not looked at.", "RFC 9110 §8.3")
}

// noteLadder tells what became of each field that could decide.
func noteLadder(x *handler.Exchange, d *Decision) {
	for r, step := range d.Steps {
		if step.Verdict == Absent {
			continue
		}
		rung := Rung(r)
		x.Note("decide", rung.String()+": "+step.Value+" - "+step.Verdict.String()+". "+step.Reason(), rung.Section())
	}
	if len(d.Ranges) > 1 {
		x.Note("decide", strconv.Itoa(len(d.Ranges))+" ranges go out as multipart/byteranges.", "RFC 9110 §14.6")
	}
}
