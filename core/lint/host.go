package lint

import (
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// host looks at the Host field (RFC 9112 §3.2).
func (x *exchange) host() {
	q := &x.r.Request
	host := find(x.q, "Host")
	major, minor, ok := versionOf(q.Proto.Text)
	complete := x.whole || x.faulty("missing-host", "many-hosts", "bad-host")
	switch {
	case !complete || !ok:
	case x.faulty("missing-host"), host == nil && x.atLeast11():
		x.note("C1", nil, x.requestLineRange())
	case host == nil && major == 1 && minor == 0:
		x.note("C4", nil, x.requestLineRange())
	case count(x.q, "Host") > 1:
		for i := range x.q {
			if http1.EqualFold(x.q[i].Name.Text, "Host") {
				x.note("C2", nil, line(trace.In, &x.q[i]))
			}
		}
	case host != nil && !http1.IsHost(host.Value.Text):
		x.note("C3", []string{host.Value.Text}, in(host.Value))
	case host != nil && host != &x.q[0] && x.atLeast11():
		x.note("C5", nil, line(trace.In, host))
	}
	if s := x.has(trace.HostRefused); s != nil && len(s.Args) > 1 {
		var subject []Range
		if host != nil && x.raw {
			subject = append(subject, in(host.Value))
		}
		x.note("C6", []string{s.Args[1]}, subject...)
	}
}

// requestLineRange is where the request-line is.
func (x *exchange) requestLineRange() Range {
	q := &x.r.Request
	from, to := int64(q.Method.Off), int64(q.Proto.Off)+int64(q.Proto.Len)
	return Range{trace.In, from, max(to-from, int64(q.Method.Len))}
}
