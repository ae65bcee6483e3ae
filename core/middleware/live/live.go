// Package live is middleware that has browsers show a page again when a file
// of the site has changed: a style sheet is swapped in the page, anything else
// loads the page again.
//
// A script is added to the end of each HTML page, listings and error pages
// included. It listens to server-sent events (HTML Living Standard §9.2) under
// a path of its own. Files are sent from where they are: the script follows
// them, and their length says so.
//
// The one rule: a page that missed a change while it was not listening hears
// of it when it listens again.
package live

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// Paths that are the middleware's own.
const (
	ScriptPath = "/.vitrine/live.js"
	EventsPath = "/.vitrine/live"
)

// Bounds.
const (
	maxListeners = 256 // pages that listen at once; more get 503
	maxChanges   = 256 // that are kept for pages that come back
	maxNames     = 64  // of one change; one with more is a change of everything
)

// beat is how often a page that hears nothing gets a comment, so that neither
// end takes the connection for dead.
const beat = 20 * time.Second

// tag is what is added to a page. An element behind </html> is put into the
// body by every parser of HTML. It says how far the page is: what changes before
// its script listens is told then.
func (l *Live) tag() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return `<script src="` + ScriptPath + "?since=" + l.id(l.last) + `"></script>` + "\n"
}

//go:embed live.js
var script []byte

// Live tells pages of changes. Make one with [New].
type Live struct {
	run string // tells this run of the server from others

	mu        sync.Mutex
	changes   []change // the last ones
	last      int      // number of the newest, from 1
	listeners map[chan struct{}]bool
	closed    chan struct{}
	isClosed  bool
}

// change is what happened at once.
type change struct {
	number int
	paths  []string // of style sheets; nil is a change of anything else
}

// New returns a Live without listeners.
func New() *Live {
	return &Live{
		run:       strconv.FormatInt(time.Now().UnixNano(), 36),
		listeners: map[chan struct{}]bool{},
		closed:    make(chan struct{}),
	}
}

// Changed tells all pages that the files with these names have changed; none
// is a change of everything. Names are relative to the root of the site.
func (l *Live) Changed(names ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last++
	l.changes = append(l.changes, change{l.last, styleSheets(names)})
	if len(l.changes) > maxChanges {
		l.changes = l.changes[1:]
	}
	for wake := range l.listeners {
		select {
		case wake <- struct{}{}:
		default: // it has not yet taken the one before
		}
	}
}

// styleSheets returns names if all are style sheets, else nil.
func styleSheets(names []string) []string {
	if len(names) > maxNames {
		return nil
	}
	for _, name := range names {
		if !strings.HasSuffix(strings.ToLower(name), ".css") {
			return nil
		}
	}
	return names
}

// Close ends the responses that pages listen to. It does not wait for them.
func (l *Live) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.isClosed {
		l.isClosed = true
		close(l.closed)
	}
}

// Wrap is a [handler.Middleware].
func (l *Live) Wrap(next handler.Handler) handler.Handler {
	return handler.HandlerFunc(func(x *handler.Exchange) error {
		if x.Command == "GET" || x.Command == "HEAD" {
			switch path, query, _ := strings.Cut(x.Path, "?"); path {
			case ScriptPath:
				return sendScript(x)
			case EventsPath:
				return l.sendEvents(x, query)
			}
		}
		return l.addScript(x, next)
	})
}

func sendScript(x *handler.Exchange) error {
	x.SendResponse(200, "")
	x.SendHeader("Content-Type", "text/javascript; charset=utf-8")
	x.SendHeader("Content-Length", strconv.Itoa(len(script)))
	x.SendHeader("Cache-Control", "no-store")
	if err := x.EndHeaders(); err != nil {
		return err
	}
	return x.SendContent(handler.Bytes(script))
}

// addScript has next respond, and adds the script if that is with a page.
func (l *Live) addScript(x *handler.Exchange, next handler.Handler) error {
	tag := l.tag() // before the file is looked at
	if mayBePage(x.Path) {
		// The validators of a page are those of its file, without the script.
		x.Headers = withoutConditions(x.Headers)
	}
	added := false
	x.OnHead(func(x *handler.Exchange) {
		res := x.Response()
		if added = isPage(x, res); !added {
			return
		}
		res.Fields = adapted(res.Fields, len(tag))
		x.Step(trace.LiveAdded, strconv.Itoa(len(tag)))
	})
	err := next.ServeExchange(x)
	if err == nil && added {
		_, err = x.Write([]byte(tag))
	}
	return err
}

// mayBePage reports whether a path can lead to an HTML page: by a name that
// says so, by one without extension, or as a directory.
func mayBePage(target string) bool {
	path, _, _ := strings.Cut(target, "?")
	name := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	return strings.IndexByte(name, '.') < 0 || strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".htm")
}

// isPage reports whether a response is an HTML page that a browser shows, as a
// whole. What a script fetches stays as it is.
func isPage(x *handler.Exchange, res *http1.Response) bool {
	if res.Status < 200 || res.Status == 206 || res.Status == 204 || res.Status == 304 || res.Fields.Has("Content-Encoding") {
		return false
	}
	mediaType, _, _ := strings.Cut(res.Fields.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(mediaType), "text/html") {
		return false
	}
	switch x.Headers.Get("Sec-Fetch-Dest") {
	case "", "document", "iframe", "frame", "object", "embed":
		return true
	}
	return false
}

// withoutConditions returns the field lines that do not ask for less than the
// whole representation.
func withoutConditions(fields http1.Fields) http1.Fields {
	kept := make(http1.Fields, 0, len(fields))
	for _, f := range fields {
		switch strings.ToLower(f.Name) {
		case "if-none-match", "if-modified-since", "if-range", "range":
		default:
			kept = append(kept, f)
		}
	}
	return kept
}

// adapted returns the field lines of a head whose content is longer by the
// script, and belongs to no validator.
func adapted(fields http1.Fields, more int) http1.Fields {
	kept := fields[:0]
	for _, f := range fields {
		switch strings.ToLower(f.Name) {
		case "etag", "last-modified", "accept-ranges":
			continue
		case "content-length":
			if n, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
				f.Value = strconv.FormatInt(n+int64(more), 10)
			}
		}
		kept = append(kept, f)
	}
	return kept
}
