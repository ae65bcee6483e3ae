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
	set("REMOTE_ADDR", x.Client.Host)
	set("REMOTE_HOST", "")
	if scheme, user, ok := authorization(x.Headers.Get("Authorization")); scheme != "" {
		set("AUTH_TYPE", scheme)
		if ok {
			set("REMOTE_USER", user)
		}
	}
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

// authorization reads the credentials that REMOTE_USER and AUTH_TYPE are
// about: exactly two words; the user only for Basic whose text is ASCII with
// exactly one colon. scheme is empty if there are none.
func authorization(value string) (scheme, user string, ok bool) {
	words := strings.Fields(handler.Latin1(value))
	if len(words) != 2 {
		return "", "", false
	}
	if !strings.EqualFold(words[0], "basic") {
		return words[0], "", false
	}
	text, ok := decodeBase64(words[1])
	user, password, found := strings.Cut(text, ":")
	return words[0], user, ok && found && !strings.Contains(password, ":")
}

// decodeBase64 decodes like Python's decodebytes: characters outside the
// alphabet are skipped, the padding must be there. The result is printable
// ASCII, or nothing: no user name is worth a control character in the
// environment.
func decodeBase64(s string) (text string, ok bool) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var out []byte
	var bits, n, pads uint
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return "", false
		}
		if s[i] == '=' {
			if pads++; n%4 >= 2 && n%4+pads >= 4 {
				break
			}
			continue
		}
		v := strings.IndexByte(alphabet, s[i])
		if v < 0 {
			continue
		}
		pads = 0
		bits = bits<<6 | uint(v)
		if n++; n%4 != 1 {
			out = append(out, byte(bits>>(6-2*((n-1)%4))))
		}
	}
	if n%4 == 1 || n%4 > 1 && n%4+pads < 4 {
		return "", false
	}
	for _, c := range out {
		if c < ' ' || c >= 0x7f {
			return "", false
		}
	}
	return string(out), true
}
