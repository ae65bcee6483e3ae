package lint

import (
	"strings"

	"vitrine/core/http1"
)

// Directives of Cache-Control by what they are: with seconds, with nothing, of
// requests only and of responses only. Each has SP around it.
const (
	timedDirectives    = " max-age s-maxage stale-while-revalidate stale-if-error min-fresh "
	bareDirectives     = " no-store must-revalidate proxy-revalidate public immutable no-transform only-if-cached must-understand "
	requestDirectives  = " max-stale min-fresh only-if-cached "
	responseDirectives = " s-maxage private public must-revalidate proxy-revalidate immutable must-understand stale-while-revalidate "
)

// directive is the value of a directive of Cache-Control without quotes, and
// whether it is there.
func (s *side) directive(name string) (value string, ok bool) {
	for i := range s.fields {
		if s.known[i] != cacheControl {
			continue
		}
		for rest := s.fields[i].Value.Text; rest != ""; {
			value = item(&rest, ',')
			if http1.EqualFold(item(&value, '='), name) {
				return strings.Trim(value, `"`), true
			}
		}
	}
	return "", false
}

// has reports whether a directive is there.
func (s *side) has(name string) bool {
	_, ok := s.directive(name)
	return ok
}

// maxDirectives bounds how many are looked at.
const maxDirectives = 64

// directives looks at those of one message.
func (x *exchange) directives(s *side) {
	f := s.first[cacheControl]
	if f == nil {
		return
	}
	foreign := requestDirectives
	if s == &x.req {
		foreign = responseDirectives
	}
	seen := " "
	for rest, n := f.Value.Text, 0; rest != "" && n < maxDirectives; n++ {
		value := item(&rest, ',')
		has := strings.IndexByte(value, '=') >= 0
		name := strings.ToLower(item(&value, '='))
		word := " " + name + " "
		switch {
		case name == "":
		case strings.Contains(timedDirectives, word) && length(strings.Trim(value, `"`)) < 0, strings.Contains(bareDirectives, word) && has:
			x.line(k8, f, name)
		case strings.Contains(foreign, word):
			x.line(k10, f, name)
		case s == &x.res && strings.Contains(seen, word):
			x.line(k9, f, name)
			x.arg(name)
		}
		seen += name + " "
	}
	if s == &x.req {
		return
	}
	if s.has("public") && s.has("private") {
		x.line(k9, f, "public")
		x.arg("private")
	}
	if age, ok := s.directive("max-age"); ok && age != "0" && s.has("no-store") {
		x.line(k9, f, "no-store")
		x.arg("max-age")
	}
}

// storing looks at whether a cache may keep the response.
func (x *exchange) storing() {
	if x.res.fields == nil {
		return
	}
	f := x.res.first[cacheControl]
	switch {
	case !x.reads:
		if strings.Contains(" POST PUT DELETE PATCH ", " "+x.method+" ") && x.status < 400 {
			x.part(k16, &x.r.Request.Method, x.method)
		}
	case x.res.has("no-store"):
		x.line(k1, f, "response")
	case x.req.has("no-store"):
		x.line(k1, x.req.first[cacheControl], "request")
	case x.res.has("private"):
		x.line(k3, f, "")
	case x.res.has("public") && x.raw && x.req.first[authorization] == nil:
		x.line(k15, f, "")
	}
	if x.res.lists(vary, "*") {
		x.line(k11, x.res.first[vary], "")
	}
	if f := x.res.first[age]; f != nil {
		x.line(k12, f, f.Value.Text)
	}
	name := ""
	if v, _ := x.req.directive("max-age"); v == "0" {
		name = "max-age=0"
	}
	if x.req.has("no-cache") {
		name = "no-cache"
	}
	if name != "" {
		x.line(k17, x.req.first[cacheControl], name)
	}
}

// freshness looks at how long a cache may use the response without asking.
func (x *exchange) freshness() {
	if x.status != 200 || !x.reads || x.res.has("no-store") {
		return
	}
	f, until := x.res.first[cacheControl], x.res.first[expires]
	modified := x.res.first[lastModified]
	age, timed := x.res.directive("max-age")
	switch {
	case x.res.has("no-cache"):
		if modified == nil && x.res.first[etag] == nil && !x.made() {
			x.line(k6, f, "")
		}
	case timed:
		if until != nil {
			x.line(k7, f, age)
		}
		if length(age) > 0 {
			x.line(k4, f, age)
			x.arg("max-age")
		}
	case until != nil:
		end, ok := x.date(expires)
		now, dated := x.date(date)
		if !ok {
			x.line(k13, until, until.Value.Text)
		} else if dated && end > now {
			x.line(k4, until, itoa(end-now))
			x.arg(names[expires].name)
		}
	case modified != nil:
		x.line(k5, modified, "")
	}
}
