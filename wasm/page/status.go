//go:build js

package main

import (
	"vitrine/wasm/page/view"
	"vitrine/wasm/page/words"
	"vitrine/wasm/sites"
)

// statusBar is the line at the foot of the page.
type statusBar struct{ log, worker, mode, count element }

func newStatusBar() *statusBar {
	return &statusBar{byID("status-log"), byID("status-worker"), byID("status-mode"), byID("log-count")}
}

func (s *statusBar) draw(a *app, site *sites.Site) {
	kept, dropped := a.log.Records()
	text := requests(int64(len(kept)))
	if shown := a.table.count(); shown < len(kept) {
		text += ", " + view.Count(int64(shown)) + " " + words.Shown
	}
	if dropped > 0 {
		text += ", " + view.Count(dropped) + " " + words.Dropped
	}
	if site == nil {
		text = ""
	}
	setText(s.log, text)
	setText(s.count, view.Count(int64(len(kept))))
	worker, mode := "", words.ModeOwn
	if site != nil && site.Worker.State != sites.NoWorker {
		worker = words.WorkerState + site.Worker.State.String()
	}
	if a.host.Mode() == sites.OneOrigin {
		mode = words.ModeOne
	}
	setText(s.worker, worker)
	setText(s.mode, mode)
}
