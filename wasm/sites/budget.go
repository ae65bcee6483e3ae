package sites

import "time"

// Bounds of the messages of one site.
const (
	MaxBurst = 10_000 // messages that come together
	MaxRate  = 3_000  // messages in a second, in the long run
)

// Budget counts how many messages of a site may still come: MaxBurst at once,
// and MaxRate a second. The zero value is a full one.
type Budget struct {
	spent float64   // of MaxBurst
	at    time.Time // of the last message
}

// Spend takes n messages off and reports whether there were as many left.
func (b *Budget) Spend(now time.Time, n int) bool {
	b.spent = max(0, b.spent-now.Sub(b.at).Seconds()*MaxRate)
	b.at = now
	b.spent += float64(n)
	return b.spent <= MaxBurst
}
