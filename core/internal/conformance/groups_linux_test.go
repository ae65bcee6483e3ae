package conformance

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// exchange is what both servers are asked on one connection.
type exchange struct {
	group, name string
	sent        string
	methods     []string // of the requests in sent: one response each is waited for
	half        bool     // our side is closed behind sent, so staying open cannot be seen
	traits      []string // what departures may be about
}

// Both servers listen on a loopback address, where Vitrine serves names of this
// machine only; the trait of all other hosts is "foreign host".
const vhost = "Host: localhost"

// request is a request without content.
func request(method, target, version string, fields ...string) string {
	return method + " " + target + " " + version + "\r\n" + strings.Join(append(fields, "", ""), "\r\n")
}

// group gathers exchanges of one kind.
type group struct {
	name string
	list []exchange
}

func (g *group) add(sent string, methods []string, half bool, traits ...string) {
	name := sent
	if len(name) > 120 {
		name = name[:60] + " … " + name[len(name)-50:]
	}
	g.list = append(g.list, exchange{group: g.name, name: g.name + ": " + strings.ReplaceAll(strings.ReplaceAll(name, "\r\n", "⏎"), "\n", "␊"), sent: sent, methods: methods, half: half, traits: traits})
}

// one adds a request with one response.
func (g *group) one(method, target string, fields ...string) {
	g.add(request(method, target, "HTTP/1.1", append([]string{vhost}, fields...)...), []string{method}, false)
}

// trait adds a request with one response that departures may be about.
func (g *group) trait(trait, method, target string, fields ...string) {
	g.one(method, target, fields...)
	g.list[len(g.list)-1].traits = []string{trait}
}

// line adds a request-line with a Host behind it.
func (g *group) line(line string, traits ...string) {
	method, _, _ := strings.Cut(line, " ")
	if slices.Contains(traits, "judged") {
		method = "" // the method is not known yet, so HEAD gets a page, too
	}
	g.add(line+"\r\n"+vhost+"\r\n\r\n", []string{method}, false, traits...)
}

// half adds bytes after which our side is closed.
func (g *group) half(sent string, method string, traits ...string) {
	g.add(sent, []string{method}, true, traits...)
}

// groups are all exchanges about files.
func groups(t *testing.T) []exchange {
	return build(t, requestLines, methods, fieldLines, connections, expectations, framing,
		files, paths, directories, conditions, dates, types, beyond)
}

// scriptGroup are those about scripts.
func scriptGroup(t *testing.T) []exchange { return build(t, scripts) }

func build(t *testing.T, builders ...func(*testing.T, *group)) (all []exchange) {
	for _, build := range builders {
		g := &group{}
		build(t, g)
		all = append(all, g.list...)
	}
	for i := range all {
		if climbs(all[i].target()) {
			all[i].traits = append(all[i].traits, "climbs")
		}
	}
	return all
}

