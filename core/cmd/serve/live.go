package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"vitrine/core/handler"
	"vitrine/core/middleware/live"
	"vitrine/core/site"
	"vitrine/core/watch"
)

// startLive watches the directory and returns the middleware that tells pages
// what has changed. Where the system has no room for all directories, what was
// served is looked at instead.
func (s *service) startLive(c *config, st *site.Site, stderr io.Writer) handler.Middleware {
	l := live.New()
	s.stopEvents = append(s.stopEvents, l.Close)
	ctx, cancel := context.WithCancel(context.Background())
	s.closers = append(s.closers, cancel, l.Close)
	changed := func(names []string) { l.Changed(names...) }
	poll := watch.NewPoll(st.FS)
	go func() {
		err := watch.Folder(ctx, c.directory, func() {}, changed)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			err = errors.New("it is gone")
		}
		fmt.Fprintf(stderr, "%s: --live: the directory cannot be watched (%v): files that were served are looked at twice a second\n", prog, reason(err))
		poll.Run(ctx, changed)
	}()
	return func(next handler.Handler) handler.Handler {
		return l.Wrap(handler.HandlerFunc(func(x *handler.Exchange) error {
			err := next.ServeExchange(x)
			addServed(poll, st, x)
			return err
		}))
	}
}

// addServed has poll look at the file that x was about, there or not.
func addServed(poll *watch.Poll, st *site.Site, x *handler.Exchange) {
	name, dir, err := st.Translate(x.Path)
	if err != nil {
		return
	}
	poll.Add(name)
	if dir {
		for _, page := range []string{"index.html", "index.htm"} {
			poll.Add(path.Join(name, page))
		}
	}
}
