package sites

import (
	"slices"
	"time"
)

// A site may stop this page: its scripts can run the page's process out of
// memory, keep it busy, or find a fault of ours. What was being loaded when
// the page stopped must not be loaded by itself at the next start, or Remove
// would stay out of reach. So the page writes down what it loads, and strikes
// it out after it has been well for a while. What is found written down at the
// start is held back, see [Held], and stays written down until the person asks
// for it.

const (
	// wellFor is how long a page must be well after a load.
	wellFor = 5 * time.Second
	// Beat is how often the page is looked at. A page that is busy is late.
	Beat = 500 * time.Millisecond
)

// Watch is what is written down. It belongs to one goroutine at a time.
type Watch struct {
	write func(ids []string)

	loading []string // sites that this page loads now
	held    []string // sites that wait to be asked for
	well    time.Duration
}

// NewWatch begins with what an earlier page wrote: all of it is held. write
// writes IDs down before it returns.
func NewWatch(written []string, write func(ids []string)) *Watch {
	return &Watch{write: write, held: written}
}

// Holds reports whether a site waits to be asked for.
func (w *Watch) Holds(id string) bool { return slices.Contains(w.held, id) }

// Lives says that another page, which is well, wrote these down: they are not
// held back.
func (w *Watch) Lives(ids []string) {
	w.held = slices.DeleteFunc(w.held, func(id string) bool { return slices.Contains(ids, id) })
}

// Loading returns what this page wrote down.
func (w *Watch) Loading() []string { return w.loading }

// Holding reports whether any site waits to be asked for.
func (w *Watch) Holding() bool { return len(w.held) > 0 }

// Hold makes a site wait to be asked for.
func (w *Watch) Hold(id string) {
	w.strike(id)
	w.held = append(w.held, id)
	w.save()
}

// Loads writes down that a site is being loaded. From here on the page is to
// be looked at, see Look.
func (w *Watch) Loads(id string) {
	w.strike(id)
	w.loading = append(w.loading, id)
	w.well = 0
	w.save()
}

// Forget strikes a site out.
func (w *Watch) Forget(id string) {
	w.strike(id)
	w.save()
}

// End strikes out what is being loaded: the page is well, or left in order.
func (w *Watch) End() {
	w.loading = nil
	w.save()
}

// Look takes one look at the page, after a time that was to be a Beat, and
// ends the watch when the page has been well for long enough. A page that is
// hidden is late by the browser's will, so it counts as well. over reports
// that there is nothing more to look after.
func (w *Watch) Look(after time.Duration, hidden bool) (over bool) {
	if len(w.loading) == 0 {
		return true
	}
	if w.well += Beat; after >= 2*Beat && !hidden {
		w.well = 0
	}
	if w.well < wellFor {
		return false
	}
	w.End()
	return true
}

func (w *Watch) strike(id string) {
	is := func(other string) bool { return other == id }
	w.held, w.loading = slices.DeleteFunc(w.held, is), slices.DeleteFunc(w.loading, is)
}

func (w *Watch) save() { w.write(slices.Concat(w.held, w.loading)) }
