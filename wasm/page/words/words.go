// Package words is the page's text in one table: what the program says, and
// nothing that it computes. RFC terms stay in English in every language.
package words

// Exchange.
const (
	RequestTitle  = "Request"
	AnswerTitle   = "Answer"
	WhyTitle      = "Why this answer"
	FromBrowser   = "from the browser, rebuilt"
	FromTyped     = "typed by hand"
	FromWire      = "as it came over the connection"
	FromSimulated = "simulated"
	FromCore      = "from the server core"

	RequestRebuilt = "Your browser gave this server an object, not bytes. The hatched lines were rebuilt from it, so that you can read the request as HTTP/1.1 would carry it."
	AnswerRebuilt  = "The server core produced this answer for a Response object. The browser reads the object: it frames the content by itself and may leave fields aside."
	BrowserTold    = "The browser told: "
	Missing        = "What the browser told beside this, and what is missing"
	MissingAfter   = "What is not visible is added, or withheld, after the worker was asked. The browser’s own cache is one of these, so a reload brings no 304."
	MissingOrder   = "Order, letter case and repetition of field lines are lost: names arrive in lower case, sorted."
	MissingReal    = "To see real bytes, serve the same folder natively: serve --trace FILE."

	NoContent      = "no content"
	ContentAway    = " of content, handed over by reference and not kept here"
	ContentCut     = " more of content, not kept here"
	LinesMore      = "more lines"
	BytesMore      = "more bytes"
	NoSteps        = "No reasons were noted for this exchange."
	EndsCRLF       = "ends with carriage return, line feed"
	EndsLF         = "ends with line feed alone"
	EndsNot        = "has no line end"
	TagRebuilt     = "rebuilt"
	TagUnknown     = "not visible"
	TagSimulated   = "simulated"
	NoExchange     = "Choose a row in the log. Its request and its answer are shown here as they stand, every line end in sight, and under them the reasons of the server."
	FactStatus     = "Status"
	FactType       = "Type"
	FactSize       = "Content"
	FactTime       = "Took"
	FactAt         = "At"
	FactConnection = "Connection"
	FactSite       = "Site"
)

// Log.
const (
	LogEmpty      = "No requests yet. Load a page in the preview: each file it asks for becomes a row here."
	LogNoMatch    = "No request fits the filter."
	LogPaused     = "The display is paused; recording goes on."
	Pause         = "Pause"
	Resume        = "Resume"
	Shown         = "shown"
	Dropped       = "older dropped"
	Request       = "request"
	Requests      = "requests"
	New           = "new"
	ShowingFilter = "Showing: "
	FilterKept    = "The filter is not applied yet. "
	Copied        = "Transcript copied."
	CopiedWithout = "Transcript copied, credentials left out."
	CopyFailed    = "The browser did not let the page write to the clipboard. Select the lines and copy them by hand."
	LastOne       = "last"
)

// Sites.
const (
	Reading          = "Reading …"
	Files            = "files"
	File             = "file"
	Dirs             = "folders"
	Dir              = "folder"
	MoreThan         = "more than "
	Cancel           = "Cancel"
	ServeFound       = "Serve what is found"
	Rescan           = "Read again"
	Remove           = "Remove"
	GrantAgain       = "Grant again"
	OpenAgain        = "Open the folder again"
	IndexFound       = "index page found"
	IndexNone        = "no index page: a listing is shown"
	CountCut         = "counting stopped, there is more"
	CopiedAt         = "a copy, made "
	SampleKind       = "built in"
	SharesOrigin     = "its scripts share this page’s origin"
	SharesOriginLong = "At this address the tool and its site share one origin: scripts of a folder that you open can read this page, its log and that folder, and could read every folder opened beside it. So one is open at a time, and nothing is kept. At vitrine.localhost (serve --app) each site has an origin of its own."
	NeedsGrantTitle  = "The browser asks for your permission again"
	NeedsGrantText   = "You opened this folder on an earlier visit. Browsers let a page read it again only after a click."
	NeedsFolderTitle = "This folder has to be opened again"
	NeedsFolderText  = "Its files were lent to the page you closed, and were too many to copy. Drop the folder on this window, or open it."
	FailedTitle      = "This site cannot be served"
	FailedText       = "The browser did not say why."
	HeldTitle        = "This site is not loaded by itself"
	HeldText         = "The page stopped while it was being loaded."
	LoadHeld         = "Load it"
	WorkerStarting   = "The service worker is starting …"
	WorkerSlow       = "The browser is still clearing up after a large folder; this can take some seconds."
	WorkerFailed     = "The service worker did not start"
	WorkerRetry      = "Load again"
	ModeOwn          = "each site on its own origin"
	ModeOne          = "one origin: previewed scripts can read this page"
	WorkerState      = "worker "
	LeftTitle        = "This link leads out of the site"
	LeftText         = "The preview shows the site only, so the page did not load:"
	LeftBack         = "Back to the site"
	Preview          = "Preview of "
	NoPDF            = "Browsers show no PDF inside a preview."
	OpenTab          = "Open it in a new tab"
	RemovedSite      = "Removed the site "
)

// OneAtATime asks whether %old may be closed for %new.
const OneAtATime = "At this address all sites share one origin: scripts of %new could read every file of %old, and the other way round. Close %old, and its tabs, to open %new? Files on your disk are not touched."

// Drop.
const (
	DropOne  = "Drop to serve it as a site"
	DropMany = "Drop to serve these %d things"
	DropNot  = "Drop a folder or files. Text and links cannot be served."
)

// States of a site, for people who do not see the mark.
const (
	StateReading     = "being read"
	StateReady       = "ready"
	StateNeedsGrant  = "needs your permission"
	StateNeedsFolder = "needs its folder"
	StateFailed      = "failed"
	StateHeld        = "not loaded"
)

// Dismiss closes a notice.
const Dismiss = "Dismiss"
