package hostrule_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/core/hostrule"
	"vitrine/core/http1"
)

func patterns(t testing.TB, list ...string) (all []hostrule.Pattern) {
	t.Helper()
	for _, s := range list {
		p, err := hostrule.ParsePattern(s)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		all = append(all, p)
	}
	return all
}

func TestDecide(t *testing.T) {
	strict := &hostrule.Rule{}
	own := &hostrule.Rule{Names: []string{"box.example.com", "box"}}
	open := &hostrule.Rule{Public: true}
	listed := &hostrule.Rule{Allow: patterns(t, "one.example", ".all.example", "Upper.Example.")}
	star := &hostrule.Rule{Allow: patterns(t, "*")}
	localhost := &hostrule.Rule{Allow: patterns(t, ".localhost")}
	tool := &hostrule.Rule{Allow: patterns(t, "vitrine.localhost")}
	tools := &hostrule.Rule{Allow: patterns(t, ".vitrine.localhost")}
	for _, tc := range []struct {
		rule *hostrule.Rule
		host string
		want hostrule.Reason
	}{
		{strict, "", hostrule.NoHost},
		{strict, "127.0.0.1", hostrule.Literal},
		{strict, "127.0.0.1:8000", hostrule.Literal},
		{strict, "127.0.0.1.", hostrule.Literal},
		{strict, "192.0.2.7:80", hostrule.Literal},
		{strict, "[::1]", hostrule.Literal},
		{strict, "[2001:DB8::1]:8000", hostrule.Literal},
		{strict, "[::ffff:127.0.0.1]:1", hostrule.Literal},
		{strict, "localhost", hostrule.Local},
		{strict, "LocalHost:8000", hostrule.Local},
		{strict, "localhost.", hostrule.Local},
		{strict, "localhost:", hostrule.Local},
		{strict, "site.localhost", hostrule.Local},
		{strict, "a.b_c.localhost:1", hostrule.Local},
		{own, "box", hostrule.Machine},
		{own, "BOX.example.com:8000", hostrule.Machine},
		{listed, "one.example", hostrule.Listed},
		{listed, "all.example:80", hostrule.Listed},
		{listed, "a.b.all.example", hostrule.Listed},
		{listed, "upper.example", hostrule.Listed},
		{star, "evil.example", hostrule.Listed},
		{star, "a b", hostrule.Listed},
		{open, "evil.example", hostrule.Public},
		{open, "a b", hostrule.Public},

		{strict, "evil.example", hostrule.Foreign},
		{strict, "box", hostrule.Foreign},
		{strict, "localhost.evil.example", hostrule.Foreign},
		{strict, "evillocalhost", hostrule.Foreign},
		{strict, "127.0.0.1.evil.example", hostrule.Foreign},
		{strict, "127.1", hostrule.Foreign},
		{strict, "0x7f000001", hostrule.Foreign},
		{strict, "127.0.0.01", hostrule.Foreign},
		{own, "box.evil.example", hostrule.Foreign},
		{own, "evilbox", hostrule.Foreign},
		{own, "example.com", hostrule.Foreign},
		{listed, "a.one.example", hostrule.Foreign},
		{listed, "evilall.example", hostrule.Foreign},

		{strict, "vitrine.localhost", hostrule.OfTool},
		{strict, "VITRINE.localhost.:8001", hostrule.OfTool},
		{strict, "site-1a2b.vitrine.localhost", hostrule.OfTool},
		{strict, "a.b.vitrine.localhost", hostrule.OfTool},
		{strict, "evilvitrine.localhost", hostrule.Local},
		{open, "vitrine.localhost", hostrule.OfTool},
		{star, "vitrine.localhost", hostrule.OfTool},
		{localhost, "site.vitrine.localhost", hostrule.OfTool},
		{tool, "vitrine.localhost", hostrule.Listed},
		{tool, "site.vitrine.localhost", hostrule.OfTool},
		{tools, "site.vitrine.localhost", hostrule.Listed},

		{strict, "localhost,evil.example", hostrule.Malformed},
		{strict, "localhost evil.example", hostrule.Malformed},
		{strict, "localhost\x00", hostrule.Malformed},
		{strict, "localhost\x0b", hostrule.Malformed},
		{strict, "localhost:80:80", hostrule.Malformed},
		{strict, "localhost:x", hostrule.Malformed},
		{strict, "localhost/", hostrule.Malformed},
		{strict, "http://localhost", hostrule.Malformed},
		{strict, "user@localhost", hostrule.Malformed},
		{strict, "localhost%00", hostrule.Malformed},
		{strict, "l\xf6calhost", hostrule.Malformed},
		{strict, "localho\u017ft", hostrule.Malformed}, // ſ folds to s
		{strict, "::1", hostrule.Malformed},
		{strict, "[::1", hostrule.Malformed},
		{strict, "[::1]x", hostrule.Malformed},
		{strict, "[::1].evil.example", hostrule.Malformed},
		{strict, "[127.0.0.1]", hostrule.Malformed},
		{strict, "[localhost]", hostrule.Malformed},
		{strict, "[v1.a]", hostrule.Malformed},
		{strict, ".localhost", hostrule.Malformed},
		{strict, "a..localhost", hostrule.Malformed},
		{strict, "localhost..", hostrule.Malformed},
		{strict, ".", hostrule.Malformed},
		{strict, ":8000", hostrule.Malformed},
		{strict, strings.Repeat("a.", 200) + "localhost", hostrule.Malformed},
	} {
		got := tc.rule.Decide("/", http1.Fields{{Name: "hOST", Value: tc.host}})
		if got.Reason != tc.want || got.Allowed() != (tc.want < hostrule.Foreign) {
			t.Errorf("%q under %+v: got %+v, want %v", tc.host, tc.rule, got, tc.want)
		}
	}
}

