package live

import (
	"strconv"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/internal/percent"
	"vitrine/core/trace"
)

// sendEvents responds with the changes as they come, until the client is gone
// or [Live.Close] is called. since in the query is the last one that the page
// has heard of.
func (l *Live) sendEvents(x *handler.Exchange, query string) error {
	wake, ok := l.listen()
	if !ok {
		x.Step(trace.LiveFull)
		return x.SendError(503, "", "More pages listen for changes than this server takes")
	}
	defer l.leave(wake)
	x.Step(trace.LiveEvents)
	x.SendResponse(200, "")
	x.SendHeader("Content-Type", "text/event-stream")
	x.SendHeader("Cache-Control", "no-store")
	if err := x.EndHeaders(); err != nil || !x.HasContent() {
		return err
	}
	since, _ := strings.CutPrefix(query, "since=")
	last, text := l.hello(since)
	timer := time.NewTicker(beat)
	defer timer.Stop()
	gone := x.Context().Done()
	for {
		if text != "" {
			if _, err := x.Write([]byte(text)); err != nil {
				return err
			}
			if err := x.FlushHeaders(); err != nil {
				return err
			}
		}
		select {
		case <-gone:
			return nil
		case <-l.closed:
			return nil
		case <-timer.C:
			text = ":\n\n"
		case <-wake:
			last, text = l.after(last)
		}
	}
}

// listen registers a page; it is woken when something has changed.
func (l *Live) listen() (wake chan struct{}, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.listeners) == maxListeners || l.isClosed {
		return nil, false
	}
	wake = make(chan struct{}, 1)
	l.listeners[wake] = true
	return wake, true
}

func (l *Live) leave(wake chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.listeners, wake)
}

// hello is the first event: where the page stands now, and before it what it
// has missed since an event of that id. One of another run has missed anything.
func (l *Live) hello(since string) (last int, text string) {
	l.mu.Lock()
	newest := l.last
	l.mu.Unlock()
	last = newest
	if since != "" {
		run, number, _ := strings.Cut(since, ".")
		n, err := strconv.Atoi(number)
		if err != nil || run != l.run || n < 0 || n > newest {
			return newest, l.event(newest, nil)
		}
		if n < newest {
			return l.after(n)
		}
	}
	return last, "event: hello\nid: " + l.id(last) + "\ndata:\n\n"
}

// after returns the events behind the one with that number.
func (l *Live) after(last int) (newest int, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.changes) > 0 && l.changes[0].number > last+1 {
		return l.last, l.event(l.last, nil) // some are forgotten
	}
	for _, c := range l.changes {
		if c.number > last {
			text += l.event(c.number, c.paths)
		}
	}
	return l.last, text
}

func (l *Live) id(number int) string { return l.run + "." + strconv.Itoa(number) }

// event is a change as text: style sheets, one line each, or everything.
func (l *Live) event(number int, names []string) string {
	text := "id: " + l.id(number) + "\nevent: "
	if len(names) == 0 {
		return text + "reload\ndata:\n\n"
	}
	b := []byte(text + "style\n")
	for _, name := range names {
		b = append(percent.AppendName(append(b, "data: /"...), name), '\n')
	}
	return string(append(b, '\n'))
}
