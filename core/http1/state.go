package http1

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
	interimHead    signal = iota // a 1xx response
	finalHead                    // a request or the final response
	someContent                  // a piece of content
	endOfMessage                 // the end of a message
	nextMessage                  // both messages are over and the connection persists
	protocolSwitch               // 101, or success of CONNECT
	noMore                       // close, or a response without a request
	peerFault                    // the peer broke the rules

	signalCount
)

// moves is the whole life of a direction: the state after a signal, by the
// state before it. What is not in the table is no legal move.
var moves = [stateCount][signalCount]State{
	StateIdle:     {interimHead: StateIdle, finalHead: StateContent, protocolSwitch: StateSwitched, noMore: StateClosed, peerFault: StateError},
	StateContent:  {someContent: StateContent, endOfMessage: StateDone, peerFault: StateError},
	StateDone:     {nextMessage: StateIdle, protocolSwitch: StateSwitched, noMore: StateClosed},
	StateSwitched: {},
	StateClosed:   {},
	StateError:    {},
}

// after returns the state that follows s, 0 if sig is not legal in s.
func (s State) after(sig signal) State { return moves[s][sig] }

// moved is after for moves that the code around it makes sure are legal.
func (s State) moved(sig signal) State {
	to := s.after(sig)
	if to == 0 {
		panic("http1: no move from " + s.String())
	}
	return to
}