// spec: C-4 R-1 R-2 R-3 R-5 R-6 R-7 R-8 R-9 R-10 R-11 R-12 R-15 R-16 W-8 L-1 L-2 L-3 L-4 L-5 L-6
// departs: R-4 R-13 R-17 L-2 (gh-87979: bounded)
func requestLines(_ *testing.T, g *group) {
	g.name = "request line"
	for _, line := range []string{
		"GET /hello.txt HTTP/1.0", "GET /hello.txt HTTP/1.1", "HEAD /hello.txt HTTP/1.0",
		"GET /hello.txt HTTP/1.2", "GET /hello.txt HTTP/1.9",
		"get /hello.txt HTTP/1.0", "Get /hello.txt HTTP/1.1",
		"GET //hello.txt HTTP/1.0", "GET ////hello.txt HTTP/1.1", "GET //docs//guide.html HTTP/1.1",
		"GET /a b HTTP/1.0", "GET /a b HTTP/1.1", "GET / / / HTTP/1.1", "HEAD /a b HTTP/1.0",
	} {
		g.line(line)
	}
	// Accepted for what they mean; RFC 9112 §3 has one form.
	for _, line := range []string{
		"  GET /hello.txt HTTP/1.1", "GET   /hello.txt   HTTP/1.1", "GET /hello.txt HTTP/1.1  ",
		"GET\t/hello.txt\tHTTP/1.1", "GET\x0b/hello.txt\x0bHTTP/1.0", "GET\x0c/hello.txt\x0cHTTP/1.0",
		"GET\x1c/hello.txt\x1dHTTP/1.0", "GET\x1e/hello.txt\x1fHTTP/1.0",
		"GET\x85/hello.txt\x85HTTP/1.0", "GET\xa0/hello.txt\xa0HTTP/1.1", "\xa0GET /hello.txt HTTP/1.1\xa0",
		"GET /hello.txt HTTP/1.10", "GET /hello.txt HTTP/01.01", "GET /hello.txt HTTP/1.0000000001",
		"GET /hello.txt HTTP/1.9999999999", "GET /hello.txt HTTP/0000000001.1",
		"GET /hello.txt HTTP/0.5", "GET /hello.txt HTTP/0.0", "HEAD /hello.txt HTTP/0.5",
		"GET /h\xa0llo.txt HTTP/1.1", "GET /\xa0 HTTP/1.1",
	} {
		g.line(line, "loose line")
	}
	// Refused before the version is known.
	for _, line := range []string{
		"GET", "X", "HEAD", "GET / http/1.1", "GET / Http/1.1", "GET / HTTP/1", "GET / HTTP/1.", "GET / HTTP/.1",
		"GET / HTTP/", "GET / HTTP/1.1.1", "GET / HTTP/1..1", "GET / HTTP/+1.1", "GET / HTTP/-1.1", "GET / HTTP/1.+1",
		"GET / HTTP/1_0.0", "GET / HTTP/1.1_0", "GET / HTTP/1.x", "GET / HTTP/x.1", "GET / HTTP/0x1.1",
		"GET / HTTP/\xb2.1", "GET / HTTP/1.\xb9", "GET / HTTP/12345678901.1", "GET / HTTP/1.12345678901",
		"GET / HTTP//1.1", "GET / HTTP/1.1/", "GET / HTTP/1.1/1.1", "GET / HTTP 1.1", "GET / FOO/1.1", "GET / HTTPS/1.1",
		"GET / HTTP/1.1x", "GET / HTTP/1.1,", "GET / \"HTTP/1.1\"", "GET / 'HTTP/1.1'", "GET / HT\"'TP", "GET / a\\b",
		"GET /a b c", "GET / HTTP/1.1 x", "a b c d e f", "GET / \xe9\xff", "GET / \xad", "GET / <b>&amp;</b>",
		"HEAD / HTTP/1", "POST / http/1.1",
		"GET / HTTP/2.0", "PRI * HTTP/2.0", "GET / HTTP/3.0", "GET /a b HTTP/2.0", "HEAD / HTTP/2.0",
	} {
		g.line(line, "judged")
	}
	for _, line := range []string{"GET / HTTP/10.0", "GET / HTTP/9999999999.9", "GET / HTTP/02.0", "GET / HTTP/2.00"} {
		g.line(line, "judged", "loose line")
	}
	for _, line := range []string{"POST /hello.txt", "HEAD /hello.txt", "get /hello.txt", "GE'T /", "GE\"'T /", "\xe9 /"} {
		g.half(line+"\r\n\r\n", "GET", "judged", "HTTP/0.9")
	}
	for _, target := range []string{"/hello.txt", "/empty.txt", "/nothing.txt", "/docs", "/list/", "/sizes/100k.bin", "//hello.txt"} {
		g.half("GET "+target+"\r\n", "GET", "HTTP/0.9")
		g.half("GET "+target+" HTTP/0.9\r\n\r\n", "GET", "HTTP/0.9")
	}
	g.half("HEAD /hello.txt HTTP/0.9\r\n\r\n", "HEAD", "HTTP/0.9")
	g.half("GET /hello.txt HTTP/0.9\r\nConnection: keep-alive\r\n\r\n", "GET", "HTTP/0.9")
	g.half("GET /hello.txt HTTP/0.9\r\nIf-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT\r\n\r\n", "GET", "HTTP/0.9")
	g.half("POST /hello.txt HTTP/0.9\r\n\r\n", "GET", "HTTP/0.9")

	g.add(line("GET /", 65536, " HTTP/1.1\r\n")+vhost+"\r\n\r\n", []string{"GET"}, false, "long line")
	g.add(line("GET /", 65537, " HTTP/1.1\r\n")+vhost+"\r\n\r\n", []string{"GET"}, false)
	g.add(line("HEAD /", 70000, " HTTP/1.1\r\n")+vhost+"\r\n\r\n", []string{"GET"}, false)
	g.add(line("", 70000, "\r\n")+vhost+"\r\n\r\n", []string{"GET"}, false)

	g.half("", "")
	g.half("\r\n", "")
	g.half("\r\n"+request("GET", "/hello.txt", "HTTP/1.1", vhost), "GET", "empty line first")
	g.half("\r\n\r\n\r\n"+request("GET", "/hello.txt", "HTTP/1.1", vhost), "GET", "empty line first")
	g.half("   \r\n", "GET", "line of SP")
	g.half("\xa0\r\n\r\n", "GET", "line of SP")
	g.half("GET /hello.txt HTTP/1.1", "GET", "cut off")
	g.half("GET /hello.txt HTTP/1.1\r\n", "GET", "cut off")
	g.half("GET /hello.txt HTTP/1.1\r\n"+vhost+"\r\n", "GET", "cut off")
	g.half("GET /hello.txt HTTP/1.1\r\n"+vhost, "GET", "cut off")
	g.half("GET /hello.txt", "GET", "cut off")
	g.half("GET /hello.txt\rX HTTP/1.1\r\n"+vhost+"\r\n\r\n", "GET", "bare CR in line")
	g.half("GET /hello.txt HTTP/1.1\r\r\n"+vhost+"\r\n\r\n", "GET", "bare CR in line")
	g.half("GET\r/hello.txt\rHTTP/1.1\r\n"+vhost+"\r\n\r\n", "GET", "bare CR in line")
	g.half("GET /hello.txt\x00 HTTP/1.1\r\n"+vhost+"\r\n\r\n", "GET", "NUL in line")
	g.half("G\x00T /hello.txt HTTP/1.1\r\n"+vhost+"\r\n\r\n", "GET", "NUL in line")
	g.half("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "GET", "TLS hello")
	g.half("\x16\x03\x01", "GET", "TLS hello")
	g.half("\x16\x03\x01 /hello.txt HTTP/1.1\r\n"+vhost+"\r\n\r\n", "GET", "TLS hello")
}

// spec: M-1 M-2 R-12 S-1 S-2 S-3 S-4 S-5 W-1 W-2 K-4 L-3 L-4
func methods(_ *testing.T, g *group) {
	g.name = "method"
	for _, m := range []string{"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW", "M!#$%&'*+-.^_`|~9", "GET2", "G", "do_GET", "It's"} {
		g.one(m, "/hello.txt")
		g.one(m, "/docs")
	}
	g.one("OPTIONS", "/hello.txt")
	g.trait("asterisk", "OPTIONS", "*")
	g.line("CONNECT vitrine.test:443 HTTP/1.1")
	for _, m := range []string{"G(T", "G\"T", "G'\"T", "G\\T", "G<b>T", "G&T", "G\xe9T", "G\xadT", "G\x01T", "G\x7fT", "G\x1bT", "\xb2", "G\x9bT"} {
		g.line(m+" /hello.txt HTTP/1.1", "no token")
	}
	g.one("x"+strings.Repeat("y", 5000), "/")
}

// spec: H-1 H-2 H-3 H-4 H-5 H-6 S-3 L-4
// departs: H-4 H-5 H-6 H-7
func fieldLines(_ *testing.T, g *group) {
	g.name = "fields"
	get := func(end string, lines ...string) string {
		return "GET /hello.txt HTTP/1.1" + end + strings.Join(lines, end) + end + end
	}
	const since = "Tue, 14 Nov 2023 22:13:20 GMT"
	add := func(trait string, lines ...string) {
		g.add(get("\r\n", append([]string{vhost}, lines...)...), []string{"GET"}, false, trait)
	}
	for _, name := range []string{"If-Modified-Since", "if-modified-since", "IF-MODIFIED-SINCE", "iF-mODIFIED-sINCE"} {
		add("", name+": "+since)
		add("", name+":"+since)
		add("", name+": \t "+since)
	}
	add("two dates", "If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT", "If-Modified-Since: "+since)
	add("two dates", "If-Modified-Since: "+since, "If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT")
	add("two dates", "If-Modified-Since: "+since, "If-Modified-Since: "+since)
	add("", "X: \x80\xff\xa0\x85", "Y: caf\xe9")
	add("control in value", "X: a\x0bb")
	add("control in value", "X: a\x0cb")
	add("control in value", "X: a\x01b")
	add("control in value", "X: a\x7fb")
	add("", "X:")
	add("", "X:", "Y: :", "Z: a:b")
	add("", "User-Agent: curl/8.0", "Accept: */*", "Accept-Encoding: gzip, br", "Accept-Language: en", "Cache-Control: no-cache", "Pragma: no-cache")

	for _, l := range []string{"colonless", "Connection : close", "Connection\t: close", " : close", ": value", "(name): x", "na me: x", "n\xe4me: x", "na\x01me: x", "\"name\": x", "@: x"} {
		add("bad field line", l, "Connection: close")
	}
	add("bad field line", "From nobody Tue Nov 14 2023", "Connection: close")
	add("bad field line", "X: a\rConnection: close")
	add("bad field line", "X: a\r\r\nY: b")
	add("bad field line", "X: a\x00b")
	add("bad field line", "X: a", " folded")
	add("bad field line", "X: a", "\tfolded")
	add("bad field line", "X:", " folded")
	add("bad field line", "Connection:", " close")
	g.add("GET /hello.txt HTTP/1.1\r\n folded: first\r\n"+vhost+"\r\n\r\n", []string{"GET"}, false, "bad field line")
	g.add("GET /hello.txt HTTP/1.1\r\nFrom nobody\r\n"+vhost+"\r\n\r\n", []string{"GET"}, false, "bad field line")

	for _, n := range []int{50, 98, 99, 100, 101, 150} {
		lines := make([]string, n)
		lines[0] = vhost
		for i := range lines[1:] {
			lines[i+1] = "X: y"
		}
		trait := ""
		if n == 100 {
			trait = "100 fields"
		}
		g.add(get("\r\n", lines...), []string{"GET"}, false, trait)
		g.add("HEAD"+get("\r\n", lines...)[3:], []string{"HEAD"}, false, trait)
	}
	for _, n := range []int{65536, 65537, 100000} {
		g.add(get("\r\n", vhost, strings.TrimSuffix(line("X: ", n, "\r\n"), "\r\n")), []string{"GET"}, false)
		g.add("HEAD"+get("\r\n", vhost, strings.TrimSuffix(line("X: ", n, "\r\n"), "\r\n"))[3:], []string{"HEAD"}, false)
	}

	g.add(get("\n", vhost), []string{"GET"}, false, "bare LF")
	g.add("GET /hello.txt HTTP/1.1\r\n"+vhost+"\n\n", []string{"GET"}, false, "bare LF")
	g.add("GET /hello.txt HTTP/1.1\n"+vhost+"\r\n\r\n", []string{"GET"}, false, "bare LF")
	g.add("GET /hello.txt HTTP/1.1\r\n"+vhost+"\r\nX: y\r\n\n", []string{"GET"}, false, "bare LF")

	g.add(request("GET", "/hello.txt", "HTTP/1.0"), []string{"GET"}, false)
	for _, host := range [][]string{nil, {vhost, vhost}, {"Host: localhost", "Host: 127.0.0.1"}} {
		g.add(request("GET", "/hello.txt", "HTTP/1.1", host...), []string{"GET"}, false, "host")
	}
	for _, host := range [][]string{{"Host: a", "Host: b"}, {vhost, "Host: a"}, {"Host: a", vhost}, {"Host: localhost a"}, {"Host: http://localhost"}, {"Host: localhost/a"}, {"Host: localhost:a"}, {"Host: [::1"}, {"Host: <a>"}} {
		g.add(request("GET", "/hello.txt", "HTTP/1.1", host...), []string{"GET"}, false, "host", "foreign host")
	}
	for _, host := range []string{"Host:", "host: localhost:80", "HOST: [::1]:8000", "Host: 127.0.0.1", "Host: 192.0.2.1:8000", "Host: LOCALHOST.", "Host: site.localhost:1"} {
		g.add(request("GET", "/hello.txt", "HTTP/1.1", host), []string{"GET"}, false)
	}
	for _, host := range []string{"Host: a", "host: a:80", "Host: localhost,a", "Host: vitrine.test", "Host: xn--bcher-kva.example", "Host: localhost.example", "Host: vitrine.localhost", "Host: site.vitrine.localhost:8001"} {
		for _, version := range []string{"HTTP/1.0", "HTTP/1.1"} {
			for _, target := range []string{"/hello.txt", "/docs", "/list/", "/nothing.txt"} {
				g.add(request("GET", target, version, host), []string{"GET"}, false, "foreign host")
			}
		}
		g.add(request("HEAD", "/hello.txt", "HTTP/1.1", host), []string{"HEAD"}, false, "foreign host")
		g.add(request("POST", "/hello.txt", "HTTP/1.1", host, "Content-Length: 5")+"hello", []string{"POST"}, false, "foreign host")
	}
}

// spec: C-1 C-4 K-1 K-2 K-3 K-4 K-6 K-7 K-9
// departs: K-2 H-7
func connections(_ *testing.T, g *group) {
	g.name = "connection"
	for _, version := range []string{"HTTP/1.0", "HTTP/1.1"} {
		for _, value := range []string{"", "close", "keep-alive", "Close", "KEEP-ALIVE", "Keep-Alive", "x", "upgrade", "closed", "\"close\""} {
			fields := []string{vhost}
			if value != "" {
				fields = append(fields, "Connection: "+value)
			}
			g.add(request("GET", "/hello.txt", version, fields...), []string{"GET"}, false)
			g.add(request("HEAD", "/list/", version, fields...), []string{"HEAD"}, false)
		}
		for _, value := range []string{"close ", "close\t", "close, x", "x, close", "keep-alive, close", "close, keep-alive", "keep-alive, x", "x, keep-alive", "keep-alive ", ", close", "close,"} {
			g.add(request("GET", "/hello.txt", version, vhost, "Connection: "+value), []string{"GET"}, false, "connection list")
		}
		g.add(request("GET", "/hello.txt", version, vhost, "Connection: close", "Connection: keep-alive"), []string{"GET"}, false, "connection list")
		g.add(request("GET", "/hello.txt", version, vhost, "Connection: keep-alive", "Connection: close"), []string{"GET"}, false, "connection list")
		g.add(request("GET", "/hello.txt", version, vhost, "Proxy-Connection: keep-alive"), []string{"GET"}, false)
		g.add(request("GET", "/hello.txt", version, vhost, "Proxy-Connection: close"), []string{"GET"}, false)
		g.add(request("GET", "/hello.txt", version, vhost, "Keep-Alive: timeout=5"), []string{"GET"}, false)
		for _, target := range []string{"/docs", "/list/", "/empty.txt", "/nothing.txt", "/sizes/100k.bin"} {
			g.add(request("GET", target, version, vhost, "Connection: keep-alive"), []string{"GET"}, false)
			g.add(request("HEAD", target, version, vhost, "Connection: keep-alive"), []string{"HEAD"}, false)
		}
		g.add(request("GET", "/hello.txt", version, vhost, "Connection: keep-alive", "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT"), []string{"GET"}, false)
		g.add(request("POST", "/hello.txt", version, vhost, "Connection: keep-alive"), []string{"POST"}, false)
	}
	get := func(target string, fields ...string) string {
		return request("GET", target, "HTTP/1.1", append([]string{vhost}, fields...)...)
	}
	head := func(target string) string { return request("HEAD", target, "HTTP/1.1", vhost) }
	g.add(get("/hello.txt")+get("/empty.txt"), []string{"GET", "GET"}, false)
	g.add(get("/hello.txt")+head("/docs/")+get("/docs")+get("/list/"), []string{"GET", "HEAD", "GET", "GET"}, false)
	g.add(strings.Repeat(get("/hello.txt"), 20), strings.Split(strings.Repeat("GET ", 20), " ")[:20], false)
	g.add(get("/hello.txt")+get("/nothing.txt")+get("/hello.txt"), []string{"GET", "GET", "GET"}, false)
	g.add(get("/hello.txt")+get("/empty.txt", "Connection: close")+get("/hello.txt"), []string{"GET", "GET", "GET"}, false)
	g.add(get("/sizes/100k.bin")+get("/sizes/100k.bin")+get("/sizes/4k.bin"), []string{"GET", "GET", "GET"}, false)
	g.add(get("/hello.txt", "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT")+get("/hello.txt"), []string{"GET", "GET"}, false)
	g.add(request("GET", "/hello.txt", "HTTP/1.0", "Connection: keep-alive")+request("GET", "/empty.txt", "HTTP/1.0"), []string{"GET", "GET"}, false)
	g.add(get("/hello.txt")+"\r\n"+get("/empty.txt"), []string{"GET", "GET"}, true, "empty line between")
	g.half(get("/hello.txt"), "GET")
	g.half(get("/hello.txt")+"GET /docs HT", "GET", "cut off behind")
}

// spec: E-1 E-2 E-3 E-4 L-6
func expectations(_ *testing.T, g *group) {
	g.name = "expect"
	for _, version := range []string{"HTTP/1.0", "HTTP/1.1"} {
		for _, value := range []string{"100-continue", "100-Continue", "100-CONTINUE"} {
			for _, target := range []string{"/hello.txt", "/nothing.txt", "/docs", "/list/"} {
				g.add(request("GET", target, version, vhost, "Expect: "+value), []string{"GET"}, false)
			}
			g.add(request("HEAD", "/hello.txt", version, vhost, "Expect: "+value), []string{"HEAD"}, false)
			g.add(request("POST", "/hello.txt", version, vhost, "Expect: "+value), []string{"POST"}, false)
			g.add(request("BREW", "/hello.txt", version, vhost, "Expect: "+value), []string{"BREW"}, false)
		}
		for _, value := range []string{"200-ok", "100-continue, x", "x", "100", ""} {
			g.add(request("GET", "/hello.txt", version, vhost, "Expect: "+value), []string{"GET"}, false, "expect "+version)
		}
	}
}

// departs: K-8 H-8
func framing(_ *testing.T, g *group) {
	g.name = "framing"
	const smuggled = "GET /docs HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, method := range []string{"GET", "HEAD"} {
		with := func(content string, traits string, fields ...string) {
			g.add(request(method, "/hello.txt", "HTTP/1.1", append([]string{vhost}, fields...)...)+content, []string{method}, false, traits)
		}
		with("", "", "Content-Length: 0")
		with("hello", "content", "Content-Length: 5")
		with(smuggled, "content", fmt.Sprintf("Content-Length: %d", len(smuggled)))
		with("0\r\n\r\n", "content", "Transfer-Encoding: chunked")
		with("5\r\nhello\r\n0\r\n\r\n", "content", "Transfer-Encoding: chunked")
		with(fmt.Sprintf("%x;x=y\r\n%s\r\n0", len(smuggled), smuggled)+"\r\nTrailer: z\r\n\r\n", "content", "Transfer-Encoding: chunked")
		for _, bad := range []string{
			"Content-Length: 5|Content-Length: 6", "Content-Length: 5|Content-Length: 5", "Content-Length: 5, 5", "Content-Length: 5, 6",
			"Content-Length: +5", "Content-Length: -1", "Content-Length: 0x5", "Content-Length: 5 5", "Content-Length: five", "Content-Length:", "Content-Length: 1_0",
			"Content-Length: 99999999999999999999", "Content-Length: 5|Transfer-Encoding: chunked", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: chunked, chunked",
			"Transfer-Encoding: chunked|Transfer-Encoding: chunked", "Transfer-Encoding:", "Transfer-Encoding: ,", "Transfer-Encoding: gzip", "Transfer-Encoding: identity",
			"Transfer-Encoding: gzip, chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: \x0bchunked",
		} {
			with("0\r\n\r\n", "bad framing", strings.Split(bad, "|")...)
		}
	}
	g.add(request("GET", "/hello.txt", "HTTP/1.0", "Transfer-Encoding: chunked")+"0\r\n\r\n", []string{"GET"}, false, "bad framing")
	g.add(request("POST", "/hello.txt", "HTTP/1.1", vhost, "Content-Length: 5")+"hello", []string{"POST"}, false)
	g.add(request("PUT", "/hello.txt", "HTTP/1.1", vhost, "Content-Length: 5")+"hello", []string{"PUT"}, false)
	for _, chunk := range []string{"g\r\n", "-1\r\nx", "0x5\r\nhello\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n", "ffffffffffffffffff\r\n", "-5\r\nhello\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", strings.Repeat("0", 5000) + "5\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\nX : y\r\n\r\n"} {
		for _, target := range []string{"/hello.txt", "/nothing.txt", "/docs"} {
			for _, method := range []string{"GET", "HEAD"} {
				g.add(request(method, target, "HTTP/1.1", vhost, "Transfer-Encoding: chunked")+chunk, []string{method}, false, "bad chunk")
			}
		}
		g.half(request("GET", "/hello.txt", "HTTP/1.1", vhost, "Transfer-Encoding: chunked")+chunk, "GET", "bad chunk")
	}
	g.half(request("GET", "/hello.txt", "HTTP/1.1", vhost, "Transfer-Encoding: chunked")+"5\r\nhel", "GET", "bad chunk")
}

