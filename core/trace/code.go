package trace

// Code says what a step is about. It is stable: notes, tests, the page and
// other languages key on it. Package words has the sentence of each.
type Code string

// The connection.
const (
	ConnOpened  Code = "conn.opened"  // args: the client's address
	ConnKept    Code = "conn.kept"    // another request may follow
	ConnClosing Code = "conn.closing" // args: why this response says close: see the Why codes
	ConnClosed  Code = "conn.closed"  // args: who, why
)

// Who closes a connection: the first argument of ConnClosed.
const (
	WhoServer = "server"
	WhoClient = "client"
)

// Why a connection is closed: an argument of ConnClosing and ConnClosed.
const (
	WhyStopping  = "stopping"          // the server is shutting down
	WhyRequests  = "requests"          // the connection has had its number of requests
	WhyContent   = "content"           // the request's content could not be read
	WhyUnread    = "unread"            // too much of the request's content is unread
	WhyClient    = "client"            // the client sent close
	WhyVersion   = "version"           // the client speaks HTTP/1.0 and did not ask for more
	WhyServer    = "server"            // the server speaks HTTP/1.0
	WhyResponse  = "response"          // the response says close
	WhyLength    = "length"            // the end of the connection is the end of the response
	WhyFault     = "fault"             // the request broke the rules
	WhyBroken    = "broken"            // the response could not be sent whole
	WhyIdle      = "idle"              // no request came within the idle timeout
	WhyHead      = "head"              // the header section did not arrive within its timeout
	WhyEnd       = "end"               // the client sends no more, between two requests
	WhyReset     = "reset"             // the connection broke while the server waited for bytes
	WhyRoom      = "room"              // another connection needs its place
	WhyAddress   = "address"           // the client's address has its number of connections
	WhyHandshake = "handshake"         // the TLS handshake failed
	WhyTimeout   = "handshake-timeout" // the TLS handshake did not end within its timeout
	WhyPlain     = "plain-http"        // plain HTTP came to a port that speaks TLS
	WhyPanic     = "panic"             // a failure in the server's own code
)

// What the bytes of an In or Out step are.
const (
	Header      Code = "header"       // a start line and its header section
	Interim     Code = "interim"      // the same of a 1xx response
	Content     Code = "content"      // without its transfer coding
	Referenced  Code = "referenced"   // content that never passed through here: only its length is known
	Reread      Code = "reread"       // content read once more for the log
	Unread      Code = "unread"       // content of the request that nothing read
	ChunkSize   Code = "chunk.size"   // a chunk-size line; args: the size, in bytes
	ChunkEnd    Code = "chunk.end"    // the line end behind a chunk
	Trailers    Code = "trailers"     // the trailer section and the empty line behind it
	Unreadable  Code = "unreadable"   // what a fault ended
	MessageEnd  Code = "message.end"  // an Event: the request is complete
	MessageSent Code = "message.sent" // an Out of no bytes: the response is complete
	MessageLeft Code = "message.left" // an Event: bytes behind the request are here already; args: how many
)

// From the target to a file.
const (
	PathAbsolute     Code = "path.absolute-form" // args: scheme and authority
	PathCut          Code = "path.cut"           // args: the path without query and fragment
	PathDecoded      Code = "path.decoded"       // args: the path
	PathCleaned      Code = "path.cleaned"       // args: the name
	PathSlash        Code = "path.slash"         // a directory is meant
	PathNUL          Code = "path.nul"
	PathSurrogate    Code = "path.surrogate"
	PathWindows      Code = "path.windows"
	PathRefused      Code = "path.refused"       // args: the error
	PathNotDirectory Code = "path.not-directory" // args: the name
	PathIndex        Code = "path.index"         // args: the index page
	PathRedirect     Code = "path.redirect"      // to the path with a slash
	PathListing      Code = "path.listing"       // args: number of entries
	PathScript       Code = "path.script"        // args: a name that leads below a CGI directory
	FileNotOpened    Code = "file.not-opened"    // args: the name, the error
	FileFound        Code = "file.found"         // args: the name, its size in bytes
	FileForbidden    Code = "file.forbidden"     // args: the name
	TypeByName       Code = "type.by-name"       // args: the name, the media type
	TypeDefault      Code = "type.default"       // the same, where the name tells none
)

// What a handler responds to before any file is looked for.
const (
	MethodUnsupported Code = "method.unsupported" // args: the method
	MethodNotAllowed  Code = "method.not-allowed" // args: the method, those that are allowed
	MethodOptions     Code = "method.options"     // args: the methods of the server
	ExpectRefused     Code = "expect.refused"     // args: the value of Expect
	TargetNoURL       Code = "target.no-url"      // args: the target, which net/http cannot read
)

