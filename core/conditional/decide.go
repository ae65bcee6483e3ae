package conditional

import (
	"strings"
	"time"

	"vitrine/core/http1"
	"vitrine/core/httpdate"
)

// Validators is what is known of the representation that a request would get
// (RFC 9110 §8.8).
type Validators struct {
	ETag    string    // entity tag with its quotes; "" if there is none
	ModTime time.Time // of which whole seconds count; zero is unknown
	Now     time.Time // when the response is made
}

// lastModified is the time in whole seconds, fractions cut towards the past.
func (v *Validators) lastModified() (unix int64, ok bool) {
	return v.ModTime.Unix(), !v.ModTime.IsZero()
}

// Decision is how to respond and why.
type Decision struct {
	Status int         // 200, 206, 304, 412 or 416
	Ranges []ByteRange // with 206: what to send, at least one
	// Evaluation is what became of each field that could decide.
	Evaluation Evaluation
}

// Decide says how to respond to a request for an existing representation of
// size bytes: the preconditions in the order of RFC 9110 §13.2.2, then Range.
// For methods other than GET and HEAD these fields have no effect here:
// preconditions belong to whoever implements such a method. It allocates only
// for ranges.
func Decide(method string, fields http1.Fields, v Validators, size int64) (d Decision) {
	d.Status = 200
	if !d.Evaluation.find(fields) {
		return d
	}
	s := &d.Evaluation
	if method != "GET" && method != "HEAD" {
		s.skipRest(IfMatch, whyMethod)
		return d
	}

	// 1. and 2.: If-Match, or else If-Unmodified-Since.
	if s.has(IfMatch) {
		s.skip(IfUnmodifiedSince, whyIfMatch)
		if !matchAny(fields, "If-Match", v.ETag, StrongMatch) {
			s[IfMatch].settle(Decided, whyNoMatch)
			s.skipRest(IfNoneMatch, whySettled)
			d.Status = 412
			return d
		}
		s[IfMatch].settle(Passed, whyMatch)
	} else if s.has(IfUnmodifiedSince) {
		since, ok := httpdate.Parse(s[IfUnmodifiedSince].Value, v.Now)
		modified, known := v.lastModified()
		switch {
		case s[IfUnmodifiedSince].several:
			s[IfUnmodifiedSince].settle(Ignored, whyManyDates)
		case !ok:
			s[IfUnmodifiedSince].settle(Ignored, whyNoDate)
		case !known:
			s[IfUnmodifiedSince].settle(Ignored, whyNoTime)
		case modified > since.Unix():
			s[IfUnmodifiedSince].settle(Decided, whyModified)
			s.skipRest(IfNoneMatch, whySettled)
			d.Status = 412
			return d
		default:
			s[IfUnmodifiedSince].settle(Passed, whyUnmodified)
		}
	}

	// 3. and 4.: If-None-Match, or else If-Modified-Since. An empty
	// If-None-Match is there all the same (N-1).
	if s.has(IfNoneMatch) {
		s.skip(IfModifiedSince, whyIfNoneMatch)
		if matchAny(fields, "If-None-Match", v.ETag, WeakMatch) {
			s[IfNoneMatch].settle(Decided, whyHasIt)
			s.skipRest(IfRange, whySettled)
			d.Status = 304
			return d
		}
		s[IfNoneMatch].settle(Passed, whyNew)
	} else if s.has(IfModifiedSince) {
		// The lenient date of e-mail, as in http.server (N-3).
		//
		// Differs from http.server, which takes the first of several dates:
		// there they have no effect, in one field line or in several
		// (RFC 9110 §13.1.3).
		since, ok := httpdate.ParseMail(s[IfModifiedSince].Value)
		modified, known := v.lastModified()
		switch {
		case s[IfModifiedSince].several || isDateList(s[IfModifiedSince].Value):
			s[IfModifiedSince].settle(Ignored, whyManyDates)
		case !ok:
			s[IfModifiedSince].settle(Ignored, whyNoDate)
		case !known:
			s[IfModifiedSince].settle(Ignored, whyNoTime)
		case modified <= since.Unix():
			s[IfModifiedSince].settle(Decided, whyUnmodified)
			s.skipRest(IfRange, whySettled)
			d.Status = 304
			return d
		default:
			s[IfModifiedSince].settle(Passed, whyModified)
		}
	}

	// 5.: Range, if If-Range allows.
	d.decideRange(method, fields, &v, size)
	return d
}

