package terms_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/core/terms"
	"vitrine/core/terms/english"
)

const date = "Mon, 30 Nov 2026 12:00:00 GMT"

func TestValue(t *testing.T) {
	for _, tc := range []struct{ field, value, want string }{
		{"Range", "bytes=24576-", "from byte 24,576 to the end; counting begins at 0"},
		{"Range", "bytes=0-499", "bytes 0 to 499, which are 500 bytes; counting begins at 0"},
		{"Range", "bytes=-5", "the last 5 bytes"},
		{"range", "bytes=0-0, -1", "bytes 0 to 0, which are 1 byte; counting begins at 0; the last byte"},
		{"Range", "lines=1-2", "in the unit lines, which hardly any server knows"},
		{"Range", "bytes=5-1", "not a valid set of ranges, so the field is ignored"},
		{"Range", "bytes", ""},
		{"Content-Range", "bytes 0-499/1234", "bytes 0 to 499, which are 500 bytes, of 1,234"},
		{"Content-Range", "bytes 0-499/*", "bytes 0 to 499, which are 500 bytes; how long the whole is, is not known"},
		{"Content-Range", "bytes */1234", "no part of it: the whole has 1,234 bytes"},
		{"Content-Range", "bytes 0-499/400", ""},
		{"If-Range", `"a"`, "the range only if the entity tag is still this, otherwise the whole"},
		{"If-Range", `W/"a"`, "a weak tag never fits here, so the whole is sent"},
		{"If-Range", date, "the range only if it was last changed exactly then, otherwise the whole"},
		{"Content-Length", "1", "1 byte of content"},
		{"Content-Length", "0", "no content"},
		{"Content-Length", "12345", "12,345 bytes of content, about 12 kB"},
		{"Content-Length", "2195456000", "2,195,456,000 bytes of content, about 2,195 MB"},
		{"Content-Length", "+1", ""},
		{"Content-Type", "text/html; charset=utf-8", "an HTML page; its characters are in utf-8"},
		{"Content-Type", "text/css", "a style sheet; no charset: who reads it has to find out"},
		{"Content-Type", `multipart/byteranges; boundary="a;b"`, "several ranges, each a part; its parts are separated by a;b"},
		{"Content-Type", "image/png", "a picture"},
		{"Content-Type", "html", "not a media type, so it is ignored"},
		{"ETag", `"x"`, "strong: the same tag means the same bytes"},
		{"ETag", `W/"x"`, "weak: the same tag means the same content, maybe not the same bytes"},
		{"ETag", "x", "not an entity tag: it has to be in quotes"},
		{"If-None-Match", `"x", W/"y,z"`, "2 entity tags; 1 of them weak"},
		{"If-Match", "*", "any version that exists"},
		{"Last-Modified", "Sun, 29 Nov 2026 12:00:00 GMT", "1 day before the Date of the response"},
		{"If-Modified-Since", "Mon, 30 Nov 2026 10:29:00 GMT", "91 minutes before the Date of the response"},
		{"Last-Modified", "Mon, 30 Nov 2026 12:00:02 GMT", "2 seconds after the Date of the response"},
		{"Last-Modified", "yesterday", "no date of HTTP, so it is ignored"},
		{"Last-Modified", "Mon, 30 Nov 2026 09:29:00 GMT", "about 3 hours before the Date of the response"},
		{"Date", date, ""},
		{"Expires", "0", "in the past, so it is stale at once, unless Cache-Control says otherwise"},
		{"Expires", "Mon, 30 Nov 2026 13:00:00 GMT", "fresh for 1 hour, unless Cache-Control says otherwise"},
		{"Age", "90", "made, or checked with the server, 90 seconds before this"},
		{"Retry-After", "120", "after 2 minutes"},
		{"Cache-Control", "no-cache", "no-cache: may be stored, but each use asks the server first"},
		{"Cache-Control", "public, max-age=31536000, immutable", "public: any cache may store it, even if the request had credentials; max-age=31536000: fresh for 1 year; until then it is used without asking; immutable: it will not change while it is fresh, so a reload need not ask"},
		{"Cache-Control", `private="set-cookie"`, `private="set-cookie": shared caches must not store these fields: set-cookie`},
		{"Cache-Control", "made-up, max-age=x", ""},
		{"Accept", "text/html,application/xml;q=0.9,*/*;q=0.8", "prefers text/html, then application/xml (0.9), then */* (0.8)"},
		{"Accept", "a/b;q=0, c/d, e/f;level=1", "prefers c/d or e/f;level=1; not at all: a/b"},
		{"Accept", "a/b;q=2", ""},
		{"Accept-Language", "de, en;q=0.7", "prefers de, then en (0.7)"},
		{"Accept-Encoding", "gzip, deflate, br", "prefers gzip or deflate or br"},
		{"Connection", "close", "the connection ends after the response"},
		{"Connection", "Upgrade, X-Y", "the field Upgrade is for this connection only; the field X-Y is for this connection only"},
		{"Keep-Alive", "timeout=5, max=100", "closed when it is idle for 5 seconds; closed after 100 more requests"},
		{"Transfer-Encoding", "gzip, chunked", "compressed with gzip; sent in chunks, each with its length before it"},
		{"Content-Encoding", "unheard-of", ""},
		{"Vary", "Accept-Encoding", "decided by these request fields: Accept-Encoding"},
		{"Vary", "*", "no stored response fits a later request"},
		{"Accept-Ranges", "bytes", "parts can be asked for, by counting bytes"},
		{"Content-Disposition", `attachment; filename="a \"b\".txt"`, `to be saved as a file; under the name a "b".txt`},
		{"Location", "/x", "a path on the same host"},
		{"Location", "https://a.example:1/x?y", "a whole URL, on a.example:1"},
		{"Location", "x", "relative to the target"},
		{"Cookie", "sid=secret; theme=dark", "2 cookies: sid, theme"},
		{"Cookie", "secret", ""},
		{"Set-Cookie", "sid=secret; Path=/; HttpOnly; SameSite=Lax", "stores sid; sent for paths below /; out of reach for scripts; sent from other sites only when a link leads here; kept until the browser is closed"},
		{"Set-Cookie", "sid=secret; Max-Age=3600; Secure", "stores sid; sent over HTTPS only; kept for 1 hour"},
		{"Strict-Transport-Security", "max-age=86400; includeSubDomains", "for 1 day only HTTPS is used for this host; for all hosts below it, too"},
		{"Strict-Transport-Security", "on, off", ""},
		{"Content-Type", "bad/x", ""}, // words of ours that are no type
		{"Cache-Control", "max-age.time, request.no-store", ""},
		{"Connection", "other", "the field other is for this connection only"},
		{"Content-Disposition", "parameter.filename", ""},
		{"Set-Cookie", "a=b; session; delete", "stores a; kept until the browser is closed"},
		{"Set-Cookie", "a=b; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "stores a; deleted at once"},
		{"X-Unknown", "1", ""},
		{"Content-Length", strings.Repeat("1", 3000), ""},
		{"Connection", strings.Repeat("a,", 14) + "b", strings.Repeat("the field a is for this connection only; ", 12) + "and 3 more"},
	} {
		if got := english.Table().Value(tc.field, tc.value, false, date); got != tc.want {
			t.Errorf("%s: %.200s: got\n%q, want\n%q", tc.field, tc.value, got, tc.want)
		}
	}
	for value, want := range map[string]string{
		"max-age=0":      "max-age=0: take nothing from a cache without asking the server",
		"no-cache":       "no-cache: ask the server, even if a stored response is fresh",
		"only-if-cached": "only-if-cached: take it from a cache, or respond with 504",
		"immutable":      "",
	} {
		if got := english.Table().Value("Cache-Control", value, true, ""); got != want {
			t.Errorf("in a request, %s: got %q, want %q", value, got, want)
		}
	}
	if got := new(terms.Table).Value("ETag", `"x"`, false, ""); got != "" {
		t.Errorf("without a text: got %q", got)
	}
}

// Every sentence is said somewhere, and every code that is named has one.
func TestEveryValueCodeHasItsSentence(t *testing.T) {
	names, err := filepath.Glob("value*.go")
	if err != nil || len(names) < 5 {
		t.Fatal(names, err)
	}
	source := ""
	for _, name := range names {
		if text, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") {
			source += string(text)
		}
	}
	_, text, _ := strings.Cut(english.Text(), "= value\n")
	codes := map[string]bool{}
	last := ""
	for line := range strings.Lines(text) {
		code, sentence, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " | ")
		if !ok || code <= last || sentence == "" || sentence != strings.TrimSpace(sentence) {
			t.Errorf("%q is no sentence, or not in its place", line)
		}
		codes[code] = true
		last = code
		for begin := code; !strings.Contains(source, `"`+begin+`"`) && !strings.Contains(source, `"`+begin+`."`); {
			i := strings.LastIndexByte(begin, '.')
			if i < 0 {
				t.Errorf("%s is not said", code)
				break
			}
			begin = begin[:i]
		}
	}
	for _, part := range strings.Split(source, `v.say("`)[1:] {
		code, after, _ := strings.Cut(part, `"`)
		if !codes[code] && !(strings.HasSuffix(code, ".") && after[0] == '+' || strings.HasPrefix(strings.TrimSpace(after), "+")) {
			t.Errorf("%s has no sentence", code)
		}
	}
	for _, part := range strings.Split(source, `v.plural("`)[1:] {
		code, _, _ := strings.Cut(part, `"`)
		if !codes[code+".one"] || !codes[code+".many"] {
			t.Errorf("%s has no sentences for one and many", code)
		}
	}
}

func FuzzValue(f *testing.F) {
	f.Add("Accept", `a;q=0.5,"b\"`, true)
	f.Add("Cache-Control", `max-age="1`, false)
	f.Add("Content-Type", `;;=;"`, false)
	f.Add("Set-Cookie", `=;Max-Age=-1;%1`, false)
	f.Add("Content-Range", "bytes 9223372036854775807-9223372036854775807/9", false)
	f.Add("Last-Modified", "Mon, 01 Jan 0001 00:00:00 GMT", false)
	f.Fuzz(func(t *testing.T, field, value string, request bool) {
		if got := english.Table().Value(field, value, request, date); len(got) > 20_000 {
			t.Errorf("%d bytes about %d", len(got), len(value))
		}
	})
}
