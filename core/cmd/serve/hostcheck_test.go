//go:build unix

package main

import (
	"net/netip"
	"os"
	"strings"
	"testing"
)

// head makes a request for /a with these values of Host.
func head(target, version string, hosts ...string) string {
	b := "GET " + target + " " + version + "\r\n"
	for _, h := range hosts {
		b += "Host: " + h + "\r\n"
	}
	return b + "Connection: close\r\n\r\n"
}

// departs: H-5
func TestHostRule(t *testing.T) {
	dir := tree(t, map[string]string{"a": "text"})
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name            string
		args            []string
		passes, refuses []string
	}{
		{
			name: "loopback", args: []string{"-b", "127.0.0.1"},
			passes:  []string{"localhost", "LOCALHOST:8000", "x.localhost", "127.0.0.1", "127.0.0.1:1", "[::1]:8000", "192.0.2.7", machine, machine + ":8000", ""},
			refuses: []string{"attacker.example", "attacker.example:8000", "localhost.attacker.example", "a", "vitrine.localhost", "site-1a2b.vitrine.localhost:8001"},
		},
		{
			name: "a name that is bound to", args: []string{"-b", "localhost"},
			passes: []string{"localhost"}, refuses: []string{"attacker.example"},
		},
		{
			name: "opened", args: []string{"-b", "127.0.0.1", "--allow-host", "one.example", "--allow-host=.all.example"},
			passes:  []string{"localhost", "one.example:8000", "all.example", "x.y.all.example"},
			refuses: []string{"attacker.example", "x.one.example", "vitrine.localhost"},
		},
		{
			name: "opened to all", args: []string{"-b", "127.0.0.1", "--allow-host", "*"},
			passes: []string{"attacker.example", "a b"}, refuses: []string{"vitrine.localhost", "x.vitrine.localhost"},
		},
		{
			name: "the tool opened", args: []string{"-b", "127.0.0.1", "--allow-host", ".vitrine.localhost"},
			passes: []string{"vitrine.localhost", "x.vitrine.localhost"}, refuses: []string{"attacker.example"},
		},
		{
			name: "all interfaces", args: []string{"-b", "0.0.0.0"},
			passes: []string{"attacker.example", "localhost", "a b", ""}, refuses: []string{"vitrine.localhost", "VITRINE.localhost.:8000", "x.vitrine.localhost"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, version := range []string{"HTTP/1.0", "HTTP/1.1"} {
				p := started(t, append(tc.args, "-d", dir, "-p", version, "0")...)
				want := func(status, request string) {
					t.Helper()
					// What is malformed is 400 where RFC 9112 rules.
					if got := p.ask(request); !strings.HasPrefix(got, version+" "+status) && !(version == "HTTP/1.1" && strings.HasPrefix(got, "HTTP/1.1 400 ") && strings.Contains(request, " b\r")) {
						t.Errorf("%s: %q: got %q, want %s", version, request, got, status)
					} else if strings.HasPrefix(status, "421") && strings.Contains(got, "text\n") {
						t.Errorf("%q: the file is in %q", request, got)
					}
				}
				want("200 OK", "GET /a HTTP/1.0\r\n\r\n")
				for _, host := range tc.passes {
					want("200 OK", head("/a", "HTTP/1.1", host))
					want("200 OK", head("/a", "HTTP/1.0", host))
				}
				for _, host := range tc.refuses {
					const misdirected = "421 Misdirected Request\r\n"
					want(misdirected, head("/a", "HTTP/1.1", host))
					want(misdirected, head("/a", "HTTP/1.0", host))
					want(misdirected, head("/none", "HTTP/1.1", host))
					want(misdirected, strings.Replace(head("/", "HTTP/1.1", host), "GET", "BREW", 1))
					// The authority of the target counts, whatever Host says.
					want(misdirected, head("http://"+host+"/a", "HTTP/1.1", "localhost"))
					want(misdirected, head("http://localhost/a", "HTTP/1.1", host))
				}
			}
		})
	}
}