func (d *Decision) decideRange(method string, fields http1.Fields, v *Validators, size int64) {
	s := &d.Evaluation
	switch {
	case !s.has(Range):
		s.ignore(IfRange, whyNoRange)
		return
	case method != "GET":
		s.ignore(IfRange, whyNotGET)
		s.ignore(Range, whyNotGET)
		return
	case countFields(fields, "Range") > 1:
		s.ignore(IfRange, whyManyRanges)
		s.ignore(Range, whyManyRanges)
		return
	}
	if s.has(IfRange) {
		ok, why := v.sameAs(s[IfRange].Value)
		if s[IfRange].several { // no entity tag, and no date
			ok, why = false, whyManyIfRanges
		}
		if !ok {
			s[IfRange].settle(Decided, why)
			s.skip(Range, whyIfRange)
			return
		}
		s[IfRange].settle(Passed, why)
	}
	ranges, verdict := ParseRange(s[Range].Value, size)
	switch verdict {
	case RangeSatisfiable:
		d.Status, d.Ranges = 206, ranges
		s[Range].settle(Decided, whySatisfiable)
	case RangeUnsatisfiable:
		d.Status = 416
		s[Range].settle(Decided, whyUnsatisfiable)
	case RangeUnknownUnit:
		s[Range].settle(Ignored, whyUnit)
	case RangeTooMany:
		s[Range].settle(Ignored, whyTooMany)
	case RangeEmpty:
		s[Range].settle(Ignored, whyEmpty)
	default:
		s[Range].settle(Ignored, whyRangeSyntax)
	}
}

// sameAs evaluates If-Range (RFC 9110 §13.1.5): a strong entity tag that
// matches, or exactly the date of Last-Modified, provided the file had been
// left alone long enough for that date to be a strong validator (§8.8.2.2).
func (v *Validators) sameAs(value string) (same bool, why reason) {
	if isTag(value) {
		if StrongMatch(value, v.ETag) {
			return true, whySameTag
		}
		return false, whyOtherTag
	}
	date, ok := httpdate.Parse(value, v.Now)
	if !ok {
		return false, whyNoDate
	}
	modified, known := v.lastModified()
	switch {
	case !known:
		return false, whyNoTime
	case date.Unix() != modified:
		return false, whyOtherDate
	case !Stable(v.ModTime, v.Now):
		return false, whyWeakDate
	}
	return true, whySameDate
}

// matchAny evaluates the list of all field lines of that name: "*", which
// every existing representation matches, or entity tags (RFC 9110 §13.1.1,
// §13.1.2). What follows a fault of syntax is not looked at.
func matchAny(fields http1.Fields, name, etag string, match func(a, b string) bool) bool {
	for i := range fields {
		if !http1.EqualFold(fields[i].Name, name) {
			continue
		}
		list := fields[i].Value
		if http1.TrimOWS(list) == "*" {
			return true
		}
		for {
			tag, rest, ok := nextTag(list)
			if !ok {
				break
			}
			if match(tag, etag) {
				return true
			}
			list = rest
		}
	}
	return false
}

func countFields(fields http1.Fields, name string) (n int) {
	for i := range fields {
		if http1.EqualFold(fields[i].Name, name) {
			n++
		}
	}
	return n
}

// isDateList reports whether value is what several field lines with a date
// become when they are joined (RFC 9110 §5.3): a date as in Last-Modified, and
// a comma behind it.
func isDateList(value string) bool {
	const size = len("Sun, 06 Nov 1994 08:49:37 GMT")
	if len(value) <= size || !strings.HasPrefix(strings.TrimLeft(value[size:], " \t"), ",") {
		return false
	}
	_, ok := httpdate.ParseMail(value[:size])
	return ok
}

// find puts the fields that decide in their places and reports whether there
// are any. The value is that of the first field line of a name (H-5).
func (s *Evaluation) find(fields http1.Fields) (any bool) {
	for i := range fields {
		name := fields[i].Name
		if len(name) < 5 || name[0]|0x20 != 'i' && name[0]|0x20 != 'r' {
			continue
		}
		for r := range s {
			if !http1.EqualFold(name, preconditions[r].name) {
				continue
			}
			if s[r].Verdict == Present {
				s[r].several = true
				break
			}
			s[r].Verdict = Present
			s[r].Value = strings.Trim(fields[i].Value, " \t")
			any = true
			break
		}
	}
	return any
}
