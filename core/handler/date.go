package handler

import (
	"vitrine/core/httpdate"
)

// dateCache is the Date field of one second, so that requests within it share
// one string.
type dateCache struct {
	second int64
	text   string
}

func (h *Base) dateTimeString() string {
	now := h.now()
	if h.DateTimeString != nil {
		return h.DateTimeString(now)
	}
	second := now.Unix()
	if c := h.date.Load(); c != nil && c.second == second {
		return c.text
	}
	c := &dateCache{second, httpdate.Format(now)}
	h.date.Store(c)
	return c.text
}
