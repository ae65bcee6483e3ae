//go:build js

package host

import (
	"errors"
	"syscall/js"

	"vitrine/core/trace"
)

// Options are what a Host calls back with. The functions are called one at a
// time and must not block; nil ones are not called.
type Options struct {
	OnSites  func()                             // Sites changed; at most 4 calls a second while counting
	OnRecord func(site string, r *trace.Record) // one exchange of a site is over
	OnNotice func(Notice)
}

// ErrNoPicker says that the browser cannot open a folder by itself: offer
// <input webkitdirectory> and AddFileList.
var ErrNoPicker = errors.New("this browser has no folder picker")

// Host keeps the sites of one page.
type Host struct {
	options Options
}

// Start restores the sites of earlier visits and brings them up. An error
// says that nothing can be previewed here, and why.
func Start(o Options) (*Host, error) { return &Host{options: o}, nil }

// Mode says how sites are kept apart from the tool.
func (h *Host) Mode() Mode { return OwnOrigin }

// Worker says how the worker of a site is: "", "starting", "ready", or
// "failed: " and why.
func (h *Host) Worker(id string) string { return "" }

// Sites returns the sites as they are now, oldest first.
func (h *Host) Sites() []Site { return nil }

// AddDrop takes what was dropped. Call it inside the drop event: what is
// dropped can only be taken then.
func (h *Host) AddDrop(dataTransfer js.Value) error { return nil }

// AddPicker lets the person choose a folder. Call it inside a click.
func (h *Host) AddPicker() error { return nil }

// AddFileList takes the files of an <input webkitdirectory>.
func (h *Host) AddFileList(fileList js.Value) error { return nil }

// AddSample opens the built-in site.
func (h *Host) AddSample() error { return nil }

// Grant asks the browser for permission to read a folder of an earlier visit.
// Call it inside a click.
func (h *Host) Grant(id string) {}

// Cancel stops reading or counting a site; what was found is served.
func (h *Host) Cancel(id string) {}

// Rescan counts a site anew.
func (h *Host) Rescan(id string) {}

// Remove forgets a site, its copy and its worker.
func (h *Host) Remove(id string) {}
