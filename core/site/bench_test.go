package site

import (
	"io"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/site/listing"
)

func BenchmarkTranslatePath(b *testing.B) {
	for name, target := range map[string]string{
		"plain": "/assets/images/photo.jpeg?v=3", "encoded": "/caf%C3%A9/a%20b/../x", "bytes": "/%ED%B3%BF",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				TranslatePath(target)
			}
		})
	}
}

func BenchmarkListing(b *testing.B) {
	entries := make([]listing.Entry, 10000)
	for i := range entries {
		entries[i].Name = "File number " + itoa(i*7919%10000) + ".txt"
	}
	b.ReportAllocs()
	for b.Loop() {
		listing.Sort(entries)
		listing.Append(nil, "/", entries, false)
	}
}

// nothing is a sink that takes responses and forgets them.
type nothing struct{}

func (nothing) Head(*http1.Response) error            { return nil }
func (nothing) Write(p []byte) (int, error)           { return len(p), nil }
func (nothing) Send(c handler.Content) (int64, error) { return c.Size(), nil }
func (nothing) Flush() error                          { return nil }
func (nothing) Closing() string                       { return "" }

// always is a file system whose one file is open already, so that what is
// measured is the site alone.
type always struct{ info fs.FileInfo }

func (a *always) NonblockingOpen()                  {}
func (a *always) Open(string) (fs.File, error)      { return a, nil }
func (a *always) Stat() (fs.FileInfo, error)        { return a.info, nil }
func (a *always) Read([]byte) (int, error)          { return 0, io.EOF }
func (a *always) ReadAt([]byte, int64) (int, error) { return 0, io.EOF }
func (a *always) Close() error                      { return nil }

func BenchmarkFile(b *testing.B) {
	tree := fstest.MapFS{"f.txt": {Data: make([]byte, 1024), ModTime: modTime}}
	info, _ := tree.Stat("f.txt")
	for name, lines := range map[string]string{
		"200": "Host: a\nAccept: */*", "304": "Host: a\nIf-Modified-Since: " + modText, "206": "Host: a\nRange: bytes=0-9",
	} {
		b.Run(name, func(b *testing.B) {
			s := New(&always{info})
			now := testNow
			s.Now = func() time.Time { return now }
			req := &http1.Request{Line: "GET /f.txt HTTP/1.1", Method: "GET", Target: "/f.txt", Proto: "HTTP/1.1",
				Version: http1.Version{Major: 1, Minor: 1}, Fields: fieldsOf(lines), KeepAlive: true}
			var x handler.Exchange
			b.ReportAllocs()
			for b.Loop() {
				x.Begin(&s.Base, req, nil, nothing{}, nil)
				if err := s.ServeExchange(&x); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
