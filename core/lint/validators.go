package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// validators looks at Last-Modified of the response, and at what 304 was decided
// by.
func (x *exchange) validators() {
	f := x.res.first[lastModified]
	now, dated := x.date(date)
	if t, ok := x.date(lastModified); ok && dated && (x.status == 200 || x.status == 206) {
		if t > now {
			x.line(i2, f, f.Value.Text)
		} else if now-t <= 1 && !isStrong(x.res.value(etag)) {
			x.line(i1, f, "")
		}
	}
	if x.status == 304 {
		if f := x.req.first[ifNoneMatch]; f != nil {
			x.line(i6, f, "")
		} else if f := x.req.first[ifModifiedSince]; f != nil {
			x.line(i7, f, "")
		}
	}
}

// tags looks at ETag of the response, and at whether it should be there.
func (x *exchange) tags() {
	f := x.res.first[etag]
	switch {
	case f != nil:
		if rest := f.Value.Text; !isTag(&rest) || rest != "" {
			x.line(i4, f, names[etag].name)
			x.arg(f.Value.Text)
		} else if !isStrong(f.Value.Text) && x.status == 200 && x.method == "GET" && x.req.first[rangeField] != nil {
			x.line(i5, f, "")
		}
	case x.res.first[lastModified] == nil && x.status == 200 && x.reads && !x.made() && !x.res.lists(cacheControl, "no-store"):
		x.note(i3)
	}
	// A precondition that fits, and the whole all the same.
	if x.status != 200 || !x.reads {
		return
	}
	none, since := x.req.first[ifNoneMatch], x.req.first[ifModifiedSince]
	tag := strings.TrimPrefix(x.res.value(etag), "W/")
	if none != nil {
		if tag != "" && (none.Value.Text == "*" || strings.Contains(none.Value.Text, tag)) {
			x.line(i10, none, names[ifNoneMatch].name)
		}
	} else if since != nil && x.step(trace.CondIfModifiedSince) == nil {
		t, ok := unixOf(since.Value.Text)
		if m, known := x.date(lastModified); ok && known && m <= t {
			x.line(i10, since, names[ifModifiedSince].name)
		}
	}
}

// made reports whether the server made the content of the response, so that it
// cannot know whether the next one is the same.
func (x *exchange) made() bool {
	return x.step(trace.PathListing) != nil || x.step(trace.LiveAdded) != nil
}

// isTag cuts an entity tag off v (RFC 9110 §8.8.3).
func isTag(v *string) bool {
	s := strings.TrimPrefix(*v, "W/")
	if s == "" || s[0] != '"' {
		return false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			*v = s[i+1:]
			return true
		case c <= ' ' || c == 0x7f:
			return false
		}
	}
	return false
}

func isStrong(v string) bool { return v != "" && v[0] == '"' }

// areTags reports whether v is "*" or a list of entity tags. A tag can hold a
// comma.
func areTags(v string) bool {
	if v == "*" {
		return true
	}
	for isTag(&v) {
		if v = http1.TrimOWS(v); v == "" {
			return true
		}
		if v[0] != ',' {
			return false
		}
		v = http1.TrimOWS(v[1:])
	}
	return false
}

// notModified looks at the fields of 304.
func (x *exchange) notModified() {
	if x.status != 304 {
		return
	}
	if none := x.req.value(ifNoneMatch); none != "" && none != "*" && x.res.first[etag] == nil {
		x.code(i11)
	}
	for _, n := range [...]name{contentType, contentEncoding, contentLanguage} {
		if f := x.res.first[n]; f != nil {
			x.line(i12, f, names[n].name)
		}
	}
}

// preconditions looks at what became of the fields that could decide.
func (x *exchange) preconditions() {
	if f := x.req.first[ifModifiedSince]; f != nil {
		switch why := arg(x.step(trace.CondIfModifiedSince), 2); why {
		case "if-none-match":
			x.line(i8, f, "")
		case "no-date", "many-dates", "method":
			x.line(i9, f, why)
		}
	}
	for _, n := range [...]name{ifMatch, ifNoneMatch, ifUnmodifiedSince} {
		f := x.req.first[n]
		if f == nil {
			continue
		}
		if n != ifUnmodifiedSince && !areTags(f.Value.Text) {
			x.line(i4, f, names[n].name)
			x.arg(f.Value.Text)
		}
		if x.status == 412 {
			x.line(i13, f, names[n].name)
		}
	}
	if f := x.req.first[ifRange]; f != nil {
		if x.req.first[rangeField] == nil {
			x.line(i15, f, "alone")
		} else if strings.HasPrefix(f.Value.Text, "W/") {
			x.line(i15, f, "weak")
		}
	}
}
