// Package console runs connections whose bytes a person types: the core over a
// transport in memory, as serve runs it over a socket.
//
// The one rule: what is typed is all that the server gets. Nothing is added,
// and there is no socket, so no host is refused and no address is known.
package console

import (
	"embed"
	"io/fs"
	"time"

	"vitrine/core/embedfs"
	"vitrine/core/session"
	"vitrine/core/site"
	"vitrine/core/steps"
	"vitrine/core/trace"
)

// Bounds of one connection.
const (
	MaxIn    = 1 << 20 // bytes typed that are not read yet
	MaxOut   = 4 << 20 // bytes of responses all in all; past it the connection ends
	WaitTime = 10 * time.Minute
)

// MaxConnections is how many may be open at once, by whoever opens them.
const MaxConnections = 8

//go:embed site
var files embed.FS

// changed is the last change of every file of the site in memory.
var changed = time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC)

// Site is a small site in memory: an index page, a text, a directory with two
// more, a picture.
func Site() fs.FS {
	sub, err := fs.Sub(files, "site")
	if err != nil {
		panic(err) // the name is a constant
	}
	return embedfs.Dated(sub, changed)
}

// config is what serve has for a profile: plain, or with --protocol HTTP/1.1.
func config(files fs.FS, p steps.Profile, log *trace.Log, name string) *session.Config {
	s := site.New(files)
	if p.Persistent {
		s.SpeakHTTP11()
	}
	return &session.Config{Handler: s, Rules: p.Rules, Log: log, Source: trace.Typed, Site: name}
}
