package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"vitrine/core/handler"
	"vitrine/core/hostrule"
	"vitrine/core/http1"
	"vitrine/core/osfs"
)

// config is what the command line asks for.
type config struct {
	port      int
	bind      string
	directory string
	protocol  string
	links     osfs.Links
	allowHost []hostrule.Pattern

	tlsCert, tlsKey, tlsPasswordFile string
	tlsSelfSigned                    bool

	cgi         bool
	header      http1.Fields
	contentType string
	cache       string // value of Cache-Control, site.CacheOff for none
	cleanURLs   bool
	fallback    string // name of a file below directory
	live        bool
	keepFiles   int // at most

	trace            string // file
	traceCredentials bool
	lint             string // level of the least notes that are printed; "" prints none
	logFormat        string
	logFile          string

	app     bool
	appDir  string
	appPort int // -1 is the port after the site's

	limits  limits
	help    bool
	version bool
}

// limits are the options of server.Server of the same names; zero is its
// default.
type limits struct {
	readHeaderTimeout, idleTimeout, contentStallTimeout, drainTimeout   time.Duration
	writeStallTimeout, tlsHandshakeTimeout, shutdownTimeout, cgiTimeout time.Duration
	maxConnections, maxConnectionsPerAddress, maxRequests               int
	maxScripts                                                          int
	startLine, fieldLine, fields                                        int
}

func defaults() *config {
	return &config{port: 8000, directory: ".", protocol: "HTTP/1.0", logFormat: "default", appPort: -1, keepFiles: 512}
}

// parse reads the command line. An error is a *usageError.
func parse(args []string) (*config, error) {
	c := defaults()
	if err := c.commandLine().parse(args); err != nil {
		return c, err
	}
	return c, c.check()
}

// check looks at what only makes sense together.
func (c *config) check() error {
	switch {
	case c.help || c.version:
		return nil
	case c.tlsSelfSigned && c.tlsCert != "":
		return &usageError{text: "--tls-self-signed makes its own certificate: it cannot be used with --tls-cert"}
	case c.tlsKey != "" && c.tlsCert == "":
		return &usageError{text: "--tls-key requires --tls-cert to be set"}
	case c.tlsPasswordFile != "" && c.tlsCert == "":
		return &usageError{text: "--tls-password-file requires --tls-cert to be set"}
	}
	return nil
}

// errDone ends the reading of the command line: the rest does not matter.
type errDone struct{}

func (errDone) Error() string { return "done" }

func (c *config) commandLine() *commandLine {
	return &commandLine{
		positional: []*option{{values: []string{"port"}, help: "port to listen on, 0 for any free one (default: 8000)", set: func(v []string) (err error) {
			c.port, err = parsePort("port", v[0])
			return err
		}}},
		options: append(c.commonOptions(), c.ownOptions()...),
	}
}

// commonOptions are http.server's, -H and --content-type those of Python 3.15.
func (c *config) commonOptions() []*option {
	return []*option{
		{short: "-h", long: "--help", help: "show this help message and exit", set: func([]string) error {
			c.help = true
			return errDone{}
		}},
		{short: "-b", long: "--bind", values: []string{"ADDRESS"}, help: "bind to this address or name (default: all interfaces)", set: text(&c.bind)},
		{short: "-d", long: "--directory", values: []string{"DIRECTORY"}, help: "serve this directory (default: current directory)", set: text(&c.directory)},
		{short: "-p", long: "--protocol", values: []string{"VERSION"}, help: "conform to this HTTP version: HTTP/1.0 as http.server does (default), or HTTP/1.1 by the RFCs", set: oneOf(&c.protocol, "-p/--protocol", "HTTP/1.0", "HTTP/1.1")},
		{long: "--cgi", help: "run scripts below /cgi-bin and /htbin", set: setTrue(&c.cgi)},
		{short: "-H", long: "--header", values: []string{"NAME", "VALUE"}, help: "add this field to responses with a file or a listing; may be repeated", set: c.addHeader},
		{long: "--content-type", values: []string{"TYPE"}, help: "media type of unknown extensions (default: application/octet-stream)", set: c.setContentType},
		{long: "--tls-cert", values: []string{"PATH"}, help: "certificate chain (PEM): serve HTTPS", set: text(&c.tlsCert)},
		{long: "--tls-key", values: []string{"PATH"}, help: "private key (PEM), if it is not in the certificate's file", set: text(&c.tlsKey)},
		{long: "--tls-password-file", values: []string{"PATH"}, help: "file with the password of the private key", set: text(&c.tlsPasswordFile)},
	}
}

