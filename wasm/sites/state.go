package sites

// State is how far a site has come.
type State uint8

const (
	Reading     State = iota // the list of its files is being read; not served yet
	Ready                    // served; counting may still go on, see Site.Counted
	NeedsGrant               // the browser wants one click before it reads the folder again
	NeedsFolder              // the files are gone with the last page; drop the folder again
	Failed                   // it cannot be served; see Site.Problem
	Held                     // the page stopped, or nearly, while it was loaded: loaded again when asked for
)

var stateNames = [...]string{"reading", "ready", "needs grant", "needs folder", "failed", "held"}

func (s State) String() string { return stateNames[s] }

// Event is what moves a site from one state to another.
type Event uint8

const (
	Listed     Event = iota // the list of its files is complete, or was cut short
	Given                   // the person gave its folder again, and it can be read
	GivenFiles              // the person gave its files again; the list is being made
	Withdrawn               // the browser wants a click before it reads the folder
	Granted                 // the click was given
	Lost                    // there is no folder: it went with the page that had it
	Flooded                 // its scripts sent more than any server would
	Asked                   // the person wants it loaded although it was held back
	Closed                  // the person removed it
)

var eventNames = [...]string{"listed", "given", "given files", "withdrawn", "granted", "lost", "flooded", "asked", "closed"}

func (e Event) String() string { return eventNames[e] }

var siteMoves = moves[State, Event]{
	{Reading, Listed, Ready},
	{Reading, Given, Ready},
	{Reading, GivenFiles, Reading},
	{Reading, Flooded, Held},
	{Reading, Closed, Failed},

	{Ready, Given, Ready},
	{Ready, GivenFiles, Reading},
	{Ready, Withdrawn, NeedsGrant},
	{Ready, Lost, NeedsFolder},
	{Ready, Flooded, Held},
	{Ready, Closed, Failed},

	{NeedsGrant, Given, Ready},
	{NeedsGrant, Withdrawn, NeedsGrant}, // the click was given, the permission was not
	{NeedsGrant, Granted, Ready},
	{NeedsGrant, Flooded, Held},
	{NeedsGrant, Closed, Failed},

	{NeedsFolder, Given, Ready},
	{NeedsFolder, GivenFiles, Reading},
	{NeedsFolder, Flooded, Held},
	{NeedsFolder, Closed, Failed},

	{Failed, Given, Ready},
	{Failed, GivenFiles, Reading},
	{Failed, Flooded, Held},
	{Failed, Closed, Failed},

	{Held, Given, Ready},
	{Held, GivenFiles, Reading},
	{Held, Asked, Ready},
	{Held, Closed, Failed},
}

// Next returns the state that an event leads to, and whether it leads anywhere.
func (s State) Next(e Event) (State, bool) { return siteMoves.next(s, e) }
