package lint

import (
	"strings"

	"vitrine/core/trace"
)

// Directives of Cache-Control by what they are: with seconds, with nothing, of
// requests only and of responses only. Each has SP around it.
const (
	timedDirectives    = " max-age s-maxage stale-while-revalidate stale-if-error min-fresh "
	bareDirectives     = " no-store must-revalidate proxy-revalidate public immutable no-transform only-if-cached must-understand "
	requestDirectives  = " max-stale min-fresh only-if-cached "
	responseDirectives = " s-maxage private public must-revalidate proxy-revalidate immutable must-understand stale-while-revalidate "
)

// cache is what Cache-Control of a message says, as far as the rules ask.
type cache struct {
	f                                 *trace.Field // its first line
	seen                              string       // the directives, with SP around each
	noStore, noCache, private, public bool
	maxAge                            string
}

// maxDirectives bounds how many are looked at, on all lines.
const maxDirectives = 64

// caching looks at Cache-Control of both messages, and at what it means.
func (x *exchange) caching() {
	asked := x.directives(&x.req, responseDirectives)
	said := x.directives(&x.res, requestDirectives)
	if said.public && said.private {
		x.line(k9, said.f, "public")
		x.arg("private")
	}
	if said.noStore && said.maxAge != "" && said.maxAge != "0" {
		x.line(k9, said.f, "no-store")
		x.arg("max-age")
	}
	reload := ""
	if asked.maxAge == "0" {
		reload = "max-age=0"
	}
	if asked.noCache {
		reload = "no-cache"
	}
	if reload != "" {
		x.line(k17, asked.f, reload)
	}
	if x.res.fields == nil {
		return
	}
	x.storing(&asked, &said)
	if x.status == 200 && x.reads && !said.noStore {
		x.freshness(&said)
	}
}

// directives reads those of one message and looks for faults; foreign are those
// of the other kind of message.
func (x *exchange) directives(s *side, foreign string) (c cache) {
	c.f, c.seen = s.first[cacheControl], " "
	n := 0
	for i := range s.fields {
		f := &s.fields[i]
		if s.known[i] != cacheControl {
			continue
		}
		for rest := f.Value.Text; rest != "" && n < maxDirectives; n++ {
			value := item(&rest, ',')
			has := strings.IndexByte(value, '=') >= 0
			name := strings.ToLower(item(&value, '='))
			value = strings.Trim(value, `"`)
			word := " " + name + " "
			switch {
			case name == "":
				continue
			case strings.Contains(timedDirectives, word) && length(value) < 0, strings.Contains(bareDirectives, word) && has:
				x.line(k8, f, name)
			case strings.Contains(foreign, word):
				x.line(k10, f, name)
			case s.kind == trace.Out && strings.Contains(c.seen, word):
				x.line(k9, f, name)
				x.arg(name)
			}
			if name == "max-age" {
				c.maxAge = value
			}
			c.seen += name + " "
		}
	}
	c.noStore, c.noCache = strings.Contains(c.seen, " no-store "), strings.Contains(c.seen, " no-cache ")
	c.private, c.public = strings.Contains(c.seen, " private "), strings.Contains(c.seen, " public ")
	return c
}

// storing looks at whether a cache may keep the response.
func (x *exchange) storing(asked, said *cache) {
	switch {
	case !x.reads:
		if strings.Contains(" POST PUT DELETE PATCH ", " "+x.method+" ") && x.status < 400 {
			x.part(k16, &x.r.Request.Method, x.method)
		}
	case said.noStore:
		x.line(k1, said.f, "response")
	case asked.noStore:
		x.line(k1, asked.f, "request")
	case said.private:
		x.line(k3, said.f, "")
	case said.public && x.raw && x.req.first[authorization] == nil:
		x.line(k15, said.f, "")
	}
	if x.res.lists(vary, "*") {
		x.line(k11, x.res.first[vary], "")
	}
	if f := x.res.first[age]; f != nil {
		x.line(k12, f, f.Value.Text)
	}
}

// freshness looks at how long a cache may use the response without asking.
func (x *exchange) freshness(said *cache) {
	until, modified := x.res.first[expires], x.res.first[lastModified]
	switch {
	case said.noCache:
		if modified == nil && x.res.first[etag] == nil && !x.made() {
			x.line(k6, said.f, "")
		}
	case said.maxAge != "":
		if until != nil {
			x.line(k7, said.f, said.maxAge)
		}
		if length(said.maxAge) > 0 {
			x.line(k4, said.f, said.maxAge)
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
