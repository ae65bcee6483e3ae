// Package http1 is HTTP/1.x as a state machine without I/O, for either end of
// a connection: bytes in, events out; events in, bytes out. It knows no
// sockets, clocks or goroutines, so the same code runs behind a socket, behind
// a browser's fetch and in a test.
//
// The one rule every caller needs: drive it. Hand over received bytes with
// [Conn.Receive] (or fill [Conn.Space] and say how much with [Conn.Filled]),
// call [Conn.Next] until it answers [NeedData] or [Closed], and turn what you
// want to say into bytes with [Conn.Append]. "Need more" is an ordinary
// answer; a fault of the peer is an [*Error] that knows its status, its RFC
// section and its place; a mistake of the caller is a [UsageError].
//
// The zero [Rules] are RFC 9112. [Compat] names, one by one, the leniencies
// of Python's http.server.
package http1
