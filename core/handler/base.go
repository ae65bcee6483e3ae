package handler

import (
	"io"
	"sync/atomic"
	"time"

	"vitrine/core/internal/version"
)

// Method responds in one exchange: http.server's do_GET and its like. An error
// says that the response could not be finished: the connection is closed, and
// if nothing was sent yet the client gets 500.
type Method func(x *Exchange) error

// Base is the base of http.server's classes, BaseHTTPRequestHandler as a
// value: a [Handler] that looks its method up in a table. The zero value knows
// no method and responds with 501 to every request. Fields are set before the first
// request and not changed after it; a Base serves many connections at once.
//
// What embeds a Base, such as a site.Site, is a Handler by it.
type Base struct {
	// Methods maps a method, case-sensitive, to what responds to it.
	Methods map[string]Method

	// ProtocolVersion is the version the server speaks, "HTTP/1.0" if empty.
	// From "HTTP/1.1" on connections persist.
	ProtocolVersion string
	// ServerVersion and SysVersion make up the Server field, joined by a
	// SP. Empty ServerVersion is "Vitrine/VERSION", empty SysVersion is
	// left out.
	ServerVersion, SysVersion string

	// ErrorMessageFormat is the page of SendError, with %(code)d, %(message)s
	// and %(explain)s as in http.server; empty is http.server's own page.
	ErrorMessageFormat string
	// ErrorContentType is its media type, "text/html;charset=utf-8" if empty.
	ErrorContentType string
	// PageStyle is CSS for the style sheets of http.server's own pages, behind
	// what stands there: of the error page, and of listings (package site). It
	// ends in a line feed. Markup and words stay http.server's; empty is its
	// page byte by byte.
	PageStyle string
	// Responses overrides reason phrase and explanation of status codes.
	Responses map[int]Phrases

	// AllowMethods responds to a registered method of RFC 9110 that Methods
	// lacks with 405 and Allow. False is http.server's 501 for every one.
	AllowMethods bool
	// RefuseExpectations responds to an expectation other than 100-continue with
	// 417 (RFC 9110 §10.1.1). False ignores it, as http.server does.
	RefuseExpectations bool

	// The function fields replace a method of http.server of the same name;
	// nil is the default behaviour.

	// HandleExpect100 decides on "Expect: 100-continue". The default sends
	// 100 and returns true. False ends the request: it has its response.
	HandleExpect100 func(x *Exchange) bool
	// ErrorPage makes the content of an error from code, message and
	// explanation, all unescaped.
	ErrorPage func(x *Exchange, code int, message, explain string) (mediaType string, page []byte)
	// LogRequest logs a response when its head is made. size is -1 if unknown.
	LogRequest func(x *Exchange, code int, size int64)
	// LogError logs a fault.
	LogError func(x *Exchange, text string)
	// LogErrorCode logs that the response is an error; by default with
	// LogError, in http.server's words.
	LogErrorCode func(x *Exchange, code int, message string)
	// LogMessage writes one line of the log; text is not yet escaped.
	LogMessage func(x *Exchange, text string)
	// VersionString makes the value of the Server field.
	VersionString func() string
	// DateTimeString makes the value of the Date field.
	DateTimeString func(t time.Time) string
	// LogDateTimeString makes the date of a log line.
	LogDateTimeString func(t time.Time) string
	// AddressString names the client in a log line.
	AddressString func(x *Exchange) string

	// Done is called once after each exchange, when the last byte of its
	// response has been handed to the transport or could not be.
	Done func(x *Exchange)
	// ErrorLog takes the log lines, one Write each; nil discards them.
	ErrorLog io.Writer
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	date, logDate atomic.Pointer[dateCache]
}

// Phrases are the two texts http.server keeps of a status code.
type Phrases struct{ Short, Long string }

// BaseHandler returns b, also for what embeds it: see [BaseOf].
func (b *Base) BaseHandler() *Base { return b }

// Protocol returns the version the server speaks.
func (b *Base) Protocol() string {
	if b.ProtocolVersion == "" {
		return "HTTP/1.0"
	}
	return b.ProtocolVersion
}

// Persistent reports whether connections may outlive a request (K-1). The
// comparison is by text, as in http.server.
func (b *Base) Persistent() bool { return b.Protocol() >= "HTTP/1.1" }

func (b *Base) now() time.Time {
	if b.Now != nil {
		return b.Now()
	}
	return time.Now()
}

// Software returns the text of the Server field.
func (b *Base) Software() string { return b.versionString() }

func (b *Base) versionString() string {
	switch {
	case b.VersionString != nil:
		return b.VersionString()
	case b.ServerVersion == "" && b.SysVersion == "":
		return version.Server
	case b.ServerVersion == "":
		return version.Server + " " + b.SysVersion
	case b.SysVersion == "":
		return b.ServerVersion
	}
	return b.ServerVersion + " " + b.SysVersion
}
