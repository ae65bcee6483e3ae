package session

import (
	"strconv"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// recorder writes down one exchange after the other. Without a log it does
// nothing, at the price of a test for nil.
type recorder struct {
	log     *trace.Log
	config  *Config
	conn    *http1.Conn
	account *trace.Connection // nil if there is no connection, as for a fetch

	rec     *trace.Record
	began   time.Time
	room    [2]int   // bytes of content still to be kept: in, out
	passed  [2]int64 // bytes of the exchange that passed
	last    [2]int   // index of the last step with bytes
	framing bool     // the request has content whose end is to be told
}

// Directions, for room and passed.
const (
	in = iota
	out
)

func (r *recorder) begin(t Transport, config *Config, client handler.Address, conn *http1.Conn) {
	r.log, r.config, r.conn = config.Log, config, conn
	if r.log == nil {
		return
	}
	conn.Observe(r.framed)
	if a, ok := t.(Accounted); ok {
		r.account = a.Account()
	} else if config.Source == trace.Wire || config.Source == trace.Typed {
		address := ""
		if client.IsValid() {
			address = client.String()
		}
		r.account = r.log.Connect(address, config.Source, config.Site)
	}
}

// from is the provenance of a direction: what we send is as real as what we
// receive.
func (r *recorder) from(direction int) trace.Provenance {
	if direction == out && r.config.Source == trace.Typed {
		return trace.Wire
	}
	return r.config.Source
}

// since is in whole microseconds: more digits say nothing to a reader.
func since(began time.Time) time.Duration {
	return time.Duration(time.Since(began).Microseconds()) * time.Microsecond
}

// usualSteps is room for the steps of most exchanges.
const usualSteps = 8

// add appends a step and returns it, for what is more to say.
func (r *recorder) add(k trace.Kind, code trace.Code, args []string) *trace.Step {
	r.rec.Add(k, trace.Wire, since(r.began), code, args...)
	return &r.rec.Steps[len(r.rec.Steps)-1]
}

// addBytes appends a step about the next n bytes of a direction.
func (r *recorder) addBytes(direction int, code trace.Code, n int64, bytes string) *trace.Step {
	kind := trace.In
	if direction == out {
		kind = trace.Out
	}
	s := r.add(kind, code, nil)
	r.last[direction] = len(r.rec.Steps) - 1
	s.From, s.Off, s.Len, s.Bytes = r.from(direction), r.passed[direction], n, bytes
	r.passed[direction] += n
	return s
}

// frameCost is what a step of framing takes of the room for content, so that
// content in small chunks is no way to fill the memory.
const frameCost = 128

// frame keeps framing that passed, if there is room.
func (r *recorder) frame(direction int, code trace.Code, p []byte, size int64) {
	if r.room[direction] <= 0 {
		r.passed[direction] += int64(len(p))
		return
	}
	s := r.addBytes(direction, code, int64(len(p)), string(p[:min(len(p), r.room[direction])]))
	if code == trace.ChunkSize {
		s.Args = []string{strconv.FormatInt(size, 10)}
	}
	r.room[direction] -= frameCost + len(s.Bytes)
}

// content keeps what there is room for of content that passed.
func (r *recorder) content(direction int, code trace.Code, p []byte) {
	room := max(r.room[direction], 0)
	kept := p[:min(len(p), room)]
	r.room[direction] -= len(kept)
	r.rec.Omitted += int64(len(p) - len(kept))
	if s := r.last[direction]; len(kept) == 0 && s > 0 && r.rec.Steps[s].Code == code { // it goes on
		r.passed[direction] += int64(len(p))
		r.rec.Steps[s].Len = r.passed[direction] - r.rec.Steps[s].Off
		return
	}
	r.addBytes(direction, code, int64(len(p)), string(kept))
}

// problem tells what went wrong on our side.
func (r *recorder) problem(code trace.Code, err error) {
	if r.rec != nil {
		r.add(trace.Fault, code, []string{err.Error()})
	}
}

// step is what the handler tells.
func (r *recorder) step(kind trace.Kind, code trace.Code, args []string) {
	if r.rec != nil {
		r.add(kind, code, args)
	}
}

// over ends the record. who closes the connection and why, "" if it stays open.
func (r *recorder) over(x *handler.Exchange, who, why string) {
	if r.rec == nil {
		return
	}
	r.rec.Status = x.Status()
	r.rec.Size = x.Size()
	r.publish(who, why)
}

// publish gives the record to the log.
func (r *recorder) publish(who, why string) {
	rec := r.rec
	r.rec = nil
	rec.Elapsed = since(r.began)
	switch {
	case r.account == nil:
	case why == "":
		r.account.Kept(rec, rec.Elapsed)
	default:
		r.account.Closed(rec, rec.Elapsed, who, why)
	}
	r.log.Append(rec)
}

// closed tells that the connection ended while it waited. head is what had been
// received of a header section by then; without any the account of the
// connection has the end alone.
func (r *recorder) closed(req *http1.Request, head, who, why string) {
	switch {
	case r.log == nil:
	case head == "":
		r.account.Close(who, why)
	default:
		r.request(req, head, trace.Unreadable)
		r.publish(who, why)
	}
}
