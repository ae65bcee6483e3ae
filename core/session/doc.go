// Package session runs one connection: it moves bytes between a [Transport]
// and an http1.Conn, gives each request to a handler, and writes down what
// happened in a trace.Log.
//
// The one rule a transport keeps: [Transport.SendContent] either sends all of
// a content or fails. The session is responsible for the framing: after any failure
// it ends the connection, so that no byte of one response is taken for another.
package session
