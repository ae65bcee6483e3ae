// Package contract is what the programs of page and worker and the JavaScript
// around them have to agree on before they can talk: paths, names of what is
// stored, and the messages that hand a port over. web/contract.js has the same
// for JavaScript; make contract writes it from this package.
//
// The hand-over is between four parties that may be of different builds. The
// page and its frame, web/bridge.js, come from the network together. The
// worker, worker/sw.js with its program, stays installed until the browser
// looks for a newer one. What page and worker say over the port is in
// wasm/remotefs and has a version of its own: when it differs, the page has the
// worker updated, and the messages for that are here.
package contract

// Version is the version of the hand-over. Every message carries it, and one
// of another version is dropped, so a worker of another version gets no port
// until the browser has updated it by itself. Raise it only if an old worker
// would misunderstand.
const Version = 1

// Where things are. On an origin of its own a site has the tool's files below
// Reserved, and all other paths are the site's. Where sites share the tool's
// origin, they are folders of Sites beside the tool's files.
const (
	Reserved      = "/.vitrine/"
	Sites         = "s/"
	BridgePage    = "bridge.html"
	SiteParameter = "site"   // of BridgePage on a shared origin: ?site=ID
	ForgetFlag    = "forget" // of BridgePage: ?forget deletes what the origin stored
	ForgetPath    = "forget" // below Reserved: a POST there does the same, by the server
	ToolPage      = "index.html"
	ToolScript    = "tool.js" // service worker of the tool's own origin
	PastPath      = "past"    // below Reserved: server-sent events about requests that went past the worker
	WorkerScript  = "sw.js"
	WorkerProgram = "sw.wasm"
)

// BridgeFiles are what BridgePage consists of, an SP between two.
const BridgeFiles = BridgePage + " contract.js refresh.js unasked.js bridge.js"

// What is stored on an origin.
const (
	Database       = "vitrine"        // in IndexedDB: the page's sites
	WorkerDatabase = "vitrine-worker" // in IndexedDB, before the URL of the tool: which client is which site's
	Cache          = "vitrine"        // before the URL of the tool and the worker's build
)

// Types of the messages that hand a port over, and of those that go between
// page and bridge beside it.
const (
	NeedPort  = "need-port" // worker to bridge, bridge to page: send a port
	Port      = "port"      // page to bridge, bridge to worker: here it is
	Attach    = "attach"    // page to bridge: a port to the page's worker, for others of the same site; without one, that has not the folder any more
	Relay     = "relay"     // bridge to worker: a port to the page's worker
	Update    = "update"    // page to bridge: the worker is of another version
	Stay      = "stay"      // page to bridge, bridge to worker: do not stop for being idle
	Refresh   = "refresh"   // page to bridge: files of the preview have changed
	Failed    = "failed"    // bridge to page: there is no worker, and why
	Forgotten = "forgotten" // bridge to page: what the origin stored is deleted
	Past      = "past"      // bridge to page: the server saw a request that went past the worker
	Unasked   = "unasked"   // bridge to page: a page of the site did something without asking the worker
)

// Kinds of requests that go past a service worker. An event of PastPath is a
// kind, a space and the path.
const (
	PastDownload  = "download"  // of a link with "download"
	PastWorker    = "worker"    // the script of a service worker of the site's own
	PastWebSocket = "websocket" // the handshake of a WebSocket
)

// Why a page of a site did something without asking the worker. An Unasked
// message says one of these, what began it, when, in ms since 1970, and the
// target, an SP between two.
const (
	UnaskedCache   = "cache"   // the browser had it in a cache
	UnaskedPast    = "past"    // the browser asked the network instead
	UnaskedHistory = "history" // a script changed the address, or a fragment did
)

// Fields of these messages.
const (
	FieldVersion = "vitrine"
	FieldType    = "type"
	FieldSite    = "site"    // NeedPort and Port, to and from the worker: the ID
	FieldIdle    = "idle"    // Port: this page cannot read the folder now, so another that has the site keeps it; NeedPort from the worker: but that one is silent
	FieldUpdated = "updated" // NeedPort: the worker replaced another one
	FieldReason  = "reason"  // Failed: what the browser said
	FieldNew     = "new"     // NeedPort: the bridge was just loaded
	FieldRequest = "request" // Past: the event; Unasked: what was done
	FieldStyles  = "styles"  // Refresh: names of style sheets that changed, as io/fs has them; none if it is not these alone
	FieldLock    = "lock"    // Port: the name of the lock that the frame holds as long as it is there
)

// Folders is the script of the page's own worker. The functions are those of
// web/boot.js that start it, and register a service worker for the page itself.
const (
	Folders      = "folders.js"
	StartFolders = "startFolders"
	KeepOffline  = "keepOffline" // keepOffline(script)
)

// WithProofs is the function of web/proofs.js, withProofs(root, program).
const WithProofs = "withProofs"

