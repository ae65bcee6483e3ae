package handler

import (
	"strconv"

	"vitrine/core/http1"
)

// SendFault responds to a message that broke the rules of HTTP/1 with
// http.server's words for it, and closes.
//
// Differs from http.server (R-13, gh-54930): every such response has a
// status-line and a field section, as from Python 3.15 on.
func (x *Exchange) SendFault(e *http1.Error) error {
	message, explain := faultText(e)
	return x.SendError(e.Status, message, explain)
}

// faultText gives message and explanation of a fault; empty means those of
// its status code.
func faultText(e *http1.Error) (message, explain string) {
	repr := func() string { return Repr(Latin1(e.Text)) }
	switch e.Fault {
	case http1.BadVersion:
		return "Bad request version (" + repr() + ")", ""
	case http1.UnsupportedVersion:
		return "Invalid HTTP version (" + Latin1(e.Text) + ")", ""
	case http1.BadSyntax:
		return "Bad request syntax (" + repr() + ")", ""
	case http1.BadHTTP09Method:
		return "Bad HTTP/0.9 request type (" + repr() + ")", ""
	case http1.TLSHandshake:
		return sentence(e.Fault.String()), "This port speaks HTTP: ask again with http:// in place of https://"
	case http1.StartLineTooLong:
		return "", ""
	case http1.FieldLineTooLong:
		return "Line too long", "got more than " + strconv.Itoa(e.Limit) + " bytes when reading header line"
	case http1.TooManyFields:
		return "Too many headers", "got more than " + strconv.Itoa(e.Limit) + " headers"
	}
	return sentence(e.Fault.String()), e.Section
}

// sentence begins s with a capital letter.
func sentence(s string) string {
	if s != "" && 'a' <= s[0] && s[0] <= 'z' {
		return string(s[0]-'a'+'A') + s[1:]
	}
	return s
}
