package session

// DefaultMaxDrain is how many bytes of unread request content are read and
// thrown away to keep a connection open.
const DefaultMaxDrain = 256 << 10

// drain reads what is left of the request's content and reports whether the
// end was reached within the bound.
//
// Differs from http.server (K-8, X-2): unread content is discarded before the
// next request, so it can never be read as one (RFC 9112 §9.3).
func (s *session) drain() bool {
	if s.content.over {
		return true
	}
	if s.content.tooLong || s.content.remaining() > s.drainLimit() {
		return false
	}
	return s.content.discard(s.drainLimit())
}

func (s *session) drainLimit() int64 {
	switch {
	case s.config.MaxDrain == 0:
		return DefaultMaxDrain
	case s.config.MaxDrain < 0:
		return 0
	}
	return s.config.MaxDrain
}
