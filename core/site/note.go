package site

import (
	"strconv"
	"strings"

	"vitrine/core/conditional"
	"vitrine/core/handler"
	"vitrine/core/trace"
)

// Steps for those who want to know how a response came to be. They are made
// only while they are recorded, and the client never sees them: what a file
// system says when it fails is no business of the client.

// noteWalk tells how the target became a name.
func noteWalk(x *handler.Exchange, name string, dir bool) {
	if n := originLen(x.Path); n > 0 {
		x.Step(trace.PathAbsolute, x.Path[:n])
	}
	path, query, fragment := cutTarget(dropOrigin(x.Path))
	if query != "" || fragment != "" {
		x.Step(trace.PathCut, path)
	}
	text := path
	if !isPlain(path) {
		text = ShownPath(path)
	}
	if text != path {
		x.Step(trace.PathDecoded, text)
	}
	plain := strings.Trim(text, "/")
	if plain == "" {
		plain = "."
	}
	if plain != name {
		x.Step(trace.PathCleaned, name)
	}
	if dir {
		x.Step(trace.PathSlash)
	}
}

// noteRefused tells why a target names nothing.
func noteRefused(x *handler.Exchange, err error) {
	switch {
	case !x.Tracing():
	case err == ErrNUL:
		x.Step(trace.PathNUL)
	case err == ErrSurrogate:
		x.Step(trace.PathSurrogate)
	case err == ErrWindowsName:
		x.Step(trace.PathWindows)
	default:
		x.Step(trace.PathRefused, err.Error())
	}
}

// noteNotOpened tells what the file system said.
func noteNotOpened(x *handler.Exchange, name string, err error) {
	if x.Tracing() {
		x.Step(trace.FileNotOpened, name, err.Error())
	}
}

// noteNoDirectory tells why a file is not served under a path with a slash.
func noteNoDirectory(x *handler.Exchange, name string) { x.Step(trace.PathNotDirectory, name) }

// noteIndexPage tells which file stands for the directory.
func noteIndexPage(x *handler.Exchange, page string) { x.Step(trace.PathIndex, page) }

// noteType tells where a media type comes from.
func noteType(x *handler.Exchange, name, mediaType string) {
	x.Step(trace.TypeByName, name, mediaType)
}

// condCodes are the codes of the preconditions.
var condCodes = [...]trace.Code{
	conditional.IfMatch: trace.CondIfMatch, conditional.IfUnmodifiedSince: trace.CondIfUnmodifiedSince, conditional.IfNoneMatch: trace.CondIfNoneMatch,
	conditional.IfModifiedSince: trace.CondIfModifiedSince, conditional.IfRange: trace.CondIfRange, conditional.Range: trace.CondRange,
}

// noteEvaluation tells what became of each field that could decide.
func noteEvaluation(x *handler.Exchange, d *conditional.Decision) {
	for p, outcome := range d.Evaluation {
		if outcome.Verdict != conditional.Absent {
			x.Step(condCodes[p], outcome.Value, outcome.Verdict.String(), outcome.Reason())
		}
	}
	if len(d.Ranges) > 1 {
		x.Step(trace.CondMultipart, strconv.Itoa(len(d.Ranges)))
	}
}