// ownOptions are those that http.server does not have.
func (c *config) ownOptions() []*option {
	l := &c.limits
	return []*option{
		{long: "--tls-self-signed", help: "serve HTTPS with a certificate made for this run", set: setTrue(&c.tlsSelfSigned)},
		{long: "--links", values: []string{"POLICY"}, help: "follow symbolic links anywhere (follow, default) or only inside the directory (inside)", set: c.setLinks},
		{long: "--allow-host", values: []string{"NAME"}, help: "respond to requests for this host, too, when bound to a loopback address; .NAME includes all names below it, * is any; may be repeated", set: c.addAllowedHost},
		{long: "--cache", values: []string{"VALUE"}, help: "Cache-Control of files and listings (default: no-cache, which has browsers ask before each use); off sends none, as http.server does", set: c.setCache},
		{long: "--clean-urls", help: "send name.html for /name, where no file is called name", set: setTrue(&c.cleanURLs)},
		{long: "--fallback", values: []string{"FILE"}, help: "send this file of the directory where there is none: 404.html as the page of a 404, any other with 200 for paths that look like pages, as an application with its own routes needs (no dot in the last segment, or Accept names text/html)", set: c.setFallback},
		{long: "--keep-files", values: []string{"N"}, help: "keep up to so many files open that are asked for again and again; each request looks whether they are the same still (default: 512, on Linux, fewer where descriptors are short; 0 is none)", set: c.setKeepFiles},
		{long: "--live", help: "load pages again in the browser when a file of the directory changes, and swap style sheets; adds a script to HTML pages", set: setTrue(&c.live)},
		{long: "--app", values: []string{"DIST"}, optional: true, help: "serve the browser edition too, on a second port; --app=DIST takes it from a folder", set: func(v []string) error {
			c.app = true
			if v != nil {
				c.appDir = v[0]
			}
			return nil
		}},
		{long: "--app-dir", values: []string{"DIST"}, help: "the same as --app=DIST", set: func(v []string) error {
			c.app, c.appDir = true, v[0]
			return nil
		}},
		{long: "--app-port", values: []string{"PORT"}, help: "port of the browser edition, 0 for any free one (default: the port after the other)", set: func(v []string) (err error) {
			c.appPort, err = parsePort("--app-port", v[0])
			return err
		}},
		{long: "--trace", values: []string{"FILE"}, help: "write what goes over each connection to this file (one JSON object for each exchange if its name ends in .json or .jsonl), which is made for its owner alone and never served; credentials are replaced by their lengths, request-targets are not", set: text(&c.trace)},
		{long: "--trace-credentials", help: "leave the values of Authorization, Cookie, Set-Cookie and Proxy-Authorization in the trace: whoever reads it can then act as the clients", set: setTrue(&c.traceCredentials)},
		{long: "--lint", values: []string{"LEVEL"}, optional: true, help: "print what is against the rules of HTTP in each exchange, or worth knowing, to standard error: a line for each note with its bytes and its section; --lint=bad, warn or info leaves out what matters less, and what is about the server as a whole is said once", set: c.setLint},
		{long: "--log-format", values: []string{"FORMAT"}, help: "default (as http.server), combined, json or off", set: oneOf(&c.logFormat, "--log-format", "default", "combined", "json", "off")},
		{long: "--log-file", values: []string{"FILE"}, help: "append the log to this file (default: standard error), which is never served; it holds request-targets, tokens in them included, but no other credentials", set: text(&c.logFile)},
		{long: "--head-timeout", values: []string{"TIME"}, help: "for a whole request head (default: 30s)", set: duration(&l.readHeaderTimeout, "--head-timeout")},
		{long: "--idle-timeout", values: []string{"TIME"}, help: "for the first byte of a request (default: 60s)", set: duration(&l.idleTimeout, "--idle-timeout")},
		{long: "--body-timeout", values: []string{"TIME"}, help: "for the next byte of request content (default: 30s)", set: duration(&l.contentStallTimeout, "--body-timeout")},
		{long: "--drain-timeout", values: []string{"TIME"}, help: "for skipping unread request content (default: 5s)", set: duration(&l.drainTimeout, "--drain-timeout")},
		{long: "--write-timeout", values: []string{"TIME"}, help: "for a client that takes nothing of its response (default: 60s)", set: duration(&l.writeStallTimeout, "--write-timeout")},
		{long: "--handshake-timeout", values: []string{"TIME"}, help: "for a TLS handshake (default: 10s)", set: duration(&l.tlsHandshakeTimeout, "--handshake-timeout")},
		{long: "--grace", values: []string{"TIME"}, help: "for responses under way when the server is stopped (default: 10s)", set: duration(&l.shutdownTimeout, "--grace")},
		{long: "--cgi-timeout", values: []string{"TIME"}, help: "for a script that neither reads nor writes (default: 60s)", set: duration(&l.cgiTimeout, "--cgi-timeout")},
		{long: "--max-scripts", values: []string{"N"}, help: "scripts running at once; more get 503 (default: 32)", set: count(&l.maxScripts, "--max-scripts")},
		{long: "--max-connections", values: []string{"N"}, help: "connections at once; at the limit one that waits for a request makes room (default: 1024)", set: count(&l.maxConnections, "--max-connections")},
		{long: "--max-connections-per-address", values: []string{"N"}, help: "connections of one client address, or IPv6 network of 64 bits; more get 503 (default: all but one in 64)", set: count(&l.maxConnectionsPerAddress, "--max-connections-per-address")},
		{long: "--max-requests", values: []string{"N"}, help: "requests on one connection (default: no limit)", set: count(&l.maxRequests, "--max-requests")},
		{long: "--max-start-line", values: []string{"BYTES"}, help: "longest request-line (default: 65536)", set: count(&l.startLine, "--max-start-line")},
		{long: "--max-field-line", values: []string{"BYTES"}, help: "longest field line (default: 65536)", set: count(&l.fieldLine, "--max-field-line")},
		{long: "--max-fields", values: []string{"N"}, help: "field lines of a request (default: 100)", set: count(&l.fields, "--max-fields")},
		{long: "--version", help: "show the version and exit", set: func([]string) error {
			c.version = true
			return errDone{}
		}},
	}
}

