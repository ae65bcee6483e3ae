// Package nethttp joins Vitrine and net/http, in both directions: [Handler]
// runs one of our handlers under any Go server, [Method] puts any
// http.Handler into a method table of ours.
//
// The one rule: the side that owns the connection owns the framing. Under
// net/http, net/http decides on chunks, on keep-alive and on the version of
// the response; in a session of ours, the Exchange does.
//
// What net/http cannot express is lost under it, and nothing else: the reason
// phrase is the standard one, field lines are sorted by name and spelled
// canonically ("Content-Type" for http.server's "Content-type"), malformed
// requests get their response from net/http itself and never reach us, and requests
// of HTTP/0.9 do not exist. Status, field values and content are exact: no
// field is added, neither a sniffed Content-Type nor a second Date.
package nethttp
