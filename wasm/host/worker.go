//go:build js

package host

// Worker says how the worker of a site is.
type Worker struct {
	State   WorkerState
	Problem string // of one that failed: why, for people
}

// WorkerState is the state of a site's worker.
type WorkerState uint8

const (
	NoWorker WorkerState = iota
	WorkerStarting
	WorkerReady
	WorkerFailed
)

func (s WorkerState) String() string {
	return [...]string{"none", "starting", "ready", "failed"}[s]
}

// setWorker moves the worker's state on.
func (h *Host) setWorker(s *site, to Worker) {
	h.mu.Lock()
	ok := s.worker != to
	s.worker = to
	h.mu.Unlock()
	if ok {
		h.changed()
	}
}

// failStarting is setWorker for a worker that is still starting.
func (h *Host) failStarting(s *site, problem string) {
	h.mu.Lock()
	ok := s.worker.State == WorkerStarting
	if ok {
		s.worker = Worker{WorkerFailed, problem}
	}
	h.mu.Unlock()
	if ok {
		h.changed()
	}
}
