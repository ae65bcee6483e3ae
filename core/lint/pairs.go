package lint

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// maxEarlier is how many earlier records are looked at, the newest first.
const maxEarlier = 64

// pairs looks at the exchange and those before it: the last one on the same
// connection, and the last one about the same target.
func (x *exchange) pairs(earlier []*trace.Record) {
	earlier = earlier[max(0, len(earlier)-maxEarlier):]
	var connected, same *trace.Record
	for _, e := range earlier {
		if e == x.r || e.Request.Target.Text == "" {
			continue
		}
		if e.Conn == x.r.Conn && e.Conn != 0 {
			connected = e
		}
		if e.Site == x.r.Site && e.Request.Target.Text == x.r.Request.Target.Text {
			same = e
		}
	}
	if connected != nil && x.whole {
		x.pipelined(look(connected))
	}
	if same != nil {
		if before := look(same); http1.EqualFold(before.req.value(host), x.req.value(host)) {
			x.compare(before)
		}
	}
}

// pipelined looks at whether this request came before the response to the last
// one on its connection.
func (x *exchange) pipelined(before *exchange) {
	switch m := before.method; {
	case before.step(trace.MessageLeft) == nil:
	case m == "POST" || m == "PATCH" || m == "CONNECT":
		x.part(e8, &x.r.Request.Method, m)
	case x.status > 0 && x.raw:
		x.note(e7)
	}
}

// compare looks at two responses of one resource.
func (x *exchange) compare(before *exchange) {
	if x.status != 200 || before.status != 200 {
		return
	}
	tag := x.res.value(etag)
	same := tag == before.res.value(etag)
	get, head := x.method == "GET", x.method == "HEAD"
	switch {
	case same && isStrong(tag) && !http1.EqualFold(x.res.value(contentEncoding), before.res.value(contentEncoding)):
		x.line(h14, x.res.first[etag], "")
	case same && isStrong(tag) && get && before.method == "GET":
		if x.differs(before) {
			x.line(i16, x.res.first[etag], "")
		}
	case same && (get && before.method == "HEAD" || head && before.method == "GET"):
		for _, n := range [...]name{contentType, contentLength, lastModified} {
			if f, g := x.res.first[n], before.res.first[n]; f != nil && g != nil && f.Value.Text != g.Value.Text {
				x.line(g19, f, names[n].name)
			}
		}
	}
}

// differs reports whether the contents of two responses differ for certain. What
// was read again for the log may be a newer file than the one that was sent.
func (x *exchange) differs(before *exchange) bool {
	a, whole := x.kept()
	b, wholeBefore := before.kept()
	if x.step(trace.Reread) != nil || before.step(trace.Reread) != nil {
		return false
	}
	n := min(len(a), len(b))
	return n > 0 && (a[:n] != b[:n] || whole && wholeBefore && len(a) != len(b))
}
