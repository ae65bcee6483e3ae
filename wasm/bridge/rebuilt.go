package bridge

import "vitrine/core/trace"

// rebuilt keeps a record from saying more than a worker can know: no byte that
// it tells of was seen on a socket, or typed by hand.
func rebuilt(r *trace.Record) {
	limit := func(p *trace.Provenance) {
		if *p == trace.Wire || *p == trace.Typed {
			*p = trace.Rebuilt
		}
	}
	limit(&r.Source)
	for i := range r.Steps {
		if k := r.Steps[i].Kind; k == trace.In || k == trace.Out {
			limit(&r.Steps[i].From)
		}
	}
}
