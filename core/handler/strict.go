package handler

import "vitrine/core/trace"

// SpeakHTTP11 makes h a server of HTTP/1.1, where RFC 9110 asks for more than
// http.server does: unknown expectations are refused (§10.1.1), and OPTIONS
// with the target "*", a question about the server itself, is served
// (§9.3.7). It is what serve --protocol HTTP/1.1 does; setting
// ProtocolVersion alone is what http.server does.
func (b *Base) SpeakHTTP11() {
	b.ProtocolVersion = "HTTP/1.1"
	b.RefuseExpectations = true
	if b.Methods == nil {
		b.Methods = map[string]Method{}
	}
	b.Methods["OPTIONS"] = b.respondToOptions
}

// respondToOptions speaks for the server, not for a resource.
func (b *Base) respondToOptions(x *Exchange) error {
	if x.Path != "*" {
		return x.unsupported()
	}
	allow := b.Allow()
	x.Step(trace.MethodOptions, allow)
	x.SendResponse(204, "")
	x.SendHeader("Allow", allow)
	return x.EndHeaders()
}
