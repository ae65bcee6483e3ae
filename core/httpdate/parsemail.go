package httpdate

import (
	"strings"
	"time"
)

// ParseMail reads a date as http.server reads If-Modified-Since: with the
// lenient rules of e-mail (N-3). false means that the field has no effect: no
// date, an impossible one, or one in another zone than UTC (N-4).
//
// The year of two digits turns at 1969 here, whenever now is.
func ParseMail(value string) (t time.Time, ok bool) {
	if len(value) == len("Sun, 06 Nov 1994 08:49:37 GMT") && isDayName(value[:3], 3) && value[3:5] == ", " {
		// What this server sent as Last-Modified comes back: no need to be
		// lenient. A leap second is one of the impossible dates here.
		if t, ok := parseIMF(value[5:]); ok && value[23:25] != "60" {
			return t, true
		}
	}
	var p mailDate
	if !p.words(value) {
		return time.Time{}, false
	}
	year, ok1 := p.yearNumber()
	day, ok2 := digits(strings.TrimSuffix(p.day, ","))
	hh, mm, ss, ok3 := p.clockNumbers()
	if !ok1 || !ok2 || !ok3 || !isUTC(p.zone) {
		return time.Time{}, false
	}
	month := monthNumber(p.month)
	if !isDate(year, month, day) || hh > 23 || mm > 59 || ss > 59 {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(month), day, hh, mm, ss, 0, time.UTC), true
}

// mailDate is a date as words, each in its place.
type mailDate struct{ day, month, year, clock, zone string }

// words finds the words of a date and puts them in place.
func (p *mailDate) words(value string) bool {
	w := strings.FieldsFunc(value, isMailSpace)
	if len(w) == 0 {
		return false
	}
	// The name of the day, with its comma or in its place, says nothing.
	switch i := strings.LastIndexByte(w[0], ','); {
	case i == len(w[0])-1 || isShortDay(w[0]):
		w = w[1:]
	case i >= 0:
		w[0] = w[0][i+1:]
	}
	if len(w) == 3 { // 14-Nov-23 22:13:20 GMT
		if parts := strings.Split(w[0], "-"); len(parts) == 3 {
			w = append(parts, w[1:]...)
		}
	}
	if len(w) == 4 { // 22:13:20+0000, or no zone at all
		zone := ""
		i := strings.IndexByte(w[3], '+')
		if i < 0 {
			i = strings.IndexByte(w[3], '-')
		}
		if i > 0 {
			w[3], zone = w[3][:i], w[3][i:]
		}
		w = append(w, zone)
	}
	if len(w) < 5 {
		return false
	}
	*p = mailDate{w[0], w[1], w[2], w[3], w[4]}
	if monthNumber(p.month) == 0 { // Nov 14 2023
		p.day, p.month = p.month, p.day
		if monthNumber(p.month) == 0 {
			return false
		}
	}
	if strings.IndexByte(p.year, ':') > 0 { // Nov 14 22:13:20 2023
		p.year, p.clock = p.clock, p.year
	}
	p.year = strings.TrimSuffix(p.year, ",")
	if p.year == "" {
		return false
	}
	if p.year[0] < '0' || p.year[0] > '9' { // zone before the year
		p.year, p.zone = p.zone, p.year
	}
	p.clock = strings.TrimSuffix(p.clock, ",")
	return true
}

// yearNumber gives years of up to three digits their century: 69 to 99 are
// 19xx, 00 to 68 are 20xx.
func (p *mailDate) yearNumber() (year int, ok bool) {
	year, ok = digits(p.year)
	if len(p.year) < 4 && year < 100 {
		if year > 68 {
			year += 1900
		} else {
			year += 2000
		}
	}
	return year, ok
}

// clockNumbers reads 22:13:20, 22:13 or 22.13.20.
func (p *mailDate) clockNumbers() (hh, mm, ss int, ok bool) {
	parts := strings.Split(p.clock, ":")
	if len(parts) == 1 {
		parts = strings.Split(p.clock, ".")
	}
	if len(parts) == 2 {
		parts = append(parts, "0")
	}
	if len(parts) != 3 {
		return 0, 0, 0, false
	}
	hh, ok1 := digits(parts[0])
	mm, ok2 := digits(parts[1])
	ss, ok3 := digits(parts[2])
	return hh, mm, ss, ok1 && ok2 && ok3
}

// isUTC reports whether a zone counts as UTC: its names, no offset, -0000,
// and whatever is no zone at all.
func isUTC(zone string) bool {
	switch strings.ToUpper(zone) {
	case "AST", "ADT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT":
		return false
	}
	offset := strings.TrimLeft(zone, "+-")
	if len(zone)-len(offset) > 1 || offset == "" {
		return true
	}
	for i := 0; i < len(offset); i++ {
		if offset[i] < '0' || offset[i] > '9' {
			return true
		}
	}
	return strings.Trim(offset, "0") == ""
}

// isShortDay reports whether a word without comma is the name of a day. Full
// names need the comma.
func isShortDay(word string) bool {
	for _, day := range days {
		if foldsTo(word, day[:3]) {
			return true
		}
	}
	return false
}

// isMailSpace is Python's white space within Latin-1. A byte from 80 on
// arrives here as U+FFFD and is no space.
func isMailSpace(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f
}
