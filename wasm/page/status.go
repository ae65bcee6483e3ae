//go:build js

package main

import (
	"vitrine/wasm/sites"
	"vitrine/wasm/words"
)

// statusBar is the line at the foot of the page.
type statusBar struct{ log, failed, worker, mode, count element }

func newStatusBar() *statusBar {
	return &statusBar{byID("status-log"), byID("status-failed"), byID("status-worker"), byID("status-mode"), byID("log-count")}
}

func (s *statusBar) draw(a *app, site *sites.Site) {
	kept, dropped := a.log.Records()
	text := words.Plural("requests", int64(len(kept)))
	if shown := a.table.count(); shown < len(kept) {
		text = words.Say("log.shown", text, words.Count(int64(shown)))
	}
	if dropped > 0 {
		text = words.Say("log.dropped", text, words.Count(dropped))
	}
	if site == nil {
		text = ""
	}
	setText(s.log, text)
	failed := int64(0)
	for _, r := range kept {
		if r.Status >= 400 || r.Status == 0 {
			failed++
		}
	}
	count, said := "", ""
	if failed > 0 && site != nil {
		count, said = words.Count(failed), words.Plural("log.failed", failed)
	}
	setText(s.failed, said)
	setText(s.count, count)
	worker, mode := "", "mode.own"
	if site != nil && site.Worker.State != sites.NoWorker {
		worker = words.Say("worker." + site.Worker.State.String())
	}
	if a.host.Mode() == sites.OneOrigin {
		mode = "mode.one"
	}
	setText(s.worker, worker)
	setText(s.mode, words.Say(mode))
}