// files asks for everything in the tree as a listing links to it.
//
// spec: D-4 F-4 F-5 P-2 P-10 P-12 P-13 T-1 T-2 T-3 T-5 W-2 W-4 I-7 R-11
func files(_ *testing.T, g *group) {
	g.name = "file"
	for _, e := range Tree {
		target := "/" + link(e.Name)
		g.one("GET", target)
		g.one("HEAD", target)
	}
	for _, e := range ByteTree {
		g.one("GET", "/"+link(e.Name))
	}
	for _, name := range []string{"links/to-file.txt", "links/to-dir/", "links/to-dir/guide.html", "links/out.txt", "links/out/", "links/out/outside.txt", "links/dangling", "links/loop", "links/to-dir"} {
		g.one("GET", "/"+name)
		g.one("HEAD", "/"+name)
	}
}

// link is a name as a listing links to it (I-7, P-10).
func link(name string) string {
	var b strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		bytes := []byte(name[:size])
		if r == utf8.RuneError && size == 1 {
			bytes = []byte{0xed, 0xb0 | name[0]>>6, 0x80 | name[0]&0x3f}
		}
		for _, c := range bytes {
			switch {
			case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', strings.IndexByte("_.-~/", c) >= 0:
				b.WriteByte(c)
			default:
				fmt.Fprintf(&b, "%%%02X", c)
			}
		}
		name = name[size:]
	}
	return b.String()
}

