// Package http1 is HTTP/1.x as a state machine without I/O, for either end of
// a connection: bytes in, events out; events in, bytes out. It knows no
// sockets, clocks or goroutines, so the same code runs behind a socket, behind
// a browser's fetch and in a test.
//
// The head of a message is its start line and its header section, through the
// empty line.
//
// The one rule every caller needs: drive it. Hand over received bytes with
// [Conn.Receive] (or fill [Conn.Space] and say how much with [Conn.Filled]),
// call [Conn.Next] until it returns [NeedData] or [Closed], and turn what you
// want to say into bytes with [Conn.Append]. "Need more" is an ordinary
// event; a fault of the peer is an [*Error] that knows its status, its RFC
// section and its place; a mistake of the caller is a [UsageError].
//
// The zero [Rules] are RFC 9112. [Compat] names, one by one, the leniencies
// of Python's http.server.
//
// # States
//
// Each direction of a connection, what is received and what is sent, is in one
// of these states. A column is a move: it begins at o and ends at its arrow;
// with @ it ends where it began.
//
//	          interim head switch close fault content end fault next switch close
//	idle      @       o    o      o     o                       ^
//	content           v    |      |     |     @       o   o     |
//	done                   |      |     |             v   |     o    o      o
//	switched               v      |     |                 |          v      |
//	closed                        v     |                 |                 v
//	error                               v                 v
//
// What makes a move:
//
//	interim   the head of a response 1xx, but 101
//	head      the head of a request, or of a final response
//	content   a piece of content
//	end       the end of the content and its trailer section
//	next      both are done, and KeepAlive is true
//	switch    101 to a request with Upgrade, or 2xx to CONNECT
//	          once the request is done
//	close     both are done, and KeepAlive is false
//	          or the peer closes between two messages
//	          or a final response comes before its request
//	fault     the peer breaks the rules
package http1
