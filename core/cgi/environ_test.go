package cgi_test

import (
	"slices"
	"strings"
	"testing"

	"vitrine/core/cgi"
	"vitrine/core/handler"
	"vitrine/core/http1"
)

// variables is the environment of a request with these field lines.
func variables(fields http1.Fields, server *handler.Server) []string {
	x := &handler.Exchange{
		Command: "POST", RequestVersion: "HTTP/1.0", Headers: fields,
		Client: handler.ParseAddress("10.0.0.9:1234"), Server: server,
	}
	e := cgi.Environment{Base: []string{"PATH=/bin", "HTTP_COOKIE=stale"}, Software: "Soft/1", Protocol: "HTTP/1.1", Translated: "/srv/a/b"}
	s := cgi.Script{Name: "/cgi-bin/x.sh", Argument: "x.sh", PathInfo: "/a/b", Query: "q=%20+1"}
	return e.Append(nil, x, &s)
}

func variable(env []string, name string) (value string, ok bool) {
	for _, v := range env { // the last one counts
		if rest, found := strings.CutPrefix(v, name+"="); found {
			value, ok = rest, true
		}
	}
	return value, ok
}

// The whole environment of a request with every field that counts, in full.
//
// spec: G-10
// departs: G-11
func TestEnvironment(t *testing.T) {
	env := variables(http1.Fields{
		{Name: "Host", Value: "evil.example"},
		{Name: "Proxy", Value: "http://evil.example"},
		{Name: "Authorization", Value: "Basic YW5uOnB3"},
		{Name: "content-type", Value: "text/x; a=b"},
		{Name: "Content-Length", Value: "007"},
		{Name: "Accept", Value: "text/html,"},
		{Name: "accept", Value: "*/*;q=0.1"},
		{Name: "User-Agent", Value: "one"},
		{Name: "User-Agent", Value: "two"},
		{Name: "Referer", Value: "http://a/\xe9"},
		{Name: "Cookie", Value: "a=1"},
		{Name: "Cookie", Value: ""},
		{Name: "Cookie", Value: "b=2"},
		{Name: "X-Forwarded-For", Value: "1.2.3.4"},
	}, &handler.Server{Name: "here", Port: 8001, TLS: true})
	want := []string{
		"CONTENT_LENGTH=007",
		"CONTENT_TYPE=text/x; a=b",
		"GATEWAY_INTERFACE=CGI/1.1",
		"HTTP_ACCEPT=text/html,,*/*;q=0.1",
		"HTTP_COOKIE=a=1; b=2",
		"HTTP_COOKIE=stale", // of Base; the later one counts
		"HTTP_REFERER=http://a/é",
		"HTTP_USER_AGENT=one",
		"PATH=/bin",
		"PATH_INFO=/a/b",
		"PATH_TRANSLATED=/srv/a/b",
		"QUERY_STRING=q=%20+1",
		"REMOTE_ADDR=10.0.0.9",
		"REMOTE_HOST=",
		"REQUEST_METHOD=POST",
		"SCRIPT_NAME=/cgi-bin/x.sh",
		"SERVER_NAME=here",
		"SERVER_PORT=8001",
		"SERVER_PROTOCOL=HTTP/1.1",
		"SERVER_SOFTWARE=Soft/1",
	}
	if v, _ := variable(env, "HTTP_COOKIE"); v != "a=1; b=2" {
		t.Errorf("HTTP_COOKIE: got %q", v)
	}
	slices.Sort(env)
	if !slices.Equal(env, want) {
		t.Errorf("got\n%q, want\n%q", env, want)
	}
}

// Without any field the variables are there and empty.
func TestEnvironmentOfLittle(t *testing.T) {
	env := variables(nil, nil)
	for name, want := range map[string]string{
		"CONTENT_TYPE": "text/plain", "CONTENT_LENGTH": "", "HTTP_ACCEPT": "", "HTTP_USER_AGENT": "",
		"HTTP_REFERER": "", "HTTP_COOKIE": "", "REMOTE_HOST": "", "SERVER_NAME": "localhost",
	} {
		if got, ok := variable(env, name); got != want || !ok {
			t.Errorf("%s: got %q %v, want %q", name, got, ok, want)
		}
	}
	for _, name := range []string{"AUTH_TYPE", "REMOTE_USER", "HTTP_HOST", "HTTPS"} {
		if got, ok := variable(env, name); ok {
			t.Errorf("%s: got %q, want none", name, got)
		}
	}
}

// departs: G-11
func TestBaseEnviron(t *testing.T) {
	got := cgi.BaseEnviron([]string{
		"PATH=/bin", "HOME=/root", "HTTP_COOKIE=stale", "AUTH_TYPE=stale", "REMOTE_USER=stale", "LC_ALL=C", "LANG=de", "TZ=UTC",
		"AWS_SECRET_ACCESS_KEY=x", "CONTENT_LENGTH=5", "TMPDIR=/t", "LD_PRELOAD=x", "HTTP_PROXY=x", "PATHOLOGY=x", "BASH_ENV=x",
	})
	if want := []string{"PATH=/bin", "LC_ALL=C", "LANG=de", "TZ=UTC", "TMPDIR=/t"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// No credentials are checked, so none make a user.
//
// departs: G-10
func TestUncheckedCredentials(t *testing.T) {
	for _, value := range []string{"", "Basic", "Basic YW5uOnB3", "bASIC YW5uOnB3", "Bearer token", "Digest username=\"ann\"", "Basic a b"} {
		env := variables(http1.Fields{{Name: "Authorization", Value: value}, {Name: "Remote-User", Value: "ann"}}, nil)
		for _, name := range []string{"AUTH_TYPE", "REMOTE_USER", "HTTP_AUTHORIZATION", "HTTP_REMOTE_USER"} {
			if v, ok := variable(env, name); ok {
				t.Errorf("%q: %s is %q, want none", value, name, v)
			}
		}
	}
}
