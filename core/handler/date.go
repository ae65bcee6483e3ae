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

func (b *Base) dateTimeString() string {
	now := b.now()
	if b.DateTimeString != nil {
		return b.DateTimeString(now)
	}
	second := now.Unix()
	if c := b.date.Load(); c != nil && c.second == second {
		return c.text
	}
	c := &dateCache{second, httpdate.Format(now)}
	b.date.Store(c)
	return c.text
}
