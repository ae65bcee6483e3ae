package http1

// This file has all that decides how a connection goes on: the states of a
// direction and the table of its moves, the moves that both directions make
// together, and what lets a connection persist or become one of another
// protocol. Other files read bytes and say what came; they set no state.

// State is where one direction of a connection stands. A Conn has two: what
// the peer sends and what we send.
type State uint8

// The states of a direction.
const (
	StateIdle     State = iota + 1 // no head yet, or only interim responses
	StateContent                   // the head is over; content or the end follows
	StateDone                      // the message is over
	StateSwitched                  // the bytes belong to another protocol (101, CONNECT)
	StateClosed                    // no further message
	StateError                     // the peer broke the rules; nothing more is read

	stateCount
)

var stateNames = [stateCount]string{"no state", "idle", "content", "done", "switched", "closed", "error"}

func (s State) String() string {
	if s >= stateCount {
		s = 0
	}
	return stateNames[s]
}

// signal is what moves a direction from one state to another.
type signal uint8

const (
	interimHead signal = iota
	finalHead
	someContent
	endOfMessage
	nextMessage
	protocolSwitch
	noMore
	peerFault

	signalCount
)

// signals has the name and the cause of each; the package's doc shows both.
var signals = [signalCount]struct{ name, cause string }{
	interimHead:    {"interim", "the head of a response 1xx, but 101"},
	finalHead:      {"head", "the head of a request, or of a final response"},
	someContent:    {"content", "a piece of content"},
	endOfMessage:   {"end", "the end of the content and its trailer section"},
	nextMessage:    {"next", "both are done, and KeepAlive is true"},
	protocolSwitch: {"switch", "101 to a request with Upgrade, or 2xx to CONNECT; once the request is done"},
	noMore:         {"close", "both are done, and KeepAlive is false; or the peer closes between two messages; or a final response comes before its request"},
	peerFault:      {"fault", "the peer breaks the rules"},
}

// moves is the whole life of a direction: the state after a signal, by the
// state before it. What is not in the table is no legal move.
var moves = [stateCount][signalCount]State{
	StateIdle: {
		interimHead:    StateIdle,
		finalHead:      StateContent,
		protocolSwitch: StateSwitched,
		noMore:         StateClosed,
		peerFault:      StateError,
	},
	StateContent: {
		someContent:  StateContent,
		endOfMessage: StateDone,
		peerFault:    StateError,
	},
	StateDone: {
		nextMessage:    StateIdle,
		protocolSwitch: StateSwitched,
		noMore:         StateClosed,
	},
	StateSwitched: {},
	StateClosed:   {},
	StateError:    {},
}

// move makes a move that the code around it makes sure is legal.
func (s *State) move(sig signal) {
	to := moves[*s][sig]
	if to == 0 {
		noMove(*s, sig)
	}
	*s = to
}

// noMove stands apart so that move is inlined.
func noMove(s State, sig signal) {
	panic("http1: no move from " + s.String() + " by " + signals[sig].name)
}

// connState is where both directions of a connection stand, and what the
// messages under way say of how it goes on.
type connState struct {
	role           Role
	received, sent State

	requestKeepAlive, responseKeepAlive bool // each head lets the connection persist
	connect, upgrade                    bool // the request proposes another protocol
}

// newConnState is the state before the first message.
func newConnState(role Role) connState {
	return connState{
		role: role, received: StateIdle, sent: StateIdle,
		requestKeepAlive: true, responseKeepAlive: true,
	}
}

// request is the direction of requests, response that of responses.
func (s *connState) request() *State {
	if s.role == Server {
		return &s.received
	}
	return &s.sent
}

func (s *connState) response() *State {
	if s.role == Server {
		return &s.sent
	}
	return &s.received
}

// done reports whether both messages are over.
func (s *connState) done() bool { return s.received == StateDone && s.sent == StateDone }

// finish moves on from two messages that are done: to the next ones, or to the
// end of the connection. It reports which.
func (s *connState) finish() (next bool) {
	if !s.keepAlive() {
		s.received.move(noMore)
		s.sent.move(noMore)
		return false
	}
	s.received.move(nextMessage)
	s.sent.move(nextMessage)
	s.requestKeepAlive, s.responseKeepAlive = true, true
	s.connect, s.upgrade = false, false
	return true
}

func (s *connState) keepAlive() bool {
	if s.received == StateError || s.received == StateClosed || s.received == StateSwitched {
		return false
	}
	return s.requestKeepAlive && s.responseKeepAlive
}

// connectionOptions are the members of Connection that decide whether a
// connection persists.
type connectionOptions struct{ close, keepAlive bool }

// persists reports whether a message of version v with these options lets its
// connection persist (RFC 9112 §9.3): close wins. untilClose says that the
// response, or that to this request, ends with the connection, as in HTTP/0.9.
func (o connectionOptions) persists(v Version, untilClose bool) bool {
	return !untilClose && !o.close && (o.keepAlive || v.AtLeast(1, 1))
}

// mayRequest reports whether a client may send a request.
func (s *connState) mayRequest() bool {
	return s.sent == StateIdle && s.received == StateIdle
}

// unsolicited reports whether bytes of the peer are those of a response to no
// request (RFC 9112 §9.2).
func (s *connState) unsolicited(bytes int) bool {
	return s.role == Client && s.sent == StateIdle && bytes > 0
}

// requestHead moves past the head of a request.
func (s *connState) requestHead(method string, upgrade, persists bool) {
	s.proposes(method, upgrade)
	s.requestKeepAlive = persists
	s.request().move(finalHead)
}

// proposes notes what a request allows its response to switch to. Of a request
// that has not come whole it is called with as much as is known.
func (s *connState) proposes(method string, upgrade bool) {
	s.connect, s.upgrade = method == "CONNECT", upgrade
}

// responseSignal is what the head of a response with that status does to its
// direction (RFC 9110 §15.2, §9.3.6).
func (s *connState) responseSignal(status int) signal {
	switch {
	case status == 101, s.connect && 200 <= status && status < 300:
		return protocolSwitch
	case status < 200:
		return interimHead
	}
	return finalHead
}

// early reports whether a response of ours would be one to a request that has
// not come whole (408, 503). It is the last on the connection, since its
// request is not read.
func (s *connState) early() bool { return s.role == Server && s.received == StateIdle }

// mayInterim reports whether there is a request to send an interim response
// to.
func (s *connState) mayInterim() bool {
	return s.received != StateIdle && s.received != StateError
}

// maySwitch reports whether the request is done: a server that switches before
// would take the rest of it for bytes of the other protocol.
func (s *connState) maySwitch() bool { return *s.request() == StateDone }

// responseHead moves past the head of a response.
func (s *connState) responseHead(sig signal, persists bool) {
	early := s.early()
	s.response().move(sig)
	switch sig {
	case protocolSwitch:
		if s.maySwitch() {
			s.request().move(protocolSwitch)
		}
	case finalHead:
		s.responseKeepAlive = persists
		if early {
			s.received.move(noMore)
		}
	}
}

// KeepAlive reports whether another message may follow the present ones on
// this connection, as far as both heads tell: a close by either, a response
// that ends with the connection, HTTP/0.9 and faults end it. A server may
// always close nevertheless.
func (c *Conn) KeepAlive() bool { return c.keepAlive() }

// State returns the state of what the peer sends and of what we send.
func (c *Conn) State() (received, sent State) { return c.received, c.sent }