// spec: P-1 P-2 P-3 P-4 P-5 P-6 P-7 P-9 P-10 F-1 F-2 D-1
// departs: P-8 P-11
func paths(_ *testing.T, g *group) {
	g.name = "path"
	for _, target := range []string{
		"/hello.txt?", "/hello.txt?x=1", "/hello.txt?/../x/", "/hello.txt?a?b", "/?x", "/nothing.txt?x",
		"/./hello.txt", "/docs/../hello.txt", "/../hello.txt", "/../../../../hello.txt", "/docs/./guide.html", "/docs/././../docs/guide.html",
		"/%2e/hello.txt", "/docs/%2e%2e/hello.txt", "/%2e%2e/%2E%2E/hello.txt", "/..%2f..%2fhello.txt", "/.%2e/hello.txt", "/%2e./hello.txt",
		"/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "/%252e%252e/etc/passwd", "/..%252f..%252fetc/passwd",
		"/%c0%ae%c0%ae/etc/passwd", "/%c0%af/etc/passwd", "/..%c0%afetc/passwd", "/..%5c..%5cetc%5cpasswd", "/....//....//etc/passwd", "/..;/etc/passwd", "/.../hello.txt", "/..x/hello.txt",
		"/nowhere/../hello.txt", "/hello.txt/.", "/hello.txt/..", "/hello.txt/../hello.txt", "/docs/guide.html/../index.htm",
		"//hello.txt", "///hello.txt", "//docs/", "//docs//", "/docs//guide.html", "/deep//a///b/c/d/e/f/g/h.txt", "//..//hello.txt",
		"/docs%2fguide.html", "/docs%2Fguide.html", "/%68%65llo.txt", "/%2fhello.txt", "/%2f%2fhello.txt",
		"/hello.txt/", "/hello.txt//", "/hello.txt/x", "/hello.txt/x/", "/nowhere/", "/nowhere", "/nowhere/x", "/HELLO.TXT", "/Hello.txt", "/hello.txt.", "/hello.txt%20", "/%20hello.txt", "/hello", "/hello.tx",
		"/%", "/%%", "/%2", "/%zz", "/%u0041", "/x%", "/names/100%.txt", "/names/100%25.txt", "/names/%.txt", "/names/percent%20.txt", "/names/percent%2520.txt", "/names/a+space.txt", "/names/a%20space.txt",
		"/%ff", "/%FF.txt", "/bytes/%FF.txt", "/bytes/%ed%b3%bf.txt", "/bytes/caf%e9.txt", "/names/%c3", "/names/r%c3%a9sum%c3%a9.txt", "/names/r%C3%A9sum%c3%A9.txt", "/names/r%e9sum%e9.txt",
		"/" + strings.Repeat("n", 255), "/" + strings.Repeat("n", 256), "/" + strings.Repeat("n/", 2000), "/" + strings.Repeat("../", 2000) + "hello.txt", "/" + strings.Repeat("x/../", 1600) + "hello.txt",
		"/<script>", "/\"x\"", "/it's", "/a&b", "/{x}", "/[x]", "/|", "/^", "/`", "/~root", "/$HOME", "/;x", "/hello.txt;x", "/:8000", "/x:y",
		"/index.html", "/docs/index.htm", "/docs/index.html", "/both/index.htm", "/fake/index.html", "/fake/index.html/", "/upper/index.html",
		"/.", "/..", "/./", "/../", "/%2e", "/%2e%2e/",
	} {
		g.one("GET", target)
	}
	g.trait("long line", "GET", "/"+strings.Repeat("../", 3000)+"hello.txt")
	g.trait("long line", "GET", "/"+strings.Repeat("x/../", 2000)+"hello.txt")
	for _, target := range []string{"/hello.txt%2f", "/hello.txt%2F", "/nowhere%2f", "/docs%2f", "/docs%2F", "/list%2f", "/docs/%2f", "/fake/index.html%2f"} {
		g.trait("slash encoded", "GET", target)
		g.trait("slash encoded", "HEAD", target)
	}
	for _, target := range []string{"/hello.txt#part", "/hello.txt#part?x", "/hello.txt?x#part", "/docs#x", "/docs/#x", "/nothing#x", "/list/#x", "#", "/#"} {
		g.trait("fragment", "GET", target)
	}
	for _, target := range []string{"hello.txt", "docs/", "docs", "docs/guide.html", ".", "..", "./hello.txt", "../hello.txt", "?", "?x", "*", "%2fhello.txt", "hello.txt/", "etc/passwd"} {
		g.trait("no slash", "GET", target)
	}
	for _, target := range []string{"http://localhost/hello.txt", "http://127.0.0.1/hello.txt", "HTTP://localhost/hello.txt", "http://localhost:8000/docs/", "http://localhost/docs?x", "http://localhost/nothing.txt", "https://localhost/hello.txt", "http://localhost"} {
		g.trait("absolute", "GET", target)
	}
	for _, target := range []string{"http://other.test/hello.txt", "HTTP://vitrine.test", "http://other.test:8000/docs/", "http://other.test/docs?x", "https://vitrine.localhost/hello.txt"} {
		g.trait("foreign host", "GET", target)
	}
	for _, target := range []string{"http://[other/docs", "http://a@localhost/hello.txt", "http://localhost:a/hello.txt"} {
		g.add(request("GET", target, "HTTP/1.1", vhost), []string{"GET"}, false, "bad authority", "foreign host")
	}
	for _, target := range []string{"/names/r\xe9sum\xe9.txt", "/names/\xdf.txt", "/names/r\xc3\xa9sum\xc3\xa9.txt", "/bytes/\xff.txt", "/\xe9", "/\x80", "/\xad"} {
		g.trait("raw bytes", "GET", target)
	}
	for _, target := range []string{"/hello.txt%00", "/%00", "/docs/%00guide.html", "/hello.txt%00.html", "/%ed%a0%80", "/names/%ed%bf%bf.txt", "/%ED%B0%80", "/bytes/%ed%a0%80.txt"} {
		g.trait("no name", "GET", target)
	}
	for _, target := range []string{"/docs%00/", "/%00/", "/%ed%a0%80/", "/docs/%ed%a0%80/"} {
		g.one("GET", target)
	}
}

