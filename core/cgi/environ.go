package cgi

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/core/handler"
)

// Environment is what the environment of a script is made from (section 13.3
// of http.server's behaviour, RFC 3875 §4.1).
type Environment struct {
	// Base are variables as "NAME=value" that go before all others, such as
	// what BaseEnviron leaves of the server's own.
	Base []string
	// Software is the text of the Server field.
	Software string
	// Protocol is the version the server speaks, not that of the request.
	Protocol string
	// Translated is PATH_TRANSLATED: the extra path as a file name.
	Translated string
}

// BaseEnviron returns those variables of the server's environment that a
// script needs to run at all: where programs are, where temporary files go,
// the language and the time zone.
//
// Differs from http.server, which hands on everything it has, stale CGI
// variables and secrets included (G-11, X-6).
func BaseEnviron(server []string) []string {
	var base []string
	for _, v := range server {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "PATH", "TMPDIR", "TMP", "TEMP", "LANG", "TZ",
			"SYSTEMROOT", "SystemRoot", "COMSPEC", "ComSpec", "PATHEXT", "WINDIR", "windir":
			base = append(base, v)
		default:
			if strings.HasPrefix(name, "LC_") {
				base = append(base, v)
			}
		}
	}
	return base
}

// Append appends the environment of one run to env. Where a name comes twice
// the later one counts. Fields and query are text in Latin-1, as the path is
// (P-9), and written as UTF-8. There is no other HTTP_ variable than the four
// named here, so a Proxy field cannot become HTTP_PROXY (G-10).
//
// Differs from http.server, which sets AUTH_TYPE and REMOTE_USER to whatever
// the client claims: they are about a user whose credentials the server
// has checked (RFC 3875 §4.1.1, §4.1.11), and this one checks none.
func (e *Environment) Append(env []string, x *handler.Exchange, s *Script) []string {
	set := func(name, value string) { env = append(env, name+"="+value) }
	sent := func(name, value string) { set(name, handler.Latin1(value)) }
	env = append(env, e.Base...)

	serverName, serverPort := "localhost", 80
	if x.Server != nil {
		serverName, serverPort = x.Server.Name, x.Server.Port
	}
	set("SERVER_SOFTWARE", e.Software)
	set("SERVER_NAME", serverName)
	set("SERVER_PORT", strconv.Itoa(serverPort))
	set("SERVER_PROTOCOL", e.Protocol)
	set("GATEWAY_INTERFACE", "CGI/1.1")
	set("REQUEST_METHOD", x.Command)
	set("PATH_INFO", s.PathInfo)
	set("PATH_TRANSLATED", e.Translated)
	set("SCRIPT_NAME", s.Name)
	sent("QUERY_STRING", s.Query)
	if x.Client.IsValid() {
		set("REMOTE_ADDR", x.Client.Addr().String())
	} else {
		set("REMOTE_ADDR", "")
	}
	set("REMOTE_HOST", "")
	contentType, typed := x.Headers.Lookup("Content-Type")
	if !typed {
		contentType = "text/plain"
	}
	sent("CONTENT_TYPE", contentType)
	sent("CONTENT_LENGTH", x.Headers.Get("Content-Length"))
	sent("HTTP_ACCEPT", strings.Join(slices.Collect(x.Headers.Values("Accept")), ","))
	sent("HTTP_USER_AGENT", x.Headers.Get("User-Agent"))
	sent("HTTP_REFERER", x.Headers.Get("Referer"))
	var cookies []string
	for v := range x.Headers.Values("Cookie") {
		if v != "" {
			cookies = append(cookies, v)
		}
	}
	// Differs from http.server, which joins with ", ": that is part of a
	// cookie's value for most who read it (RFC 6265 §4.2.1).
	sent("HTTP_COOKIE", strings.Join(cookies, "; "))
	return env
}
