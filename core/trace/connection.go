package trace

import "time"

// Connection is the account of one connection in a Log. Its opening and its end
// are written down once each: in the records of its first and its last exchange
// where it begins and ends with them, else in a record of its own, which has no
// request (see [Record.IsExchange]).
//
// It belongs to the goroutine that serves the connection. A nil Connection
// writes nothing down.
type Connection struct {
	log    *Log
	number int64
	client string
	source Provenance
	site   string

	last   time.Time // when it was opened, or its last exchange ended
	began  time.Time // when its last record began
	opened bool      // a record says that it was opened
	closed bool      // a record says that it was closed
}

// Connect begins the account of a connection that was opened now. client is the
// client's address.
func (l *Log) Connect(client string, source Provenance, site string) *Connection {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns++
	return &Connection{log: l, number: l.conns, client: client, source: source, site: site, last: time.Now()}
}

// Record returns a new record of c with room for so many steps, to be filled in
// and given to Log.Append. The first one begins with ConnOpened, at the time when
// the connection was opened: before start, so it is negative.
func (c *Connection) Record(start time.Time, steps int) *Record {
	r := &Record{
		Conn: c.number, Site: c.site, Client: c.client, Source: c.source,
		Start: time.UnixMicro(start.UnixMicro()),
		Steps: make([]Step, 0, steps),
	}
	c.began = start
	if !c.opened {
		c.opened = true
		r.Add(Event, Wire, since(start, c.last), ConnOpened, c.client)
	}
	return r
}

// Kept ends r, the last record that Record returned: the connection stays open.
func (c *Connection) Kept(r *Record, at time.Duration) {
	r.Add(Event, Wire, at, ConnKept)
	c.last = c.began.Add(at)
}

// Closed ends r, and with it the connection: who is WhoServer or WhoClient, why
// one of the Why codes.
func (c *Connection) Closed(r *Record, at time.Duration, who, why string) {
	r.Add(Event, Wire, at, ConnClosed, who, why)
	c.closed = true
}

// Close writes down the end of the connection in a record of its own, unless a
// record has it already. Its Start is when the connection was opened or began
// to wait, so its Elapsed is how long it had no request.
func (c *Connection) Close(who, why string) {
	if c == nil || c.closed {
		return
	}
	r := c.Record(c.last, 2)
	r.Elapsed = since(c.last, time.Now())
	c.Closed(r, r.Elapsed, who, why)
	c.log.Append(r)
}

// since is the time from start to end in whole microseconds: more digits say
// nothing to a reader.
func since(start, end time.Time) time.Duration {
	return time.Duration(end.Sub(start).Microseconds()) * time.Microsecond
}