// spec: D-1 D-2 D-4 D-6 I-1 I-2 I-3 I-4 I-5 I-6 I-7 I-8 K-6
// departs: D-3
func directories(_ *testing.T, g *group) {
	g.name = "directory"
	for _, target := range []string{
		"/", "/docs/", "/both/", "/upper/", "/fake/", "/empty/", "/list/", "/names/", "/posix/", "/posix/time/", "/types-of-one/", "/bytes/", "/links/", "/deep/", "/deep/a/b/c/d/e/f/g/",
		"/list/Zeta/../", "/list/./", "/list//", "/list/?x=1", "/list/?", "/names/so%20%26%20so/", "/names/dir%20with%20%23/", "/bytes/%ED%B3%BE%ED%B3%BF/", "/%6cist/", "/list/%2e/", "/list/..%2flist/", "/list/?<b>", "//list/",
	} {
		g.one("GET", target)
		g.one("HEAD", target)
	}
	for _, target := range []string{
		"/docs", "/list", "/empty", "/docs?x=1", "/docs?", "/docs?x?y", "/docs?/", "/list?x=1&y=%20", "//docs", "///list", "/names/so%20%26%20so", "/names/dir%20with%20%23", "/bytes/%ED%B3%BE%ED%B3%BF",
		"/docs/..", "/docs/.", "/.", "/..", "/%64ocs", "/list/../docs", "/list/%2e%2e/docs", "/deep/a", "/docs/%2e%2e", "/fake/index.html", "/links/to-dir",
	} {
		g.one("GET", target)
		g.one("HEAD", target)
	}
	for _, f := range []string{"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT", "If-None-Match: *", "Range: bytes=0-3", "Host: elsewhere.localhost"} {
		for _, target := range []string{"/list/", "/docs"} {
			if strings.HasPrefix(f, "Host") {
				g.add(request("GET", target, "HTTP/1.1", f), []string{"GET"}, false)
			} else {
				g.one("GET", target, f)
			}
		}
	}
	for _, target := range []string{"http://localhost/../../docs", "x:/../docs", "x:/docs", "http://localhost/docs", "/\\other.test/%2e%2e/docs", "/\\\\other.test/%2e%2e/docs", "\\docs\\..\\..\\docs/..", "http:docs", "javascript:/../docs"} {
		g.trait("off host", "GET", target)
	}
}

