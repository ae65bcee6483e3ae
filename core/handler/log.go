package handler

import (
	"strconv"
	"sync"
	"unicode/utf8"

	"vitrine/core/httpdate"
)

// MaxLogText is how many bytes of a log line's text are written; a longer
// text is cut and says so (gh-87979: a method of 60,000 bytes floods the log).
const MaxLogText = 8192

// LogRequest logs a response (L-2). size is -1 if unknown, which http.server's
// own methods always say.
func (x *Exchange) LogRequest(code int, size int64) {
	h := x.Base
	if h.LogRequest != nil {
		h.LogRequest(x, code, size)
		return
	}
	if h.ErrorLog == nil && h.LogMessage == nil {
		return
	}
	if h.LogMessage != nil {
		h.LogMessage(x, string(x.appendRequest(nil, code, size)))
		return
	}
	buf := logLines.Get().(*[]byte)
	b := x.appendLogStart((*buf)[:0])
	at := len(b)
	if b = x.appendRequest(b, code, size); !isPlainText(b[at:]) {
		b = AppendLogText(b[:at], string(b[at:]))
	}
	x.writeLog(buf, b)
}

// appendRequest appends what is logged of a request, not yet escaped.
func (x *Exchange) appendRequest(b []byte, code int, size int64) []byte {
	b = append(b, '"')
	b = append(b, Latin1(x.RequestLine)...)
	b = append(b, `" `...)
	b = strconv.AppendInt(b, int64(code), 10)
	if size < 0 {
		return append(b, " -"...)
	}
	return strconv.AppendInt(append(b, ' '), size, 10)
}

// LogError logs a fault; by default like any message (L-7).
func (x *Exchange) LogError(text string) {
	if x.Base.LogError != nil {
		x.Base.LogError(x, text)
		return
	}
	x.LogMessage(text)
}

// logErrorCode logs that the response is an error (S-2).
func (x *Exchange) logErrorCode(code int, message string) {
	if x.Base.LogErrorCode != nil {
		x.Base.LogErrorCode(x, code, message)
		return
	}
	x.LogError("code " + strconv.Itoa(code) + ", message " + message)
}

// LogMessage writes one line of the log: address, local date and text (L-1),
// with control characters made visible (L-4). text is UTF-8.
func (x *Exchange) LogMessage(text string) {
	h := x.Base
	if h.LogMessage != nil {
		h.LogMessage(x, text)
		return
	}
	if h.ErrorLog == nil {
		return
	}
	buf := logLines.Get().(*[]byte)
	x.writeLog(buf, AppendLogText(x.appendLogStart((*buf)[:0]), text))
}

// logLines are buffers for lines of the log.
var logLines = sync.Pool{New: func() any {
	b := make([]byte, 0, 256)
	return &b
}}

// maxLogLine is the largest buffer that is used again.
const maxLogLine = 4 << 10

// appendLogStart appends what comes before the text of each line.
func (x *Exchange) appendLogStart(b []byte) []byte {
	b = x.AppendAddress(b)
	b = append(b, " - - ["...)
	b = append(b, x.Base.logDateTimeString()...)
	return append(b, "] "...)
}

// writeLog writes b, which was appended to buf, and its line end.
func (x *Exchange) writeLog(buf *[]byte, b []byte) {
	b = append(b, '\n')
	x.Base.ErrorLog.Write(b)
	if cap(b) <= maxLogLine {
		*buf = b
		logLines.Put(buf)
	}
}

// logDateTimeString is the date of a log line made now.
func (b *Base) logDateTimeString() string {
	if b.LogDateTimeString != nil {
		return b.LogDateTimeString(b.now())
	}
	now := b.now()
	second := now.Unix()
	if c := b.logDate.Load(); c != nil && c.second == second {
		return c.text
	}
	c := &dateCache{second, httpdate.FormatLog(now)}
	b.logDate.Store(c)
	return c.text
}

// isPlainText reports whether AppendLogText would append p as it is.
func isPlainText(p []byte) bool {
	for _, c := range p {
		if c < 0x20 || c >= 0x7f || c == '\\' {
			return false
		}
	}
	return len(p) <= MaxLogText
}

// AppendLogText appends text so that it cannot act on a terminal: C0, DEL and
// C1 controls become \xNN, a backslash two (L-4, gh-100001). What is not
// UTF-8 counts as Latin-1.
func AppendLogText(b []byte, text string) []byte {
	cut := len(text) > MaxLogText
	if cut {
		text = text[:MaxLogText]
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(text[i])
		}
		switch {
		case r == '\\':
			b = append(b, `\\`...)
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			b = append(b, `\x`...)
			b = appendHex(b, uint32(r), 2)
		default:
			b = utf8.AppendRune(b, r)
		}
		i += n
	}
	if cut {
		b = append(b, "..."...)
	}
	return b
}
