package address

import (
	"net/url"
	"testing"

	"vitrine/core/trace"
)

const root = "http://shop-1a2b.vitrine.localhost:8001/"

// navigation is the record of a frame that was sent to a target.
func navigation(target, client string, status int, fields ...string) *trace.Record {
	r := &trace.Record{Status: status, Browser: trace.Browser{Mode: "navigate", Destination: "iframe", Client: client}}
	r.Request.Target.Text = target
	for i := 0; i < len(fields); i += 2 {
		r.Response.Fields = append(r.Response.Fields, trace.Field{Name: trace.Part{Text: fields[i]}, Value: trace.Part{Text: fields[i+1]}})
	}
	return r
}

// fetched is the record of what a page fetched.
func fetched(referrer, destination, client string) *trace.Record {
	r := &trace.Record{Status: 200, Browser: trace.Browser{Mode: "cors", Destination: destination, Referrer: referrer, Client: client}}
	r.Request.Target.Text = "/data.json"
	return r
}

func TestFollow(t *testing.T) {
	page := navigation("/app?x=1", "1", 200, "Content-Type", "text/html")
	for _, tc := range []struct {
		title    string
		records  []*trace.Record
		path     string
		referred bool
	}{
		{"a page", []*trace.Record{page}, "/app?x=1", false},
		{"a page that is missing", []*trace.Record{navigation("/none", "1", 404)}, "/none", false},
		{"a redirect", []*trace.Record{page, navigation("/dir", "2", 301, "Location", "/dir/")}, "/app?x=1", false},
		{"a target that is no path", []*trace.Record{page, navigation("//evil.example/", "2", 200), navigation("@evil.example", "2", 200)}, "/app?x=1", false},
		{"no content", []*trace.Record{page, navigation("/ping", "2", 204)}, "/app?x=1", false},
		{"a download by its field", []*trace.Record{page, navigation("/a.txt", "2", 200, "Content-Type", "text/plain", "Content-Disposition", "Attachment; filename=b.txt")}, "/app?x=1", false},
		{"a download by its type", []*trace.Record{page, navigation("/a.zip", "2", 200, "Content-Type", "application/zip")}, "/app?x=1", false},
		{"what is shown after all", []*trace.Record{page, navigation("/a.txt", "2", 200, "Content-Type", "text/plain", "Content-Disposition", "inline")}, "/a.txt", false},
		{"a page that changed its address", []*trace.Record{page, fetched(root+"users/7?tab=2", "", "1")}, "/users/7?tab=2", true},
		{"and changed it back", []*trace.Record{page, fetched(root+"users/7", "", "1"), fetched(root, "", "1")}, "/", true},
		{"and was left", []*trace.Record{page, fetched(root+"users/7", "", "1"), navigation("/next", "2", 200), fetched(root+"users/8", "", "1")}, "/next", false},
		{"a page that tells its origin only", []*trace.Record{page, fetched(root, "", "1")}, "/app?x=1", false},
		{"a page that tells nothing", []*trace.Record{page, fetched("", "", "1")}, "/app?x=1", false},
		{"a font of a style sheet", []*trace.Record{page, fetched(root+"css/site.css", "font", "1")}, "/app?x=1", false},
		{"a module of a module", []*trace.Record{page, fetched(root+"js/main.js", "script", "1")}, "/app?x=1", false},
		{"another page", []*trace.Record{page, fetched(root+"users/7", "", "2")}, "/app?x=1", false},
		{"an address of another site", []*trace.Record{page, fetched("http://evil.example/users/7", "", "1")}, "/app?x=1", false},
		{"an address that would lead to another host", []*trace.Record{page, fetched(root+"/evil.example/", "", "1")}, "/app?x=1", false},
		{"its own address", []*trace.Record{page, fetched(root+"app?x=1", "", "1")}, "/app?x=1", false},
	} {
		var p Place
		p.Load("/")
		for _, r := range tc.records {
			p.Follow(r, root)
		}
		if p.Path != tc.path || p.Referred != tc.referred {
			t.Errorf("%s: got %q, referred %v, want %q, %v", tc.title, p.Path, p.Referred, tc.path, tc.referred)
		}
	}
}

// A fragment is in no request, so it stays as long as the page does.
func TestFollowKeepsTheFragment(t *testing.T) {
	var p Place
	p.Load("/a#part")
	if !p.Follow(navigation("/a", "1", 200), root) || p.Path != "/a#part" {
		t.Errorf("got %q, want the fragment", p.Path)
	}
	p.Follow(fetched(root+"a", "", "1"), root)
	if p.Path != "/a#part" || p.Referred {
		t.Errorf("a request of the page: got %q, referred %v", p.Path, p.Referred)
	}
	p.Follow(navigation("/b", "2", 200), root)
	if p.Path != "/b" {
		t.Errorf("got %q, want /b", p.Path)
	}
}

func TestTyped(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"/a", "/a"}, {" a ", "/a"}, {"", "/"}, {root + "a?b", "/a?b"}, {"résumé", "/résumé"},
	} {
		if got := Typed(tc.text, root); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestReadable(t *testing.T) {
	for _, tc := range []struct{ path, want string }{
		{"/", "/"},
		{"/r%C3%A9sum%c3%a9.txt?q=%E6%97%A5", "/résumé.txt?q=日"},
		{"/%F0%9F%98%80", "/\U0001f600"},
		{"/a%20b%2Fc%3Fd%23e%25", "/a%20b%2Fc%3Fd%23e%25"},
		{"/%E9", "/%E9"},
		{"/%C3%A9%FF%C3", "/é%FF%C3"},
		{"/%", "/%"},
		{"/%C", "/%C"},
		{"/%zz%C3%A9", "/%zzé"},
		{"/%C3%zz", "/%C3%zz"},
		{"/%C2%A0%E2%80%AE%EF%BB%BF%E3%80%80%C2%85", "/%C2%A0%E2%80%AE%EF%BB%BF%E3%80%80%C2%85"},
		{"/%EF%BF%BD", "/%EF%BF%BD"},
		{"/%ED%A0%80", "/%ED%A0%80"},
	} {
		if got := Readable(tc.path); got != tc.want {
			t.Errorf("%q: got %q, want %q", tc.path, got, tc.want)
		}
	}
}

// What is shown means the same path.
func FuzzReadable(f *testing.F) {
	for _, seed := range []string{"/", "/r%C3%A9sum%c3%a9", "/%E2%80%AE%C3", "/%25C3%25A9", "/%F0%9F%98%80%80"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		want, err := url.PathUnescape(path)
		if err != nil {
			return
		}
		if got, err := url.PathUnescape(Readable(path)); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", path, got, err, want)
		}
	})
}
