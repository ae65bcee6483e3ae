package http1

// State is where one direction of a connection stands.
type State uint8

// The states of a direction.
const (
	Idle     State = iota + 1 // no head yet
	Content                   // the head is over, content or the end follows
	Over                      // the message is over
	Switched                  // the bytes belong to another protocol (101, CONNECT)
	Ended                     // no further message
	Failed                    // the peer broke the rules
)

var stateNames = [...]string{"", "idle", "content", "over", "switched", "ended", "failed"}

func (s State) String() string { return stateNames[s] }