// spec: N-1 N-2 N-5 D-4 D-6 H-5
// departs: F-6 (RFC 9110 §13.2.2)
func conditions(_ *testing.T, g *group) {
	g.name = "condition"
	const (
		at     = "Tue, 14 Nov 2023 22:13:20 GMT"
		before = "Tue, 14 Nov 2023 22:13:19 GMT"
		after  = "Tue, 14 Nov 2023 22:13:21 GMT"
		future = "Fri, 01 Jan 2100 00:00:00 GMT"
	)
	for _, method := range []string{"GET", "HEAD"} {
		for _, target := range []string{"/hello.txt", "/docs/", "/empty.txt", "/sizes/100k.bin"} {
			g.one(method, target, "If-Modified-Since: "+at)
			g.one(method, target, "If-Modified-Since: "+after)
			g.one(method, target, "If-Modified-Since: "+future)
			g.one(method, target, "If-Modified-Since: "+before)
			g.one(method, target, "If-Modified-Since: "+at, "If-None-Match: \"x\"")
			g.one(method, target, "If-Modified-Since: "+at, "If-None-Match:")
			g.one(method, target, "If-None-Match: \"x\"")
			g.one(method, target, "If-Unmodified-Since: "+at)
			g.one(method, target, "If-Range: \"x\"")
		}
		g.one(method, "/nothing.txt", "If-Modified-Since: "+future)
		g.one(method, "/docs", "If-Modified-Since: "+future)
		g.one(method, "/times/2099.txt", "If-Modified-Since: "+at)
		g.one(method, "/times/2099.txt", "If-Modified-Since: "+future)
		g.one(method, "/posix/time/1969.txt", "If-Modified-Since: Wed, 31 Dec 1969 00:00:00 GMT")
		g.one(method, "/posix/time/1969.txt", "If-Modified-Since: Tue, 30 Dec 1969 23:59:59 GMT")
		g.one(method, "/hello.txt", "Cache-Control: no-cache", "If-Modified-Since: "+at)
	}
}

