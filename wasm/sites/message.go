package sites

import "strings"

// Message is what a person should know, as a code and its arguments; package
// words of the page has the sentence. nil says nothing.
type Message struct {
	Code string
	Args []string
}

// NewMessage makes a message.
func NewMessage(code string, args ...string) *Message { return &Message{code, args} }

// Error returns code and arguments.
func (m *Message) Error() string { return m.Code + ": " + strings.Join(m.Args, ", ") }

// Notice is a message that belongs to no request. A later one of the same code
// and site takes its place.
type Notice struct {
	*Message        // what happened, why, and what to do
	Site     string // its site; "" if it concerns all
	Bad      bool
}
