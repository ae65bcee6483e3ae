package httpdate

import "time"

// days and months are the English names of every date of HTTP.
var (
	days   = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	months = [...]string{"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December"}
)

// Weekday and Month are the names that dates have: "Sun", "Nov" (http.server's
// weekdayname and monthname).
func Weekday(d time.Weekday) string { return days[d][:3] }

// Month is described at Weekday.
func Month(m time.Month) string { return months[m-1][:3] }

// Format is t as a Date field has it, IMF-fixdate (RFC 9110 §5.6.7),
// fractions of a second cut towards the past.
func Format(t time.Time) string {
	return string(Append(make([]byte, 0, len("Sun, 06 Nov 1994 08:49:37 GMT")), t))
}

// Append appends t as an IMF-fixdate.
func Append(b []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	b = append(b, Weekday(t.Weekday())...)
	b = append(b, ", "...)
	b = append2(b, day)
	b = append(b, ' ')
	b = append(b, Month(month)...)
	b = append(b, ' ')
	b = append4(b, year)
	b = append(b, ' ')
	b = appendClock(b, t)
	return append(b, " GMT"...)
}

// FormatLog is t in local time as a log line has it, without a zone:
// "22/Nov/2025 23:57:35".
func FormatLog(t time.Time) string {
	t = t.Local()
	year, month, day := t.Date()
	b := make([]byte, 0, len("22/Nov/2025 23:57:35"))
	b = append2(b, day)
	b = append(b, '/')
	b = append(b, Month(month)...)
	b = append(b, '/')
	b = append4(b, year)
	b = append(b, ' ')
	return string(appendClock(b, t))
}

func appendClock(b []byte, t time.Time) []byte {
	hour, minute, second := t.Clock()
	b = append(append2(b, hour), ':')
	b = append(append2(b, minute), ':')
	return append2(b, second)
}

func append2(b []byte, n int) []byte {
	return append(b, byte('0'+n/10%10), byte('0'+n%10))
}

// append4 holds years to four digits, which is what HTTP dates have.
func append4(b []byte, n int) []byte {
	n = min(max(n, 0), 9999)
	return append2(append2(b, n/100), n%100)
}