// spec: N-3 N-4
func dates(_ *testing.T, g *group) {
	g.name = "date"
	for _, d := range []string{
		"Tue, 14 Nov 2023 22:13:20 GMT", "Tuesday, 14 Nov 2023 22:13:20 GMT", "Fri, 14 Nov 2023 22:13:20 GMT", "tue, 14 nov 2023 22:13:20 gmt", "TUE, 14 NOV 2023 22:13:20 GMT",
		"14 Nov 2023 22:13:20 GMT", "Tue 14 Nov 2023 22:13:20 GMT", "Tue,14 Nov 2023 22:13:20 GMT", "Tue, 14-Nov-2023 22:13:20 GMT", "14-Nov-2023 22:13:20 GMT", "Tuesday, 14-Nov-23 22:13:20 GMT",
		"Nov 14 2023 22:13:20 GMT", "Nov 14, 2023 22:13:20 GMT", "14 November 2023 22:13:20 GMT", "Tue Nov 14 22:13:20 2023", "Tue Nov 14 22:13:20 GMT 2023", "Tue, Nov 14 22:13:20 2023",
		"Tue, 14 Nov 23 22:13:20 GMT", "Tue, 14 Nov 68 22:13:20 GMT", "Tue, 14 Nov 69 22:13:20 GMT", "Tue, 14 Nov 99 22:13:20 GMT", "Tue, 14 Nov 00 22:13:20 GMT", "Tue, 14 Nov 123 22:13:20 GMT",
		"Tue, 14 Nov 2023 22:14 GMT", "Tue, 14 Nov 2023 22:13 GMT", "Tue, 14 Nov 2023 22.13.20 GMT", "Tue, 14 Nov 2023 22.13 GMT", "Tue, 14 Nov 2023 23 GMT", "Tue, 14 Nov 2023 22:13:20.5 GMT", "Tue, 14 Nov 2023 2:13:20 GMT", "Tue, 15 Nov 2023 2:3:4 GMT",
		"Tue, 14 Nov 2023 22:13:20", "Tue, 14 Nov 2023 22:13:20 UTC", "Tue, 14 Nov 2023 22:13:20 UT", "Tue, 14 Nov 2023 22:13:20 Z", "Tue, 14 Nov 2023 22:13:20 +0000", "Tue, 14 Nov 2023 22:13:20 -0000", "Tue, 14 Nov 2023 22:13:20 +0", "Tue, 14 Nov 2023 22:13:20 XYZ", "Tue, 14 Nov 2023 22:13:20+0000", "Tue, 14 Nov 2023 22:13:20-0000",
		"Tue, 14 Nov 2023 22:13:20 GMT; length=14", "Tue, 14 Nov 2023 22:13:20 GMT x y z", "Tue, 14 Nov 2023 22:13:20 GMT+0000", "Tue, 14 Nov 2023 22:13:20 (comment)",
		"Tue, 14 Nov 2023 23:13:20 +0100", "Tue, 14 Nov 2023 17:13:20 -0500", "Tue, 14 Nov 2023 17:13:20 EST", "Tue, 14 Nov 2023 14:13:20 PST", "Tue, 14 Nov 2023 18:13:20 EDT", "Tue, 14 Nov 2023 22:13:20 +2400", "Tue, 14 Nov 2023 22:13:20 +9999", "Tue, 14 Nov 2023 22:43:20 +0030", "Tue, 14 Nov 2023 22:13:20 AST",
		"Tue, 32 Nov 2023 22:13:20 GMT", "Tue, 31 Nov 2023 22:13:20 GMT", "Tue, 0 Nov 2023 22:13:20 GMT", "Tue, 14 Nov 2023 24:13:20 GMT", "Tue, 14 Nov 2023 25:13:20 GMT", "Tue, 14 Nov 2023 22:60:20 GMT", "Tue, 14 Nov 2023 22:13:60 GMT", "Tue, 14 Nov 2023 22:13:61 GMT",
		"Tue, 29 Feb 2024 22:13:20 GMT", "Wed, 29 Feb 2023 22:13:20 GMT", "Tue, 14 Nov 0 22:13:20 GMT", "Tue, 14 Nov 0000 22:13:20 GMT", "Tue, 14 Nov 9999 22:13:20 GMT", "Tue, 14 Nov 10000 22:13:20 GMT", "Tue, 14 Nov -1 22:13:20 GMT", "Tue, 14 Nov 0001 22:13:20 GMT",
		"Tue, 14 Foo 2023 22:13:20 GMT", "Tue, 14 11 2023 22:13:20 GMT", "14/11/2023 22:13:20", "2023-11-14T22:13:20Z", "2023-11-14 22:13:20", "20231114T221320Z", "1700000000", "0", "now", "tomorrow", "", ",", "Tue", "Tue,", "Tue, 14", "Tue, 14 Nov", "Tue, 14 Nov 2023", "GMT",
		"\"Tue, 14 Nov 2023 22:13:20 GMT\"", "Tue, 14 Nov 2023 22:13:20 GMT, Wed, 15 Nov 2023 22:13:20 GMT", "Tue,  14  Nov  2023  22:13:20  GMT", "Tue,\t14\tNov\t2023\t22:13:20\tGMT", "Tue, 14 Nov 2023 22:13:20 G\xe9T", "Tue, \xb21 Nov 2023 22:13:20 GMT",
		"Sept 14 2023 22:13:20 GMT", "Tue, 14 Sep 2023 22:13:20 GMT", "Tue, 14 Dec 2023 22:13:20 GMT", "Tue, 14 December 2023 22:13:20 GMT", "Tue, 14 decem 2023 22:13:20 GMT", "Mon, 14-Jan-2024 01:02:03 GMT", "Sunday, 31-Dec-23 23:59:59 GMT",
	} {
		trait := ""
		if strings.HasPrefix(d, "Tue, 14 Nov 2023 22:13:20 GMT, ") {
			trait = "two dates"
		}
		g.trait(trait, "GET", "/hello.txt", "If-Modified-Since: "+d)
	}
}

