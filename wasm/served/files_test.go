package served

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/middleware/fallback"
	"vitrine/core/site"
	"vitrine/core/trace"
)

var (
	then = time.UnixMilli(1_700_000_000_000)
	now  = then.Add(time.Hour)
)

func files() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text), ModTime: then} }
	return fstest.MapFS{
		"index.html": file("<h1>"), "about.html": file("about"), "404.html": file("lost"),
		"css/site.css": file("h1 {}"), "css/part.css": file("p {}"), "data/a b.json": file("{}"), "data/one.txt": file("1"),
	}
}

// get is the record of a request for a target of fsys.
func get(fsys fstest.MapFS, target string, browser trace.Browser) *trace.Record {
	s := site.New(fsys)
	f := &fallback.Fallback{Site: s, CleanURLs: true, File: "404.html"}
	response := handlertest.Get(handler.Wrap(s, f.Wrap), target)
	r := &trace.Record{Steps: response.Steps, Status: response.Status, Browser: browser}
	r.Request.Target.Text = target
	for _, field := range response.Fields {
		r.Response.Fields = append(r.Response.Fields, trace.Field{Name: trace.Part{Text: field.Name}, Value: trace.Part{Text: field.Value}})
	}
	return r
}

func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}

// A change is told once, and only of what was served.
func TestLook(t *testing.T) {
	write := func(text string, at time.Time) func(fstest.MapFS, string) {
		return func(fsys fstest.MapFS, name string) { fsys[name] = &fstest.MapFile{Data: []byte(text), ModTime: at} }
	}
	remove := func(fsys fstest.MapFS, name string) { delete(fsys, name) }
	for _, tc := range []struct {
		title, target, name string
		change              func(fsys fstest.MapFS, name string)
		want                []string
	}{
		{"another time", "/css/site.css", "css/site.css", write("h1 {}", now), []string{"css/site.css"}},
		{"another size", "/css/site.css?v=2", "css/site.css", write("h1 { }", then), []string{"css/site.css"}},
		{"a file that is gone", "/css/site.css", "css/site.css", remove, []string{"css/site.css"}},
		{"another file", "/css/site.css", "css/part.css", write("x", now), nil},
		{"an index page", "/", "index.html", write("<h2>", now), []string{"index.html"}},
		{"a name that was decoded", "/data/a%20b.json", "data/a b.json", write("[]", now), []string{"data/a b.json"}},
		{"a file that was missing", "/none.css", "none.css", write("", now), []string{"none.css"}},
		{"name.html", "/about", "about.html", write("more", now), []string{"about.html"}},
		{"what name.html stood in for", "/about", "about", write("file", now), []string{"about"}},
		{"an error page of its own", "/none", "404.html", write("gone", now), []string{"404.html"}},
		{"a new file in a listing", "/data/", "data/two.txt", write("2", now), []string{"data"}},
		{"a file that is gone from a listing", "/data/", "data/one.txt", remove, []string{"data"}},
		{"a file of a listing", "/data/", "data/one.txt", write("one", now), nil},
	} {
		t.Run(tc.title, func(t *testing.T) {
			var s Files
			fsys := files()
			s.Add(get(fsys, tc.target, trace.Browser{}))
			if changed := s.Look(fsys); len(changed) > 0 {
				t.Errorf("before the change: got %q", changed)
			}
			tc.change(fsys, tc.name)
			if got := sorted(s.Look(fsys)); !slices.Equal(got, tc.want) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if changed := s.Look(fsys); len(changed) > 0 {
				t.Errorf("told again: %q", changed)
			}
		})
	}
}

// A change between a response and the first look does not go unnoticed: the
// response says what it was made of.
func TestLookComparesWithTheResponse(t *testing.T) {
	var s Files
	fsys := files()
	s.Add(get(fsys, "/css/site.css", trace.Browser{}))
	s.Add(get(fsys, "/later.js", trace.Browser{}))
	s.Add(get(fsys, "/data/", trace.Browser{}))
	fsys["css/site.css"] = &fstest.MapFile{Data: []byte("h1 {}"), ModTime: then.Add(time.Millisecond)}
	fsys["later.js"] = &fstest.MapFile{ModTime: now}
	fsys["data/two.txt"] = &fstest.MapFile{ModTime: now}
	if got := sorted(s.Look(fsys)); !slices.Equal(got, []string{"css/site.css", "data", "later.js"}) {
		t.Errorf("got %q", got)
	}
}

