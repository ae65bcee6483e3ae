package sites

import (
	"strconv"
	"strings"
	"time"

	"vitrine/wasm/contract"
)

// Unasked is something that a site did without its server being asked, so that
// it has no exchange in the log. It is what the browser tells, or the host of
// the tool; where neither does, nothing is known of it.
type Unasked struct {
	Site   string
	At     time.Time
	Target string // request-target, of UnaskedHistory maybe with a fragment
	Kind   string // what began it, as Resource Timing has it: "img", "css", "script", …; "history" or "fragment"; "" if it is not known
	Why    string // one of contract.UnaskedCache and its like, or of contract.PastDownload and its like
}

// isWhy are the reasons that there are.
func isWhy(s string) bool {
	switch s {
	case contract.UnaskedCache, contract.UnaskedPast, contract.UnaskedHistory,
		contract.PastDownload, contract.PastWorker, contract.PastWebSocket:
		return true
	}
	return false
}

// ReadPast reads an event of the host about a request of a site that went past
// its worker: why, and the target.
func ReadPast(site, event string, now time.Time) (u Unasked, ok bool) {
	u = Unasked{Site: site, At: now}
	u.Why, u.Target, ok = strings.Cut(event, " ")
	return u, ok && isWhy(u.Why)
}

const (
	// maxKind is how long a Kind may be, in bytes.
	maxKind = 20
	// maxAge is how long ago a page may have done what it tells now.
	maxAge = time.Hour
)

// ReadUnasked reads what the bridge of a site says: why, kind, time and target.
// Scripts of the site can make it say anything, so any text is survived.
func ReadUnasked(site, event string, now time.Time) (u Unasked, ok bool) {
	u = Unasked{Site: site, At: now}
	u.Why, event, _ = strings.Cut(event, " ")
	u.Kind, event, _ = strings.Cut(event, " ")
	at, target, ok := strings.Cut(event, " ")
	u.Target = target
	if ms, err := strconv.ParseInt(at, 10, 64); err == nil {
		if t := time.UnixMilli(ms); t.Before(now) && now.Sub(t) < maxAge {
			u.At = t
		}
	}
	return u, ok && isWhy(u.Why) && target != "" && target[0] == '/' && len(u.Kind) <= maxKind
}

// Message says in words what u is.
func (u *Unasked) Message() *Message { return NewMessage("unasked."+u.Why, u.Target) }
