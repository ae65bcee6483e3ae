package handler

import "time"

// Weekdays and Months are the English names of dates in HTTP and in the log
// (http.server's weekdayname and monthname, which start at Monday and 1).
var (
	Weekdays = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
	Months   = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
)

// dateCache is the Date field of one second, so that requests within it share
// one string.
type dateCache struct {
	second int64
	text   string
}

// DateString is t as a Date field has it, IMF-fixdate (RFC 9110 §5.6.7),
// fractions of a second cut towards the past.
func DateString(t time.Time) string {
	return string(AppendDate(make([]byte, 0, len("Sun, 06 Nov 1994 08:49:37 GMT")), t))
}

// AppendDate appends t as an IMF-fixdate.
func AppendDate(b []byte, t time.Time) []byte {
	t = t.UTC()
	year, month, day := t.Date()
	b = append(b, Weekdays[t.Weekday()]...)
	b = append(b, ", "...)
	b = append2(b, day)
	b = append(b, ' ')
	b = append(b, Months[month]...)
	b = append(b, ' ')
	b = append4(b, year)
	b = append(b, ' ')
	b = appendClock(b, t)
	return append(b, " GMT"...)
}

// LogDateString is t in local time as a log line has it, without a zone:
// "22/Nov/2025 23:57:35".
func LogDateString(t time.Time) string {
	t = t.Local()
	year, month, day := t.Date()
	b := make([]byte, 0, len("22/Nov/2025 23:57:35"))
	b = append2(b, day)
	b = append(b, '/')
	b = append(b, Months[month]...)
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

func (h *Handler) dateTimeString() string {
	now := h.now()
	if h.DateTimeString != nil {
		return h.DateTimeString(now)
	}
	second := now.Unix()
	if c := h.date.Load(); c != nil && c.second == second {
		return c.text
	}
	c := &dateCache{second, DateString(now)}
	h.date.Store(c)
	return c.text
}