//go:embed testdata/types.txt
var typeTable string

// types asks for a file of each extension that has a type.
//
// spec: T-1 T-2 T-3 T-5
// departs: T-4 (one table everywhere)
func types(_ *testing.T, g *group) {
	g.name = "type"
	for _, e := range typeTree() {
		g.one("HEAD", "/"+link(e.Name))
	}
}

// typeTree has a file for each extension, and for others that unfold to one.
func typeTree() (entries []Entry) {
	for ext := range tableOf(typeTable) {
		entries = append(entries, Entry{Name: "types-of-all/file" + ext, Fill: 1})
	}
	for _, name := range []string{
		"F.HTML", "F.TxT", "f.taz", "f.tz", "f.TGZ", "f.tbz2", "f.txz", "f.svgz", "f.tar.Z", "f.tar.bz2", "f.tar.xz", "f.html.gz", "f.css.br", "f.js.br", "f.br", "f.gz.br", "f.BR", "f.js.BR", "f.GZ", "f.Z", "f.z", "f.bz2", "f.BZ2", "f.xz",
		"f.", "f..", ".f", "..f", "...f", ".gz", ".tar.gz", "f", "f.unknown", "f.html.unknown", "f.x-y", "f.h t m l", "f.html ", "f.hé", ".profile.txt", "a.b.c.d.json",
	} {
		entries = append(entries, Entry{Name: "types-odd/" + name, Fill: 1})
	}
	return append(entries, Entry{Name: "types-odd/dir.html/no", Fill: 1}, Entry{Name: "types-odd/dir.png/file.css", Fill: 1})
}

// tableOf reads testdata/types.txt, the table of the specification: a type
// and its extensions on each line.
func tableOf(text string) map[string]string {
	m := map[string]string{}
	for l := range strings.Lines(text) {
		mediaType, extensions, _ := strings.Cut(strings.TrimSpace(l), ": ")
		for _, ext := range strings.Fields(extensions) {
			m["."+ext] = mediaType
		}
	}
	return m
}

// beyond asks for what http.server does not do.
//
// departs: F-6 (RFC 9110 §13, §14) N-2 (RFC 9110 §13.2.2)
func beyond(t *testing.T, g *group) {
	g.name = "beyond"
	all, err := Cases()
	for _, c := range mustCases(t, all, err) {
		target, _, _ := strings.Cut(strings.TrimPrefix(c.Bytes[strings.Index(c.Bytes, " ")+1:], ""), " ")
		switch {
		case c.Section != "ranges" && c.Section != "conditions":
			continue
		case target == "/nothing.txt":
			continue // in conditions, and equal
		}
		method, _, _ := strings.Cut(c.Bytes, " ")
		g.add(strings.Replace(c.Bytes, "Host: vitrine.test", vhost, 1), []string{method}, false, "beyond")
		g.list[len(g.list)-1].name = "beyond: " + c.Title
	}
}

// target is the second word of what is sent.
func (c *exchange) target() string {
	_, rest, _ := strings.Cut(c.sent, " ")
	target, _, _ := strings.Cut(rest, " ")
	return target
}
