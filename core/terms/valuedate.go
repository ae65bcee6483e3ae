package terms

import (
	"time"

	"vitrine/core/httpdate"
)

// units are those that durations are told in, in seconds.
var units = [...]struct {
	code    string
	seconds int64
}{{"years", 365 * 86400}, {"days", 86400}, {"hours", 3600}, {"minutes", 60}, {"seconds", 1}}

// duration is seconds in the largest unit that is no larger, and whole or at
// least two of it: "1 hour", "90 minutes", "3 days".
func (v *valueOf) duration(seconds int64) string {
	for _, u := range units {
		if seconds == u.seconds || seconds >= 2*u.seconds || seconds > u.seconds && seconds%u.seconds == 0 {
			said := v.plural(u.code, (seconds+u.seconds/2)/u.seconds)
			if seconds%u.seconds != 0 {
				return v.sentence("about", said, "", "")
			}
			return said
		}
	}
	return v.plural("seconds", seconds)
}

// parseDate reads a date of HTTP. Two digits of a year are taken as of this
// century.
func parseDate(value string) (time.Time, bool) {
	return httpdate.Parse(value, time.Date(2049, 1, 1, 0, 0, 0, 0, time.UTC))
}

// moment says how far a date is from that of the response.
func (v *valueOf) moment(value string) {
	at, ok := parseDate(value)
	if !ok {
		v.say("date.none")
		return
	}
	date, ok := parseDate(v.date)
	if !ok || value == v.date { // it is Date itself, or says nothing beside it
		return
	}
	switch seconds := int64(date.Sub(at) / time.Second); {
	case seconds > 0:
		v.say1("date.before", v.duration(seconds))
	case seconds < 0:
		v.say1("date.after", v.duration(-seconds))
	}
}

// expires is moment, for a field whose value may be no date.
func (v *valueOf) expires(value string) {
	at, ok := parseDate(value)
	date, known := parseDate(v.date)
	switch {
	case !ok || known && !at.After(date):
		v.say("expires.past")
	case known:
		v.say1("expires.fresh", v.duration(int64(at.Sub(date)/time.Second)))
	}
}

func (v *valueOf) age(value string) {
	if n := number(value); n >= 0 {
		v.say1("age", v.duration(n))
	}
}

func (v *valueOf) retryAfter(value string) {
	if n := number(value); n >= 0 {
		v.say1("retry.seconds", v.duration(n))
		return
	}
	v.moment(value)
}
