package lint

import (
	"strconv"
	"strings"
	"time"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// directive is a member of Cache-Control.
type directive struct {
	name, value string
	has         bool // it has a value
}

// maxDirectives bounds how many are read.
const maxDirectives = 64

// directives reads all lines of Cache-Control. Quotes are cut off values.
func directives(fields trace.Fields) (list []directive) {
	for i := range fields {
		if !http1.EqualFold(fields[i].Name.Text, "Cache-Control") {
			continue
		}
		for item := range strings.SplitSeq(fields[i].Value.Text, ",") {
			name, v, has := strings.Cut(http1.TrimOWS(item), "=")
			if name != "" && len(list) < maxDirectives {
				list = append(list, directive{strings.ToLower(http1.TrimOWS(name)), strings.Trim(v, `"`), has})
			}
		}
	}
	return list
}

func lookup(list []directive, name string) *directive {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	return nil
}

// Directives that have seconds, and those that have nothing.
var (
	timed = [...]string{"max-age", "s-maxage", "stale-while-revalidate", "stale-if-error", "min-fresh"}
	bare  = [...]string{"no-store", "must-revalidate", "proxy-revalidate", "public", "immutable", "no-transform", "only-if-cached", "must-understand"}
)

// cacheControl looks at the directives of both messages.
func (x *exchange) cacheControl() {
	x.directives(trace.In, x.q, []string{"s-maxage", "private", "public", "must-revalidate", "proxy-revalidate", "immutable", "must-understand", "stale-while-revalidate"})
	x.directives(trace.Out, x.s, []string{"max-stale", "min-fresh", "only-if-cached"})
}

// directives looks at those of one message; foreign are those of the other kind
// of message.
func (x *exchange) directives(kind trace.Kind, fields trace.Fields, foreign []string) {
	f := find(fields, "Cache-Control")
	if f == nil {
		return
	}
	at := line(kind, f)
	list := directives(fields)
	for i, d := range list {
		switch {
		case hasMember(timed[:], d.name) && length(d.value) < 0, hasMember(bare[:], d.name) && d.has:
			x.note("K8", []string{d.name}, at)
		case hasMember(foreign, d.name):
			x.note("K10", []string{d.name}, at)
		case kind == trace.Out && lookup(list[:i], d.name) != nil:
			x.note("K9", []string{d.name, d.name}, at)
		}
	}
	if kind == trace.In {
		return
	}
	for _, pair := range [...][2]string{{"public", "private"}, {"no-store", "max-age"}} {
		if a, b := lookup(list, pair[0]), lookup(list, pair[1]); a != nil && b != nil && b.value != "0" {
			x.note("K9", []string{pair[0], pair[1]}, at)
		}
	}
}

// storing looks at whether a cache may keep the response.
func (x *exchange) storing() {
	q, s := directives(x.q), directives(x.s)
	f := find(x.s, "Cache-Control")
	method, status := x.r.Request.Method.Text, x.r.Status
	read := method == "GET" || method == "HEAD"
	switch {
	case status < 200 || len(x.s) == 0:
		return
	case read && lookup(s, "no-store") != nil:
		x.note("K1", []string{"response"}, line(trace.Out, f))
	case read && lookup(q, "no-store") != nil:
		x.note("K1", []string{"request"}, line(trace.In, find(x.q, "Cache-Control")))
	case read && status == 200 && lookup(s, "private") != nil:
		x.note("K3", nil, line(trace.Out, f))
	case !read && (method == "POST" || method == "PUT" || method == "DELETE" || method == "PATCH") && status < 400:
		x.note("K16", []string{method}, in(x.r.Request.Method))
	}
	if lookup(s, "public") != nil && find(x.q, "Authorization") == nil && x.raw && lookup(s, "private") == nil {
		x.note("K15", nil, line(trace.Out, f))
	}
	if v := find(x.s, "Vary"); v != nil && hasToken(x.s, "Vary", "*") {
		x.note("K11", nil, line(trace.Out, v))
	}
	if age := find(x.s, "Age"); age != nil {
		x.note("K12", []string{age.Value.Text}, line(trace.Out, age))
	}
	if d := lookup(q, "max-age"); lookup(q, "no-cache") != nil || d != nil && d.value == "0" {
		name := "no-cache"
		if lookup(q, name) == nil {
			name = "max-age=0"
		}
		x.note("K17", []string{name}, line(trace.In, find(x.q, "Cache-Control")))
	}
}

// freshness looks at how long a cache may use the response without asking.
func (x *exchange) freshness() {
	if method := x.r.Request.Method.Text; x.r.Status != 200 || method != "GET" && method != "HEAD" || len(x.s) == 0 {
		return
	}
	s := directives(x.s)
	age, expires := lookup(s, "max-age"), find(x.s, "Expires")
	validated := find(x.s, "ETag") != nil || find(x.s, "Last-Modified") != nil
	f := find(x.s, "Cache-Control")
	switch {
	case lookup(s, "no-store") != nil:
	case lookup(s, "no-cache") != nil:
		if !validated && !x.made() {
			x.note("K6", nil, line(trace.Out, f))
		}
	case age != nil:
		if expires != nil {
			x.note("K7", []string{age.value}, line(trace.Out, f), line(trace.Out, expires))
		}
		if n := length(age.value); n > 0 {
			x.note("K4", []string{age.value, "max-age"}, line(trace.Out, f))
		}
	case expires != nil:
		until, ok := x.date(expires.Value.Text)
		now, dated := x.date(value(x.s, "Date"))
		switch {
		case !ok:
			x.note("K13", []string{expires.Value.Text}, line(trace.Out, expires))
		case dated && until.After(now):
			x.note("K4", []string{strconv.FormatInt(int64(until.Sub(now)/time.Second), 10), "Expires"}, line(trace.Out, expires))
		}
	default:
		if modified := find(x.s, "Last-Modified"); modified != nil {
			x.note("K5", nil, line(trace.Out, modified))
		}
	}
}
