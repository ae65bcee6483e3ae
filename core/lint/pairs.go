package lint

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// maxEarlier is how many earlier records are looked at, the newest first.
const maxEarlier = 64

// before is the last of the earlier records that is on the same connection, or
// about the same target, or nil.
func (x *exchange) before(earlier []*trace.Record, connection bool) *exchange {
	for i := len(earlier) - 1; i >= max(0, len(earlier)-maxEarlier); i-- {
		e := earlier[i]
		same := e.Site == x.r.Site && e.Request.Target.Text == x.r.Request.Target.Text
		if connection {
			same = e.Conn == x.r.Conn && e.Conn != 0
		}
		if same && e != x.r && e.Request.Target.Text != "" {
			return look(e)
		}
	}
	return nil
}

// pipelined looks at whether this request came before the response to the last
// one on its connection.
func (x *exchange) pipelined(earlier []*trace.Record) {
	if !x.whole || x.r.Conn == 0 {
		return
	}
	e := x.before(earlier, true)
	if e == nil || e.step(trace.MessageLeft) == nil {
		return
	}
	switch e.method {
	case "POST", "PATCH", "CONNECT":
		x.part(e8, &x.r.Request.Method, e.method)
	default:
		if x.status > 0 && x.raw {
			x.note(e7)
		}
	}
}

// compare looks at this response and the last one to the same target.
func (x *exchange) compare(earlier []*trace.Record) {
	if x.status != 200 || !x.reads {
		return
	}
	e := x.before(earlier, false)
	if e == nil || e.status != 200 || !http1.EqualFold(e.req.value(host), x.req.value(host)) {
		return
	}
	tag := x.res.value(etag)
	if tag != e.res.value(etag) {
		return
	}
	strong := isStrong(tag)
	switch {
	case strong && !http1.EqualFold(x.res.value(contentEncoding), e.res.value(contentEncoding)):
		x.line(h14, x.res.first[etag], "")
	case x.method == e.method:
		if strong && x.method == "GET" && x.differs(e) {
			x.line(i16, x.res.first[etag], "")
		}
	case e.reads:
		for _, n := range [...]name{contentType, contentLength, lastModified} {
			if f, g := x.res.first[n], e.res.first[n]; f != nil && g != nil && f.Value.Text != g.Value.Text {
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
