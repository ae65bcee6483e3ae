//go:build js

package host

import "time"

// budget counts how many messages of a site may still come: maxBurst at once,
// and maxRate a second. The zero value is a full one.
type budget struct {
	spent float64   // of maxBurst
	at    time.Time // of the last message
}

// spend takes one message off and reports whether there was one left.
func (b *budget) spend(now time.Time) bool {
	b.spent = max(0, b.spent-now.Sub(b.at).Seconds()*maxRate)
	b.at = now
	b.spent++
	return b.spent <= maxBurst
}
