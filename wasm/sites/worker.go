package sites

// WorkerState is how the service worker of a site is.
type WorkerState uint8

const (
	NoWorker        WorkerState = iota // the page has no way to it
	WorkerStarting                     // the frame that leads to it is being loaded
	WorkerReady                        // it has a port to this page
	WorkerElsewhere                    // it has a port to another page, which serves the site
	WorkerFailed                       // see Worker.Reason
)

var workerNames = [...]string{"", "starting", "ready", "elsewhere", "failed"}

// Serves reports whether the worker serves the site, with whatever page.
func (s WorkerState) Serves() bool { return s == WorkerReady || s == WorkerElsewhere }

func (s WorkerState) String() string { return workerNames[s] }

// Worker is the service worker of a site as the page sees it.
type Worker struct {
	State  WorkerState
	Reason *Message // WorkerFailed: why
}

// WorkerEvent is what moves a worker from one state to another.
type WorkerEvent uint8

const (
	FrameOpened WorkerEvent = iota // the frame that leads to it was put into the page
	FrameSilent                    // the frame has said nothing for too long
	PortSent                       // it was sent a port
	PortTaken                      // it says that it has the port of another page now
	StartFailed                    // the frame says that there is no worker
	FrameClosed                    // the frame was taken away
)

var workerMoves = moves[WorkerState, WorkerEvent]{
	{NoWorker, FrameOpened, WorkerStarting},

	{WorkerStarting, FrameOpened, WorkerStarting},
	{WorkerStarting, FrameSilent, WorkerFailed},
	{WorkerStarting, PortSent, WorkerReady},
	{WorkerStarting, StartFailed, WorkerFailed},
	{WorkerStarting, FrameClosed, NoWorker},

	{WorkerReady, FrameOpened, WorkerStarting},
	{WorkerReady, PortSent, WorkerReady}, // it was stopped, or replaced, and asked again
	{WorkerReady, PortTaken, WorkerElsewhere},
	{WorkerReady, StartFailed, WorkerFailed},
	{WorkerReady, FrameClosed, NoWorker},

	{WorkerElsewhere, FrameOpened, WorkerStarting},
	{WorkerElsewhere, PortSent, WorkerReady}, // that page is gone, or this one wants it back
	{WorkerElsewhere, StartFailed, WorkerFailed},
	{WorkerElsewhere, FrameClosed, NoWorker},

	{WorkerFailed, FrameOpened, WorkerStarting},
	{WorkerFailed, PortSent, WorkerReady}, // late
	{WorkerFailed, StartFailed, WorkerFailed},
	{WorkerFailed, FrameClosed, NoWorker},
}

// Next returns the state that an event leads to, and whether it leads anywhere.
func (s WorkerState) Next(e WorkerEvent) (WorkerState, bool) { return workerMoves.next(s, e) }
