package main

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vitrine/core/handler"
)

// useAccessLog logs one line for each exchange, when it is over, in place of
// http.server's lines. What is no line about a response goes to messages, in
// http.server's form.
func useAccessLog(h *handler.Base, lines, messages io.Writer, line func([]byte, *handler.Exchange) []byte) {
	h.ErrorLog = messages
	h.LogRequest = func(*handler.Exchange, int, int64) {}
	h.LogErrorCode = func(*handler.Exchange, int, string) {} // the line of the exchange says it
	buffers := sync.Pool{New: func() any { return new([]byte) }}
	h.Done = func(x *handler.Exchange) {
		buf := buffers.Get().(*[]byte)
		b := line((*buf)[:0], x)
		lines.Write(b)
		if cap(b) <= maxLineBuffer {
			*buf = b
			buffers.Put(buf)
		}
	}
}

// maxLineBuffer is the largest buffer for a line that is used again.
const maxLineBuffer = 4 << 10

// appendCombined appends x in the combined log format of Apache and others.
func appendCombined(b []byte, x *handler.Exchange) []byte {
	b = x.AppendAddress(b)
	b = append(b, " - - ["...)
	b = append(b, accessDates.text(time.Now())...)
	b = append(b, "] "...)
	b = appendQuoted(b, x.RequestLine)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(x.Status()), 10)
	b = append(b, ' ')
	if n := x.Size(); n > 0 {
		b = strconv.AppendInt(b, n, 10)
	} else {
		b = append(b, '-')
	}
	b = appendQuoted(append(b, ' '), x.Headers.Get("Referer"))
	b = appendQuoted(append(b, ' '), x.Headers.Get("User-Agent"))
	return append(b, '\n')
}

// accessDates is the date of the lines of one second.
var accessDates dateCache

type dateCache struct{ last atomic.Pointer[dateOfSecond] }

type dateOfSecond struct {
	second int64
	text   string
}

func (c *dateCache) text(now time.Time) string {
	if d := c.last.Load(); d != nil && d.second == now.Unix() {
		return d.text
	}
	d := &dateOfSecond{now.Unix(), now.Format("02/Jan/2006:15:04:05 -0700")}
	c.last.Store(d)
	return d.text
}

// appendQuoted appends s between quotes, so that nothing in it can end the
// field or act on a terminal. Nothing is "-".
func appendQuoted(b []byte, s string) []byte {
	if s == "" {
		s = "-"
	}
	b = append(b, '"')
	if isPlain(s) {
		return append(append(b, s...), '"')
	}
	at := len(b)
	b = handler.AppendLogText(b, handler.Latin1(s))
	// Quotes are the one thing http.server's log leaves as they are.
	quoted := strings.ReplaceAll(string(b[at:]), `"`, `\"`)
	return append(append(b[:at], quoted...), '"')
}

// isPlain reports whether s is the same in a log.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x7f || c == '\\' || c == '"' {
			return false
		}
	}
	return len(s) <= handler.MaxLogText
}

// accessRecord is one line of the JSON log. Sizes are in bytes.
type accessRecord struct {
	Time      string  `json:"time"`
	Client    string  `json:"client"`
	Method    string  `json:"method"`
	Target    string  `json:"target"`
	Protocol  string  `json:"protocol"`
	Status    int     `json:"status"`
	Size      int64   `json:"size"`
	Seconds   float64 `json:"seconds"`
	Referer   string  `json:"referer,omitempty"`
	UserAgent string  `json:"user_agent,omitempty"`
}

// appendJSON appends x as one JSON object on a line.
func appendJSON(b []byte, x *handler.Exchange) []byte {
	text := func(s string) string {
		s = handler.Latin1(s)
		if len(s) > handler.MaxLogText {
			s = strings.ToValidUTF8(s[:handler.MaxLogText], "") + "..."
		}
		return s
	}
	line, err := json.Marshal(accessRecord{
		Time:      time.Now().Format(time.RFC3339Nano),
		Client:    x.AddressString(),
		Method:    text(x.Command),
		Target:    text(x.Target),
		Protocol:  text(x.RequestVersion),
		Status:    x.Status(),
		Size:      x.Size(),
		Seconds:   x.Elapsed().Seconds(),
		Referer:   text(x.Headers.Get("Referer")),
		UserAgent: text(x.Headers.Get("User-Agent")),
	})
	if err != nil {
		return b
	}
	return append(append(b, line...), '\n')
}

func jsonDropped(n int64) string { return `{"dropped":` + strconv.FormatInt(n, 10) + "}\n" }