// PortVersion is the version of what page and worker say over the port.
const PortVersion = 5

// Messages over the port that sw.js takes part in; wasm/remotefs has all.
const (
	Look    = "look"    // worker to page: what does a name lead to?
	Found   = "found"   // page to worker: this
	Record  = "record"  // worker to page: one exchange
	Repeats = "repeats" // worker to page: exchanges whose response was given again
	Changed = "changed" // page to worker: something in the folder is not what it was
	Watched = "watched" // page to worker: from now on, changes are told at once, or not
	Bye     = "bye"     // page to worker: the page goes away; worker to page: it has another port now
)

// Messages between the page, its own worker and the workers of sites. Those
// with a site's worker carry PortVersion.
const (
	Open   = "open"   // page to its worker: the folder of a site, and how that is to be served
	Host   = "host"   // page to its worker: how it is to be served from now on
	Close  = "close"  // page to its worker: not any more
	Serve  = "serve"  // site's worker to page's worker: a fetch
	Abort  = "abort"  // site's worker to page's worker: the fetch was given up
	Served = "served" // page's worker to site's worker: the response, or that the other program has to be asked

	Console = "console" // page to its worker: a connection whose bytes are typed, with a port for it
	Read    = "read"    // page to its worker: what does the parser make of these bytes?
	Steps   = "steps"   // page's worker to page: this, for both profiles
)

// Over the port of a connection that is typed, beside questions about files and
// the records, which wasm/remotefs has.
const (
	Typed    = "typed"   // page to its worker: bytes
	TypedEnd = "end"     // page to its worker: no more of them
	HangUp   = "hang-up" // page to its worker: the person goes away
	Written  = "written" // page's worker to page: bytes of the server
	Waits    = "waits"   // page's worker to page: the server waits for bytes
	Over     = "over"    // page's worker to page: nothing more comes

	FieldBytes  = "bytes"  // Typed, Written: an Uint8Array
	FieldStrict = "strict" // Console: whether the server speaks HTTP/1.1 as RFC 9112 has it
	FieldPhase  = "phase"  // Waits: for which, as package session has it
	FieldNumber = "number" // Read, Steps: of the question
	FieldMarks  = "marks"  // Read: where segments end, in bytes
	FieldEnd    = "end"    // Read: whether the client then closes its side
)

// Bounds of what the worker keeps to give it again.
const (
	MaxKept    = 2000 // records of responses of a site, by the page
	MaxBatch   = 500  // exchanges in one message
	MaxFetches = 256  // that are served at the same time; more wait
	MaxRelayed = 1024 // that a site's worker has in the hands of the page's

	// FirstShared is above all serials that a site's worker gives: those from it
	// on the page's worker has given, and their records stand as long as the page.
	FirstShared = 1 << 40
)

// What the worker's program and sw.js know of each other.
const (
	Ready   = "vitrineReady" // sw.js gives: the program calls it with the two below
	Respond = "respond"      // respond(request, route, keep) is a promise of a Response
	Connect = "connect"      // connect(site, bridge, port)

	// keep(file, body, asked) says that the Response can be given again while file
	// is the same: body is its content. If to read the file does not prove that,
	// asked has what a Look has to find, in the fields below. It returns the number
	// that the record of the exchange is to have, 0 for none.
	AskedName = "name" // as io/fs has it
	AskedSize = "size" // in bytes
	AskedTime = "time" // of the last change, in ms since 1970

	// In the page's worker: OpenFolder(site, handle, options), HostFolder(site,
	// options), which has the options of wasm/hosting, CloseFolder(site), and
	// ServeFetch(site, request, route), which is a promise of an
	// object with the fields below, or of null if the program of the site's worker has to be asked.
	OpenFolder  = "open"
	HostFolder  = "host"
	CloseFolder = "close"
	ServeFetch  = "serve"

	// OpenConsole(site, strict, port) opens a connection that is typed, over a
	// site, or over a small one in memory if the ID is empty.
	OpenConsole = "console"

	// ReadSteps(bytes, marks, end) are the traces of package steps, one behind the
	// other: as http.server, and strict.
	ReadSteps = "read"

	// What ServeFetch brings.
	ServedResponse = "response" // a Response
	ServedContent  = "content"  // its content: a Blob, an Uint8Array or null
	ServedRecord   = "record"   // of the exchange, as bytes
	ServedName     = "name"     // of the file that it depends on alone, if it can be given again while that is the same; else ""
	ServedFile     = "file"     // that file; undefined if it is the content

	RouteSite   = "site"   // ID of the site that a fetch belongs to
	RoutePrefix = "prefix" // path below which the site is mounted, without a slash at its end
	RouteBridge = "bridge" // URL of the page that passes ports on
	RouteTool   = "tool"   // URL of the tool
	RouteClient = "client" // ID of the client that fetches, or that a navigation makes
)
