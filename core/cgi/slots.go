package cgi

import (
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// acquire takes one of the MaxScripts slots; false if none is free.
func (h *Handler) acquire() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.full() {
		return false
	}
	h.slots++
	return true
}

// release gives it back.
func (h *Handler) release() {
	h.mu.Lock()
	h.slots--
	h.mu.Unlock()
}

// isFull reports whether acquire would fail now.
func (h *Handler) isFull() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.full()
}

func (h *Handler) full() bool {
	return int64(h.slots) >= bound(int64(h.MaxScripts), DefaultMaxScripts)
}

// sendFull says that enough scripts run.
//
// Differs from http.server (G-21, X-9), which starts any number of them.
func (h *Handler) sendFull(x *handler.Exchange) error {
	x.Step(trace.CGIBusy)
	return x.SendError(503, "Too many CGI scripts are running", "", http1.Field{Name: "Retry-After", Value: "1"})
}