// Whatever names a host has to pass, so that no order and no second field gets
// a foreign one past the rule.
func TestDecideAboutAll(t *testing.T) {
	for _, tc := range []struct {
		target string
		hosts  string
		want   hostrule.Reason
		host   string
	}{
		{"/", "", hostrule.NoHost, ""},
		{"*", "", hostrule.NoHost, ""},
		{"/", "localhost localhost", hostrule.Local, "localhost"},
		{"/", "localhost evil.example", hostrule.Foreign, "evil.example"},
		{"/", "evil.example localhost", hostrule.Foreign, "evil.example"},
		{"/", "127.0.0.1 localhost vitrine.localhost", hostrule.OfTool, "vitrine.localhost"},
		{"http://localhost:8000/a", "", hostrule.Local, "localhost"},
		{"http://localhost/a", "127.0.0.1", hostrule.Literal, "127.0.0.1"},
		{"http://evil.example/a", "localhost", hostrule.Foreign, "evil.example"},
		{"http://localhost/a", "evil.example", hostrule.Foreign, "evil.example"},
		{"HTTP://evil.example", "", hostrule.Foreign, "evil.example"},
		{"x+y.z-1://evil.example?q", "", hostrule.Foreign, "evil.example"},
		{"http://localhost#@evil.example/", "", hostrule.Local, "localhost"},
		{"http://localhost@evil.example/", "", hostrule.Malformed, "localhost@evil.example"},
		{"http://evil.example\\@localhost/", "", hostrule.Malformed, "evil.example\\@localhost"},
		{"http:///a", "", hostrule.NoHost, ""},
		{"http://vitrine.localhost/a", "", hostrule.OfTool, "vitrine.localhost"},
		{"/http://evil.example/", "", hostrule.NoHost, ""},
		{"//evil.example/", "", hostrule.NoHost, ""},
		{"1http://evil.example/", "", hostrule.NoHost, ""},
		{"://evil.example/", "", hostrule.NoHost, ""},
	} {
		var fields http1.Fields
		for _, h := range strings.Fields(tc.hosts) {
			fields = append(fields, http1.Field{Name: "Host", Value: h}, http1.Field{Name: "X", Value: "evil.example"})
		}
		if got := new(hostrule.Rule).Decide(tc.target, fields); got != (hostrule.Decision{Reason: tc.want, Host: tc.host}) {
			t.Errorf("%q with Host %q: got %+v, want %v %q", tc.target, tc.hosts, got, tc.want, tc.host)
		}
	}
}

func TestParse(t *testing.T) {
	for value, want := range map[string]hostrule.Host{
		"A.example:80": {Name: "a.example", Port: "80"},
		"a.example.":   {Name: "a.example"},
		"127.0.0.1:":   {Name: "127.0.0.1", IP: true},
		"[::1]:8000":   {Name: "::1", Port: "8000", IP: true},
		"a1":           {Name: "a1"},
	} {
		if got, ok := hostrule.Parse(value); got != want || !ok {
			t.Errorf("%q: got %+v %v, want %+v", value, got, ok, want)
		}
	}
}

func TestPatternsRefused(t *testing.T) {
	for _, s := range []string{"", ".", "..", "*.example.com", "**", "a*", "a b", "b\xfccher.example", "example.com:8000", "http://example.com", "example.com/"} {
		if p, err := hostrule.ParsePattern(s); err == nil {
			t.Errorf("%q: got %+v", s, p)
		}
	}
}

func TestIsSite(t *testing.T) {
	for name, want := range map[string]bool{
		"a.vitrine.localhost": true, "vitrine.localhost": false, "a.b.vitrine.localhost": false, "evilvitrine.localhost": false, "a.localhost": false,
	} {
		if got := hostrule.IsSite(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

// No value gets a malformed or foreign name past the strict rule, and none
// panics.
func FuzzDecide(f *testing.F) {
	for _, s := range []string{"localhost", "[::1]:80", "a.localhost.", "127.0.0.1", "evil.example", "vitrine.localhost"} {
		f.Add("/", s)
		f.Add("http://"+s+"/", s)
	}
	f.Fuzz(func(t *testing.T, target, host string) {
		rule := &hostrule.Rule{}
		d := rule.Decide(target, http1.Fields{{Name: "Host", Value: host}})
		if !d.Allowed() || host == "" {
			return
		}
		h, ok := hostrule.Parse(host)
		if !ok || hostrule.IsTool(h.Name) || !h.IP && h.Name != "localhost" && !strings.HasSuffix(h.Name, ".localhost") {
			t.Errorf("%q with Host %q: %+v", target, host, d)
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	rule := &hostrule.Rule{Names: []string{"box"}}
	fields := http1.Fields{{Name: "Accept", Value: "*/*"}, {Name: "Host", Value: "127.0.0.1:8000"}}
	b.ReportAllocs()
	for b.Loop() {
		rule.Decide("/index.html", fields)
	}
}

func ExampleRule_Decide() {
	rule := &hostrule.Rule{Names: []string{"my-laptop"}}
	for _, host := range []string{"localhost:8000", "my-laptop:8000", "attacker.example:8000", hostrule.Tool} {
		d := rule.Decide("/", http1.Fields{{Name: "Host", Value: host}})
		fmt.Println(host, d.Allowed())
	}
	// Output:
	// localhost:8000 true
	// my-laptop:8000 true
	// attacker.example:8000 false
	// vitrine.localhost false
}
