//go:build js

package main

import (
	"strconv"
	"strings"

	"vitrine/core/trace"
	"vitrine/wasm/host"
	"vitrine/wasm/page/fragment"
	"vitrine/wasm/page/view"
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// Bounds of what is kept of a typed connection.
const (
	maxPending   = 64 << 10 // bytes of a response that is being written
	maxExchanges = 20       // that are shown, the newest
)

// memorySite is the site of records over the site in memory.
const memorySite = "memory"

// typedConn is a connection of the console.
type typedConn struct {
	number  int64
	profile int
	typed   *host.Typed
	waits   int // phase that the server waits in
	records []*trace.Record
	pending []byte
	unkept  int // bytes of the response behind pending
	ended   bool
	over    bool
	end     string // who closed it, and why
}

// send sends the segments that are left, or the next one, over the connections
// that are open or over new ones.
func (c *console) send(all bool) {
	segments := c.text.Segments()
	if len(c.text.Bytes) == 0 {
		return
	}
	if !c.takesBytes() {
		c.sent = 0 // every server has closed
	}
	if c.sent == 0 && !c.reach() {
		return
	}
	now := segments[c.sent : c.sent+1]
	if all {
		now = segments[c.sent:]
	}
	for _, conn := range c.conns {
		for _, s := range now {
			conn.send(s)
		}
	}
	if c.sent += len(now); c.sent >= len(segments) {
		c.sent = 0
	}
	c.changed = true
	c.drawSending()
	c.app.change()
}

// takesBytes reports whether a connection is open on the person's side.
func (c *console) takesBytes() bool {
	for _, t := range c.conns {
		if !t.over && !t.ended {
			return true
		}
	}
	return false
}

// reach makes sure that every profile has a connection that takes bytes.
func (c *console) reach() bool {
	if c.dead {
		return false
	}
	profiles := c.profiles()
	for i, p := range profiles {
		if i < len(c.conns) && !c.conns[i].over && !c.conns[i].ended {
			continue
		}
		conn := c.connect(p)
		if conn == nil {
			c.lost()
			return false
		}
		if i < len(c.conns) {
			c.conns[i] = conn
		} else {
			c.conns = append(c.conns, conn)
		}
	}
	return true
}

// connect opens a connection; nil if there is no worker.
func (c *console) connect(profile int) *typedConn {
	c.opened++
	t := &typedConn{number: c.opened, profile: profile}
	site := c.site
	news := func() {
		c.changed = true
		c.app.change()
	}
	t.typed = c.app.host.OpenTyped(site, profile == strict, host.TypedEvents{
		Written: func(b []byte) {
			kept := b[:min(len(b), maxPending-len(t.pending))]
			t.pending = append(t.pending, kept...)
			t.unkept += len(b) - len(kept)
			news()
		},
		Record: func(r *trace.Record) {
			r.Conn = t.number
			t.took(r)
			name := site
			if name == "" {
				name = memorySite
			}
			c.app.record(name, r)
			news()
			if r.Status != 0 {
				c.app.live.say(profileNames[profile] + ": " + view.Status(r))
			}
		},
		Waits: func(phase int) {
			t.waits = phase
			news()
		},
		Over: func(failed bool) {
			t.over = true
			c.dead = c.dead || failed
			c.drawSending()
			news()
		},
	})
	if t.typed == nil {
		return nil
	}
	return t
}

// took takes in the record of an exchange, whose bytes are no news any more.
func (t *typedConn) took(r *trace.Record) {
	n := view.OutLen(r)
	kept := min(n, len(t.pending))
	t.pending = t.pending[kept:]
	t.unkept = max(0, t.unkept-(n-kept))
	if end := view.ConnectionEnd(r); end != "" {
		t.end = end
	}
	if r.IsExchange() {
		t.records = append(t.records, r)
		if len(t.records) > maxExchanges {
			t.records = t.records[1:]
		}
	}
}

func (t *typedConn) send(b []byte) {
	if !t.over && !t.ended {
		t.typed.Send(b)
	}
}

// state says how a connection is.
func (t *typedConn) state() string {
	switch {
	case t.end != "":
		return t.end
	case t.ended:
		return words.Say("typed.ended")
	}
	return words.Say("typed.waits", words.Say("phase."+strconv.Itoa(t.waits)))
}

// end closes the person's side of the connections.
func (c *console) end() {
	for _, t := range c.conns {
		if !t.over && !t.ended {
			t.ended = true
			t.typed.End()
		}
	}
	c.changed = true
	c.drawSending()
}

// hangUp closes the connections.
func (c *console) hangUp() {
	for _, t := range c.conns {
		if !t.over {
			t.ended = true
			t.typed.HangUp()
		}
	}
	c.sent = 0
	c.changed = true
	c.drawSending()
}

// forget leaves the connections, and what came back over them.
func (c *console) forget() {
	c.conns = nil
	c.changed = true
	c.drawSending()
}

// drawSending follows what can be sent.
func (c *console) drawSending() {
	alive := false
	for _, t := range c.conns {
		alive = alive || !t.over
	}
	byID("typed-end").Set("disabled", !c.takesBytes())
	byID("typed-close").Set("disabled", !alive)
	none := len(c.text.Bytes) == 0 || c.dead
	byID("typed-all").Set("disabled", none)
	n := len(c.text.Marks) + 1
	next := byID("typed-send")
	next.Set("disabled", none || n == 1)
	label := words.Say("typed.send")
	if n > 1 {
		label = words.Say("typed.send-next", words.Count(int64(c.sent+1)), words.Count(int64(n)))
	}
	setText(next, label)
}

// drawResponses draws what came back.
func (c *console) drawResponses() {
	names := make([]string, len(c.conns))
	state := words.Say("typed.new")
	var l fragment.List
	for i, t := range c.conns {
		names[i] = view.ConnectionName(t.number)
		if now := t.state(); i == 0 || now == state {
			state = now
		} else {
			state = "" // each column has its own
		}
		r := view.Responses{Profile: profileNames[t.profile], Records: t.records, Pending: t.pending, State: names[i] + ": " + t.state()}
		r.Append(&l)
	}
	switch {
	case c.dead:
		l.Put("paragraph", words.Say("typed.failed"))
	case len(names) == 0:
		l.Put("paragraph", words.Say("typed.none"))
	}
	name := byID("typed-name")
	setText(name, strings.Join(names, ", "))
	setHidden(name, len(names) == 0)
	setText(byID("typed-state"), state)
	data(byID("responses")).Set("n", len(names))
	shown := c.responses.shown
	c.responses.show(&l)
	if c.responses.shown != shown {
		c.toNewest()
	}
}

// toNewest brings the beginning of the newest response into sight.
func (c *console) toNewest() {
	box, list := byID("ans-scroll"), c.responses.Call("querySelectorAll", ".say")
	top := 0.0
	if len(c.conns) > 0 && list.Length() > len(c.conns) {
		last := list.Index(list.Length() - 1)
		top = box.Get("scrollTop").Float() + last.Call("getBoundingClientRect").Get("top").Float() - box.Call("getBoundingClientRect").Get("top").Float()
	}
	box.Set("scrollTop", top)
}

// drawSites offers the sites that can be read now.
func (c *console) drawSites() {
	var l fragment.List
	l.Open("typed-site")
	l.Attr("data-site", "")
	l.Text(words.Say("typed.memory"))
	l.Close()
	there, chosen, n := c.site == "", 0, 0
	for i := range c.app.sites {
		s := &c.app.sites[i]
		if s.State != sites.Ready {
			continue
		}
		n++
		l.Open("typed-site")
		l.Attr("data-site", s.ID)
		l.Text(s.Name)
		l.Close()
		if s.ID == c.site {
			there, chosen = true, n
		}
	}
	if !there {
		c.site = "" // it is closed
		c.hangUp()
	}
	c.siteNames.show(&l)
	if e := c.siteNames; e.Get("selectedIndex").Int() != chosen {
		e.Set("selectedIndex", chosen)
	}
}

// chooseSite takes the site that the person chose.
func (c *console) chooseSite() {
	e := c.siteNames
	c.useSite(data(wrap(e.Get("options").Index(e.Get("selectedIndex").Int()))).Get("site").String())
}

// useSite takes another site for the connections to come.
func (c *console) useSite(id string) {
	if id == c.site {
		return
	}
	c.site = id
	c.hangUp()
	c.forget()
	c.app.change()
}
