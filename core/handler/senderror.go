package handler

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/core/http1"
	"vitrine/core/status"
)

// defaultErrorPage is http.server's error page (section 8 of its behaviour).
const defaultErrorPage = errorPageStart + errorPageRest

const errorPageStart = `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <style type="text/css">
            :root {
                color-scheme: light dark;
            }
`

const errorPageRest = `        </style>
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %(code)d</p>
        <p>Message: %(message)s.</p>
        <p>Error code explanation: %(code)s - %(explain)s.</p>
    </body>
</html>
`

const defaultErrorContentType = "text/html;charset=utf-8"

// SendError responds with an error page and closes the connection (S-1 to
// S-6, K-4). Empty message and explain are those of the code, "???" for a
// unknown code. more are field lines for the end of the head, such as
// Allow or Content-Range.
//
// The error is logged before the request (S-2).
func (x *Exchange) SendError(code int, message, explain string, more ...http1.Field) error {
	if code >= 200 {
		x.checkContent()
	}
	if x.fault != nil {
		return x.refuse()
	}
	if responded, err := x.runOnError(code); responded || err != nil {
		return err
	}
	if message == "" {
		message = unknownText(x.phrase(code))
	}
	if explain == "" {
		explain = unknownText(x.explanation(code))
	}
	x.logErrorCode(code, message)
	x.SendResponse(code, message)
	x.SendHeader("Connection", "close")
	var page []byte
	if code >= 200 && code != 204 && code != 205 && code != 304 {
		var mediaType string
		mediaType, page = x.errorPage(code, message, explain)
		x.SendHeader("Content-Type", mediaType)
		x.SendHeader("Content-Length", strconv.Itoa(len(page)))
	}
	for _, f := range more {
		x.SendHeader(f.Name, f.Value)
	}
	if err := x.EndHeaders(); err != nil {
		return err
	}
	if len(page) == 0 {
		return nil
	}
	_, err := x.Write(page)
	return err
}

func (x *Exchange) explanation(code int) string {
	if p, ok := x.Base.Responses[code]; ok {
		return p.Long
	}
	return status.Explain(code)
}

func unknownText(s string) string {
	if s == "" {
		return "???"
	}
	return s
}

func (x *Exchange) errorPage(code int, message, explain string) (mediaType string, page []byte) {
	h := x.Base
	if h.ErrorPage != nil {
		return h.ErrorPage(x, code, message, explain)
	}
	format, mediaType := h.ErrorMessageFormat, h.ErrorContentType
	switch {
	case format != "":
	case h.PageStyle == "":
		format = defaultErrorPage
	default:
		format = errorPageStart + strings.ReplaceAll(h.PageStyle, "%", "%%") + errorPageRest
	}
	if mediaType == "" {
		mediaType = defaultErrorContentType
	}
	return mediaType, fillFormat(format, strconv.Itoa(code), EscapeHTML(questionMarks(message)), EscapeHTML(questionMarks(explain)))
}

// fillFormat fills %(code)d, %(message)s and %(explain)s, any of d and s, and
// %% in; other text with % stays as it is.
func fillFormat(format, code, message, explain string) []byte {
	values := [...]struct{ name, value string }{{"code", code}, {"message", message}, {"explain", explain}}
	page := make([]byte, 0, len(format)+len(message)+len(explain))
scan:
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			return append(page, format...)
		}
		page = append(page, format[:i]...)
		format = format[i:]
		if strings.HasPrefix(format, "%%") {
			page, format = append(page, '%'), format[2:]
			continue
		}
		for _, v := range values {
			if rest, ok := strings.CutPrefix(format, "%("+v.name+")"); ok && rest != "" && (rest[0] == 's' || rest[0] == 'd') {
				page, format = append(page, v.value...), rest[1:]
				continue scan
			}
		}
		page, format = append(page, '%'), format[1:]
	}
}

// EscapeHTML escapes what http.server escapes in pages: &, < and >, not the
// quotes (S-5). Its result is text between tags, never an attribute. Bytes that
// are not UTF-8 stay (I-8).
func EscapeHTML(s string) string {
	i := strings.IndexAny(s, "&<>")
	if i < 0 {
		return s
	}
	b := append(make([]byte, 0, len(s)+8), s[:i]...)
	for ; i < len(s); i++ {
		switch s[i] {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}

// questionMarks replaces each byte that is not part of a UTF-8 character, as
// http.server does in its error pages.
func questionMarks(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			b = append(b, '?')
		} else {
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return string(b)
}