func (c *config) setLinks(v []string) error {
	var word string
	err := oneOf(&word, "--links", "follow", "inside")(v)
	if word == "inside" {
		c.links = osfs.Inside
	} else {
		c.links = osfs.Follow
	}
	return err
}

func (c *config) setCache(v []string) error {
	if v[0] == "" || !isFieldValue(v[0]) {
		return brief("--cache", "not a field value: "+handler.Repr(v[0]))
	}
	c.cache = v[0]
	return nil
}

func (c *config) setKeepFiles(v []string) error {
	n, err := parseInt("--keep-files", v[0])
	if err == nil && n < 0 {
		err = brief("--keep-files", "must be at least 0, not "+v[0])
	}
	c.keepFiles = n
	return err
}

// setFallback takes the name of a file in the directory, which need not be
// there yet: a build may be about to write it.
func (c *config) setFallback(v []string) error {
	name := strings.TrimPrefix(filepath.ToSlash(filepath.Clean(v[0])), "./")
	if !fs.ValidPath(name) || name == "." {
		return brief("--fallback", "not the name of a file below the directory: "+handler.Repr(v[0]))
	}
	c.fallback = name
	return nil
}

func (c *config) addAllowedHost(v []string) error {
	p, err := hostrule.ParsePattern(v[0])
	if err != nil {
		return brief("--allow-host", handler.Repr(v[0])+": "+err.Error())
	}
	c.allowHost = append(c.allowHost, p)
	return nil
}

func (c *config) addHeader(v []string) error {
	if !http1.IsToken(v[0]) {
		return brief("-H/--header", "not a field name: "+handler.Repr(v[0]))
	}
	if http1.EqualFold(v[0], "Transfer-Encoding") {
		return brief("-H/--header", "Transfer-Encoding says how a response is framed, which is the server's to say")
	}
	value := strings.Trim(v[1], " \t")
	if !isFieldValue(value) {
		return brief("-H/--header", "not a field value: "+handler.Repr(v[1]))
	}
	c.header = append(c.header, http1.Field{Name: v[0], Value: value})
	return nil
}

func (c *config) setContentType(v []string) error {
	if v[0] == "" || !isFieldValue(v[0]) {
		return brief("--content-type", "not a media type: "+handler.Repr(v[0]))
	}
	c.contentType = v[0]
	return nil
}