func TestAmong(t *testing.T) {
	var s Files
	fsys := files()
	for _, target := range []string{"/", "/css/site.css", "/data/", "/none/x.js"} {
		s.Add(get(fsys, target, trace.Browser{}))
	}
	for _, tc := range []struct{ changed, want []string }{
		{[]string{"css/part.css"}, nil},
		{[]string{"css/site.css"}, []string{"css/site.css"}},
		{[]string{"css"}, []string{"css/site.css"}},
		{[]string{"cs"}, nil},
		{[]string{"data/new"}, []string{"data"}},
		{[]string{"data/deeper/new"}, nil},
		{[]string{"none"}, []string{"none/x.js"}},
		{[]string{"x", "index.html"}, []string{"index.html"}},
		{[]string{"."}, []string{"404.html", "css/site.css", "data", "index.html", "none/x.js"}},
	} {
		got := sorted(s.Among(tc.changed))
		if !slices.Equal(got, tc.want) {
			t.Errorf("%q: got %q, want %q", tc.changed, got, tc.want)
		}
	}
}

// What the preview does not show any more is not looked after, until it is
// served again: also where the response is one that was given before.
func TestReset(t *testing.T) {
	var s Files
	fsys := files()
	r := get(fsys, "/css/site.css", trace.Browser{})
	s.Add(r)
	s.Add(get(fsys, "/data/one.txt", trace.Browser{}))
	s.Reset()
	if got := s.Among([]string{"."}); len(got) > 0 {
		t.Errorf("after Reset: got %q", got)
	}
	again := *r
	again.Steps = []trace.Step{{Kind: trace.Note, Code: trace.RepeatOf, Args: []string{"1"}}}
	again.Request.Target.Text += "?v=3"
	s.Add(&again)
	if got := s.Among([]string{"."}); !slices.Equal(got, []string{"css/site.css"}) {
		t.Errorf("given again: got %q", got)
	}
	fsys["css/site.css"] = &fstest.MapFile{ModTime: now}
	if got := s.Look(fsys); !slices.Equal(got, []string{"css/site.css"}) {
		t.Errorf("edited: got %q", got)
	}
}

func TestTabsAreNoPreview(t *testing.T) {
	var s Files
	fsys := files()
	s.Add(get(fsys, "/", trace.Browser{Mode: "navigate", Destination: "document", Client: "tab"}))
	s.Add(get(fsys, "/css/site.css", trace.Browser{Mode: "no-cors", Destination: "style", Client: "tab"}))
	if got := s.Among([]string{"."}); len(got) > 0 {
		t.Errorf("a tab: got %q", got)
	}
	s.Add(get(fsys, "/", trace.Browser{Mode: "navigate", Destination: "iframe", Client: "frame"}))
	s.Add(get(fsys, "/css/site.css", trace.Browser{Mode: "no-cors", Destination: "style", Client: "frame"}))
	if got := sorted(s.Among([]string{"."})); !slices.Equal(got, []string{"css/site.css", "index.html"}) {
		t.Errorf("the preview: got %q", got)
	}
}

// Scripts of a site can make up records: what they name is bounded, and is a
// name.
func TestBounds(t *testing.T) {
	var s Files
	for i := range 3 * MaxPaths {
		r := &trace.Record{}
		r.Request.Target.Text = fmt.Sprint("/", i)
		r.Browser = trace.Browser{Mode: "navigate", Destination: "document", Client: fmt.Sprint(i)}
		s.Add(r)
		r.Browser = trace.Browser{}
		for range 2 * maxFiles {
			r.Add(trace.Note, trace.Rebuilt, 0, trace.TypeByName, fmt.Sprint(i), "text/html")
		}
		r.Add(trace.Note, trace.Rebuilt, 0, trace.FileNotOpened, "../../etc/passwd", "")
		s.Add(r)
	}
	names := s.Among([]string{"."})
	if want := MaxPaths * maxFiles; len(names) != want || len(s.tabs) != maxTabs || len(s.byPath) != MaxPaths {
		t.Errorf("got %d names, %d tabs and %d paths", len(names), len(s.tabs), len(s.byPath))
	}
	if slices.Contains(names, "../../etc/passwd") {
		t.Error("a name leads out of the folder")
	}
	r := &trace.Record{}
	r.Request.Target.Text = "/large/"
	r.Add(trace.Note, trace.Rebuilt, 0, trace.PathListing, fmt.Sprint(MaxListed+1))
	if files := filesOf(r); len(files) > 0 {
		t.Errorf("a large directory: got %+v", files)
	}
}

func TestOnlyStyles(t *testing.T) {
	for _, tc := range []struct {
		names []string
		want  bool
	}{{nil, false}, {[]string{"a.css", "b/C.CSS"}, true}, {[]string{"a.css", "b"}, false}, {[]string{"css"}, false}} {
		if got := OnlyStyles(tc.names); got != tc.want {
			t.Errorf("%q: got %v, want %v", tc.names, got, tc.want)
		}
	}
}
