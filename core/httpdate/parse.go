package httpdate

import (
	"strings"
	"time"
)

// Parse reads an HTTP-date in one of its three forms (RFC 9110 §5.6.7),
// strictly:
//
//	Sun, 06 Nov 1994 08:49:37 GMT
//	Sunday, 06-Nov-94 08:49:37 GMT
//	Sun Nov  6 08:49:37 1994
//
// The name of the day must be one but is not compared with the date. A year
// of two digits that would lie more than 50 years after now is in the century
// before. Leap seconds are allowed.
func Parse(value string, now time.Time) (t time.Time, ok bool) {
	if t, ok := ParseFixdate(value); ok {
		return t, true
	}
	if name, rest, found := strings.Cut(value, ", "); found {
		if isDayName(name, 9) {
			return parseRFC850(rest, now)
		}
		return time.Time{}, false
	}
	if len(value) > 4 && isDayName(value[:3], 3) && value[3] == ' ' {
		return parseAsctime(value[4:])
	}
	return time.Time{}, false
}

// ParseFixdate is Parse for the first form alone, IMF-fixdate: the only one that
// is sent nowadays.
func ParseFixdate(value string) (t time.Time, ok bool) {
	const day = "Sun, "
	if len(value) < len(day) || value[3:5] != day[3:] || !isDayName(value[:3], 3) {
		return time.Time{}, false
	}
	return parseIMF(value[len(day):])
}

// parseIMF reads "06 Nov 1994 08:49:37 GMT".
func parseIMF(s string) (t time.Time, ok bool) {
	if len(s) != 24 || s[2] != ' ' || s[6] != ' ' || s[11] != ' ' || s[20:] != " GMT" {
		return time.Time{}, false
	}
	return dateOf(s[7:11], s[3:6], s[:2], s[12:20])
}

// parseRFC850 reads "06-Nov-94 08:49:37 GMT".
func parseRFC850(s string, now time.Time) (t time.Time, ok bool) {
	if len(s) != 22 || s[2] != '-' || s[6] != '-' || s[9] != ' ' || s[18:] != " GMT" {
		return time.Time{}, false
	}
	yy, ok := digits(s[7:9])
	if !ok {
		return time.Time{}, false
	}
	century := now.UTC().Year() / 100 * 100
	t, ok = dateIn(century+yy, s[3:6], s[:2], s[10:18])
	if ok && t.After(now.AddDate(50, 0, 0)) {
		return dateIn(century+yy-100, s[3:6], s[:2], s[10:18])
	}
	return t, ok
}

// parseAsctime reads "Nov  6 08:49:37 1994".
func parseAsctime(s string) (t time.Time, ok bool) {
	if len(s) != 20 || s[3] != ' ' || s[6] != ' ' || s[15] != ' ' {
		return time.Time{}, false
	}
	day := s[4:6]
	if day[0] == ' ' {
		day = day[1:]
	}
	return dateOf(s[16:], s[:3], day, s[7:15])
}

func dateOf(year, month, day, clock string) (t time.Time, ok bool) {
	y, ok := digits(year)
	if !ok {
		return time.Time{}, false
	}
	return dateIn(y, month, day, clock)
}

// dateIn puts a date together; clock is "08:49:37".
func dateIn(year int, month, day, clock string) (t time.Time, ok bool) {
	m := monthNumber(month)
	if m == 0 || month != months[m-1][:3] || clock[2] != ':' || clock[5] != ':' {
		return time.Time{}, false
	}
	d, ok1 := digits(day)
	hh, ok2 := digits(clock[:2])
	mm, ok3 := digits(clock[3:5])
	ss, ok4 := digits(clock[6:])
	if !ok1 || !ok2 || !ok3 || !ok4 || !isDate(year, m, d) || hh > 23 || mm > 59 || ss > 60 {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(m), d, hh, mm, ss, 0, time.UTC), true
}

// isDate reports whether the day exists. Years are 1 to 9999.
func isDate(year, month, day int) bool {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// digits reads a number of one to nine digits and nothing else.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// monthNumber knows short and full names in any case; 0 is no month.
func monthNumber(name string) int {
	for i, month := range months {
		if foldsTo(name, month) || foldsTo(name, month[:3]) {
			return i + 1
		}
	}
	return 0
}

// foldsTo reports whether name is word, in any case of ASCII letters. A letter
// that is not ASCII has more bytes than the one it would fold to.
func foldsTo(name, word string) bool {
	return len(name) == len(word) && strings.EqualFold(name, word)
}

// isDayName reports whether name is a day's name cut to n bytes, case and all.
func isDayName(name string, n int) bool {
	for _, day := range days {
		if name == day[:min(n, len(day))] {
			return true
		}
	}
	return false
}
