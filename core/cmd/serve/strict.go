package main

import "vitrine/core/handler"

// beStrict makes h a server for HTTP/1.1 clients: expectations it does not
// know are refused (RFC 9110 §10.1.1) and a question about the server itself
// is answered (§9.3.7). http.server does neither.
func beStrict(h *handler.Handler) {
	h.RefuseExpectations = true
	h.Methods["OPTIONS"] = options
}

// options answers OPTIONS in asterisk-form; for a file it is what it is in
// http.server, a method that is not there.
func options(x *handler.Exchange) error {
	if x.Path != "*" {
		return x.SendError(501, "Unsupported method ('OPTIONS')", "")
	}
	x.SendResponse(204, "")
	x.SendHeader("Allow", x.Handler.Allow())
	return x.EndHeaders()
}
