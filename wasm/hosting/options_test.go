package hosting

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vitrine/core/http1"
)

func TestOptions(t *testing.T) {
	for _, tc := range []struct {
		options Options
		text    string
		file    string
	}{
		{Options{}, "", ""},
		{Options{Unknown: Application}, "index.html\n", "index.html"},
		{Options{Unknown: SitesPage, CleanURLs: true}, "clean 404.html\n", "404.html"},
		{Options{CleanURLs: true}, "clean\n", ""},
		{Options{Fields: Isolation}, "\nCross-Origin-Opener-Policy: same-origin\nCross-Origin-Embedder-Policy: require-corp\n", ""},
		{Options{Unknown: Application, Fields: http1.Fields{{Name: "Link", Value: "</a>"}, {Name: "Link", Value: "</b>"}}}, "index.html\nLink: </a>\nLink: </b>\n", "index.html"},
	} {
		if got := tc.options.Encode(); got != tc.text {
			t.Errorf("got %q, want %q", got, tc.text)
		}
		got, err := Parse(tc.text)
		if err != nil || !reflect.DeepEqual(got, tc.options) {
			t.Errorf("%q: got %+v, %v, want %+v", tc.text, got, err, tc.options)
		}
		if got := tc.options.Unknown.File(); got != tc.file {
			t.Errorf("%q: got the file %q, want %q", tc.text, got, tc.file)
		}
		if got, want := tc.options.IsZero(), tc.text == ""; got != want {
			t.Errorf("%q: got zero %v, want %v", tc.text, got, want)
		}
	}
}

func TestParseFields(t *testing.T) {
	long := strings.Repeat("x", MaxLine)
	for _, tc := range []struct {
		text   string
		fields http1.Fields
		code   string
		args   []string
	}{
		{text: ""},
		{text: " \r\n\n"},
		{text: "X-Frame-Options:DENY\r\n\r\n  Link: </a b>; rel=x \t", fields: http1.Fields{{Name: "X-Frame-Options", Value: "DENY"}, {Name: "Link", Value: "</a b>; rel=x"}}},
		{text: "X-Empty:", fields: http1.Fields{{Name: "X-Empty"}}},
		{text: "X-Name: résumé", fields: http1.Fields{{Name: "X-Name", Value: "résumé"}}},
		{text: "\nno colon", code: "hosting.no-colon", args: []string{"2"}},
		{text: "two words: x", code: "hosting.bad-name", args: []string{"1", "two words"}},
		{text: ": x", code: "hosting.bad-name", args: []string{"1", ""}},
		{text: "X : x", code: "hosting.bad-name", args: []string{"1", "X "}},
		{text: "X: a\rSet-Cookie: b", code: "hosting.bad-value", args: []string{"X"}},
		{text: "X: a\x00", code: "hosting.bad-value", args: []string{"X"}},
		{text: "content-LENGTH: 3", code: "hosting.framing", args: []string{"content-LENGTH"}},
		{text: "Transfer-Encoding: chunked", code: "hosting.framing", args: []string{"Transfer-Encoding"}},
		{text: "Connection: close", code: "hosting.framing", args: []string{"Connection"}},
		{text: "ETag: \"x\"", code: "hosting.computed", args: []string{"ETag"}},
		{text: "X: " + long, code: "hosting.long-line", args: []string{"1", "4096"}},
		{text: strings.Repeat("X: y\n", MaxFields+1), code: "hosting.too-many", args: []string{"32"}},
		{text: strings.Repeat("X: "+long[:4000]+"\n", 5), code: "hosting.too-long"},
	} {
		fields, err := ParseFields(tc.text)
		var got Error
		if e, ok := errors.AsType[*Error](err); ok {
			got = *e
		}
		if got.Code != tc.code || !slices.Equal(got.Args, tc.args) || !reflect.DeepEqual(fields, tc.fields) {
			t.Errorf("%.40q: got %+v, %v, want %+v, %s %q", tc.text, fields, err, tc.fields, tc.code, tc.args)
		}
	}
	if many, err := ParseFields(strings.Repeat("X: y\n", MaxFields)); err != nil || len(many) != MaxFields {
		t.Errorf("as many as there may be: got %d, %v", len(many), err)
	}
}

// What was stored or came over a port is taken whole or not at all.
func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"spa\n", "clean\nno colon\n", "\nConnection: close\n", strings.Repeat("\n", MaxText+1)} {
		if o, err := Parse(text); err == nil || !o.IsZero() {
			t.Errorf("%.40q: got %+v, %v, want an error and nothing else", text, o, err)
		}
	}
}

func TestAddFields(t *testing.T) {
	for _, tc := range []struct {
		text, want string
		fields     http1.Fields
	}{
		{"", "Access-Control-Allow-Origin: *\n", AnyOrigin},
		{"X: y\n\naccess-control-allow-origin: none", "X: y\nAccess-Control-Allow-Origin: *\n", AnyOrigin},
		{"not yet a field\n", "not yet a field\nAccess-Control-Allow-Origin: *\n", AnyOrigin},
		{"Cross-Origin-Opener-Policy: unsafe-none", "Cross-Origin-Opener-Policy: same-origin\nCross-Origin-Embedder-Policy: require-corp\n", Isolation},
	} {
		if got := AddFields(tc.text, tc.fields); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

// Whatever Parse takes, Encode writes so that Parse takes it again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "clean index.html\nX: y\n", "404.html\n\nX:\n", "\nX: \t y\r\n", "a b\n", "\n:\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(o.Encode())
		if err != nil || !reflect.DeepEqual(again, o) {
			t.Errorf("%q: got %+v, %v, want %+v", text, again, err, o)
		}
	})
}
