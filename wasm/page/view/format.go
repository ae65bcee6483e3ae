package view

import (
	"strconv"
	"strings"
	"time"
)

// Size is a number of bytes in words: 0 B, 812 B, 2.1 kB, 300 MB. Units are
// powers of 1000.
func Size(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " B"
	}
	f, unit := float64(n), ""
	for _, unit = range []string{"kB", "MB", "GB", "TB"} {
		f /= 1000
		if f < 999.5 {
			break
		}
	}
	return digits(f) + " " + unit
}

// Duration is a time in words: 0.4 ms, 12 ms, 1.2 s.
func Duration(d time.Duration) string {
	switch {
	case d < 0:
		return "0 ms"
	case d < time.Second-time.Millisecond/2:
		return digits(float64(d)/float64(time.Millisecond)) + " ms"
	}
	return digits(d.Seconds()) + " s"
}

// digits keeps one decimal below ten.
func digits(f float64) string {
	if f < 9.95 {
		return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
	}
	return strconv.FormatFloat(f, 'f', 0, 64)
}

// Clock is the time of day in milliseconds: 15:04:05.000.
func Clock(t time.Time) string {
	t = t.Local()
	h, m, s := t.Clock()
	return pad(h, 2) + ":" + pad(m, 2) + ":" + pad(s, 2) + "." + pad(t.Nanosecond()/int(time.Millisecond), 3)
}

// pad is n in so many digits.
func pad(n, digits int) string {
	s := strconv.Itoa(n)
	return "000"[:max(0, digits-len(s))] + s
}

// TypeLabel is the short name of a media type in the log: css, js, svg, text.
func TypeLabel(mediaType string) string {
	t, _, _ := strings.Cut(mediaType, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	switch t {
	case "text/javascript", "application/javascript":
		return "js"
	case "text/plain":
		return "text"
	case "application/octet-stream":
		return "binary"
	case "image/vnd.microsoft.icon":
		return "icon"
	case "audio/vnd.wave":
		return "wav"
	case "multipart/byteranges":
		return "ranges"
	}
	_, sub, ok := strings.Cut(t, "/")
	if !ok {
		return t
	}
	sub = strings.TrimPrefix(sub, "x-")
	if i := strings.IndexByte(sub, '+'); i > 0 {
		sub = sub[:i]
	}
	return sub
}

// SplitTail cuts a target so that its last segment can stay whole while the
// rest is shortened: /docs/, a.css.
func SplitTail(target string) (head, tail string) {
	const most = 36
	i := strings.LastIndexByte(strings.TrimRight(target, "/"), '/') + 1
	if len(target)-i > most {
		i = len(target) - most
		for i < len(target) && target[i]&0xc0 == 0x80 {
			i++ // not within a character
		}
	}
	return target[:i], target[i:]
}