// What came of a script.
const (
	CGIRun           Code = "cgi.run"            // args: the script
	CGIMissing       Code = "cgi.missing"        // args: the script
	CGINotFile       Code = "cgi.not-file"       // args: the script
	CGINotExecutable Code = "cgi.not-executable" // args: the script
	CGIFragment      Code = "cgi.fragment"
	CGICrossSite     Code = "cgi.cross-site"
	CGIPostElsewhere Code = "cgi.post-elsewhere" // args: the path
	CGITooMuch       Code = "cgi.too-much"       // args: the length of the content, the most that is taken
	CGINUL           Code = "cgi.nul"            // a variable or argument holds one
	CGITooLong       Code = "cgi.too-long"       // a variable or argument is
	CGIBusy          Code = "cgi.busy"
	CGIUnsupported   Code = "cgi.unsupported" // no scripts can be run here
	CGINotStarted    Code = "cgi.not-started" // args: the script
	CGIContent       Code = "cgi.content"     // the content of the request did not arrive whole
	CGINoResponse    Code = "cgi.no-response" // args: what was wrong with the output
	CGITimeout       Code = "cgi.timeout"     // args: the bound
	CGISlowContent   Code = "cgi.slow-content"
	CGICut           Code = "cgi.cut" // args: why
)

// What stands in for a file that is missing.
const (
	FallbackClean    Code = "fallback.clean"     // args: the file with .html behind it
	FallbackPage     Code = "fallback.page"      // args: the page of the application
	FallbackNotFound Code = "fallback.not-found" // args: the error page
	FallbackNoPage   Code = "fallback.no-page"   // args: the page of the application, not sent
)

// What middleware adds.
const (
	LiveAdded  Code = "live.added"  // args: length of the script, in bytes
	LiveEvents Code = "live.events" // the response lasts: it tells of each change
	LiveFull   Code = "live.full"   // too many listen already
)

// A response that was given before.
const (
	RepeatOf      Code = "repeat.of"      // args: number of the exchange it was made for, in the same log; "0" if it is not there
	RepeatRead    Code = "repeat.read"    // the file was read
	RepeatWatched Code = "repeat.watched" // the folder is watched
	RepeatAsked   Code = "repeat.asked"   // whoever has the file was asked
)

// How the status was decided. Args of those named for a field: its value, the
// verdict ("passed", "decided", "ignored", "skipped"), the reason: a Reason code
// without its "reason." in front.
const (
	CondIfMatch           Code = "cond.if-match"
	CondIfUnmodifiedSince Code = "cond.if-unmodified-since"
	CondIfNoneMatch       Code = "cond.if-none-match"
	CondIfModifiedSince   Code = "cond.if-modified-since"
	CondIfRange           Code = "cond.if-range"
	CondRange             Code = "cond.range"
	CondMultipart         Code = "cond.multipart" // args: number of ranges
	CondNoSeek            Code = "cond.no-seek"
)

// Which hosts are served.
const (
	HostAllowed Code = "host.allowed" // args: why, the host
	HostRefused Code = "host.refused" // args: why, the host
)

// Where TLS differs from what was expected.
const (
	TLSFailed Code = "tls.failed" // args: the error of the handshake
)

// What went wrong here. Faults of the client have the codes of
// [http1.Fault.Code] behind "fault.".
const (
	ResponseFailed  Code = "response.failed"   // args: the error
	ResponseCut     Code = "response.cut"      // args: the error
	ResponseNotSent Code = "response.not-sent" // args: the error
	FaultPrefix          = "fault."
)

// Where a fetch differs from a connection.
const (
	FetchRebuilt    Code = "fetch.rebuilt"    // the request was made from a Request object
	FetchUnseen     Code = "fetch.unseen"     // what a service worker is not shown
	FetchResponse   Code = "fetch.response"   // the response became a Response object
	FetchSetCookie  Code = "fetch.set-cookie" // it has no effect
	FetchCoding     Code = "fetch.coding"     // Content-Encoding has no effect
	FetchLocation   Code = "fetch.location"   // args: what was put before Location
	FetchField      Code = "fetch.field"      // args: the name of a field without effect, the error
	FetchNetwork    Code = "fetch.network"    // args: the name of a field that browsers act on only in responses from the network
	FetchOrigins    Code = "fetch.origins"    // args: the name of a field that is about other origins
	FetchFramed     Code = "fetch.framed"     // args: the name of a field that is about pages in no frame
	FetchReason     Code = "fetch.reason"     // the browser refused the reason phrase
	FetchStatus     Code = "fetch.status"     // args: a status that no Response can have
	FetchRefused    Code = "fetch.refused"    // args: the error
	FetchFailed     Code = "fetch.failed"     // args: the error
	FetchIncomplete Code = "fetch.incomplete" // the response ended before its content did
	SiteAway        Code = "site.away"        // args: why the site cannot be read
)
