// Package handler is what Python's BaseHTTPRequestHandler does, between the
// bytes of a connection and the meaning of a method: it dispatches requests to
// a table of methods and gives them the words to respond with.
//
// A [Base] is the class: its method table and its fields are what a Python
// program would override, nil or empty meaning the default. An [Exchange] is
// what a Python method calls self: one request and the response being made.
//
// A [Handler] is anything that responds in an exchange: a Base, what embeds one, a
// function, or a [Middleware] around another Handler. Sockets, fetches and the
// edge all serve a Handler.
//
// The one rule every method keeps: respond once. SendResponse, then SendHeader
// as often as needed, then EndHeaders, then the content; or SendError alone.
// A method that returns without a response leads to 500.
package handler
