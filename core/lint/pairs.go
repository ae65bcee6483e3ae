package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// maxEarlier is how many earlier records are looked at, the newest first.
const maxEarlier = 64

// pairs looks at the exchange and those before it.
func (x *exchange) pairs(earlier []*trace.Record) {
	earlier = earlier[max(0, len(earlier)-maxEarlier):]
	x.pipelined(earlier)
	for i := len(earlier) - 1; i >= 0; i-- {
		if e := earlier[i]; e != x.r && e.IsExchange() && sameTarget(e, x.r) {
			x.compare(e)
			return
		}
	}
}

// pipelined looks at whether this request came before the response to the last
// one on its connection.
func (x *exchange) pipelined(earlier []*trace.Record) {
	if !x.raw || x.r.Conn == 0 || !x.whole {
		return
	}
	for i := len(earlier) - 1; i >= 0; i-- {
		e := earlier[i]
		if e.Conn != x.r.Conn || e == x.r {
			continue
		}
		before := look(e)
		if before.has(trace.MessageLeft) == nil {
			return
		}
		if m := e.Request.Method.Text; m == "POST" || m == "PATCH" || m == "CONNECT" {
			x.note("E8", []string{m}, in(x.r.Request.Method))
		} else if x.r.Status > 0 {
			x.note("E7", nil)
		}
		return
	}
}

// sameTarget reports whether two exchanges are about the same resource.
func sameTarget(a, b *trace.Record) bool {
	host := func(r *trace.Record) string {
		return value(r.Request.Fields[:min(len(r.Request.Fields), maxFields)], "Host")
	}
	return a.Site == b.Site && a.Request.Target.Text == b.Request.Target.Text && a.Request.Target.Text != "" && http1.EqualFold(host(a), host(b))
}

// compare looks at two responses of one resource, e the earlier one.
func (x *exchange) compare(e *trace.Record) {
	before := look(e)
	if x.r.Status != 200 || e.Status != 200 || len(x.s) == 0 || len(before.s) == 0 {
		return
	}
	tag, old := value(x.s, "ETag"), value(before.s, "ETag")
	coding, oldCoding := value(x.s, "Content-Encoding"), value(before.s, "Content-Encoding")
	method, oldMethod := x.r.Request.Method.Text, e.Request.Method.Text
	same := isStrong(tag) && tag == old
	switch {
	case same && !http1.EqualFold(coding, oldCoding):
		x.note("H14", []string{tag}, line(trace.Out, find(x.s, "ETag")))
	case method == "GET" && oldMethod == "GET" && same && x.otherContent(before):
		x.note("I16", []string{tag}, line(trace.Out, find(x.s, "ETag")))
	case method != oldMethod && (method == "GET" || method == "HEAD") && (oldMethod == "GET" || oldMethod == "HEAD") && tag == old:
		for _, name := range [...]string{"Content-Type", "Content-Length", "Last-Modified", "Content-Encoding", "Accept-Ranges"} {
			if value(x.s, name) != value(before.s, name) && find(x.s, name) != nil && find(before.s, name) != nil {
				x.note("G19", []string{name}, line(trace.Out, find(x.s, name)))
			}
		}
	}
}

// otherContent reports whether the content that was kept of two responses
// differs for certain.
func (x *exchange) otherContent(before *exchange) bool {
	a, _, whole := x.kept()
	b, _, wholeBefore := before.kept()
	if a == "" || b == "" || x.rebuilt() || before.rebuilt() {
		return false
	}
	n := min(len(a), len(b))
	return a[:n] != b[:n] || whole && wholeBefore && len(a) != len(b) || !strings.HasPrefix(a, b[:n])
}

// rebuilt reports whether what was kept of the content was read again for the
// log, when the file may have been another one.
func (x *exchange) rebuilt() bool { return x.has(trace.Reread) != nil }