// Under HTTP/1.0 nothing else looks at Host: neither several nor malformed
// fields get past the rule.
func TestHostRuleWithoutValidHost(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "0")
	for _, hosts := range [][]string{
		{"localhost", "attacker.example"}, {"attacker.example", "localhost"}, {"localhost", "vitrine.localhost"},
		{"localhost, attacker.example"}, {"localhost attacker.example"}, {"localhost\x0battacker.example"}, {"localhost:80:attacker.example"},
		{"attacker.example#localhost"}, {"localhost@attacker.example"}, {"http://localhost"}, {"[::1"}, {"\xa0"}, {"a..localhost"},
	} {
		if got := p.ask(head("/a", "HTTP/1.1", hosts...)); !strings.HasPrefix(got, "HTTP/1.0 421 ") {
			t.Errorf("%q: got %q", hosts, got)
		}
	}
	for _, hosts := range [][]string{nil, {""}, {"localhost", "127.0.0.1"}} {
		if got := p.ask(head("/a", "HTTP/1.1", hosts...)); !strings.HasPrefix(got, "HTTP/1.0 200 ") {
			t.Errorf("%q: got %q", hosts, got)
		}
	}
	if got := p.ask("GET /a\r\n"); got != "text" {
		t.Errorf("HTTP/0.9: got %q", got)
	}
}

// No script runs for a page that reached the server by another name.
func TestHostRuleComesBeforeScripts(t *testing.T) {
	dir := scripts(t, map[string]string{"mark": "echo ran > \"$0.ran\"; echo 'Content-Type: text/plain'; echo; echo done"})
	p := started(t, "-b", "127.0.0.1", "-d", dir, "--cgi", "0")
	request := "POST /cgi-bin/mark HTTP/1.1\r\nHost: attacker.example\r\nContent-Length: 1\r\n\r\nx"
	if got := p.ask(request); !strings.HasPrefix(got, "HTTP/1.0 421 ") {
		t.Errorf("got %q", got)
	}
	if _, err := os.Stat(dir + "/cgi-bin/mark.ran"); err == nil {
		t.Error("the script ran")
	}
}

// The response says what happened and what opens it; the log and the trace
// have it, too.
func TestHostRuleSaysWhy(t *testing.T) {
	trace := t.TempDir() + "/trace"
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, map[string]string{"a": "text"}), "--trace", trace, "0")
	for host, want := range map[string]string{
		"attacker.example:8000":  "421 - attacker.example is not a name of this machine, and this server is bound to a loopback address. Use the name localhost, or, if that name is meant to lead here, start the server with --allow-host attacker.example.</p>",
		"site.vitrine.localhost": "421 - site.vitrine.localhost belongs to the browser edition, which keeps the folders that were opened there. Use another name, such as localhost, or start the server with --allow-host site.vitrine.localhost.</p>",
		"<b>":                    "421 - the host of this request is malformed, and this server is bound to a loopback address. Use the name localhost.</p>",
	} {
		if got := p.ask(head("/a", "HTTP/1.1", host)); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", host, got, want)
		}
	}
	p.ask(head("/a", "HTTP/1.1", "localhost"))
	eventually(t, "the trace", func() bool { return strings.Count(logFile(trace).String(), "# exchange") == 4 })
	for _, want := range []string{
		" | 421: attacker.example is not a name of this machine, and this server is bound to a loopback address. (RFC 9110 §7.4)\n",
		"\n# host.allowed local localhost ",
	} {
		if got := logFile(trace).String(); !strings.Contains(got, want) {
			t.Errorf("the trace has no %q: %s", want, got)
		}
	}
	eventually(t, "the line of the log", func() bool { return strings.Contains(p.stderr.String(), `"GET /a HTTP/1.1" 421 -`) })
}

func TestOwnNames(t *testing.T) {
	got := ownNames("dev.example")
	if len(got) == 0 || got[len(got)-1] != "dev.example" {
		t.Errorf("got %q", got)
	}
	for _, name := range ownNames("127.0.0.1") {
		if _, err := netip.ParseAddr(name); err == nil {
			t.Errorf("%q is an address", name)
		}
	}
}

func TestAllowHostOption(t *testing.T) {
	for value, want := range map[string]string{
		"*.example.com":    "serve: error: argument --allow-host: '*.example.com': names below example.com are written .example.com\n",
		"example.com:8000": "serve: error: argument --allow-host: 'example.com:8000': a host is allowed on every port: leave the port out\n",
		"a b":              "serve: error: argument --allow-host: 'a b': not a host name as browsers send it\n",
	} {
		if code, _, stderr := finished(t, "--allow-host", value); code != 2 || stderr != want {
			t.Errorf("%q: exit %d, %q", value, code, stderr)
		}
	}
}
