package site

import (
	"bytes"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"vitrine/core/handler/handlertest"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

var testNow = time.Date(2025, 11, 23, 12, 0, 0, 0, time.UTC)

// response is what one request got.
type response struct {
	status int
	fields http1.Fields
	body   *bytes.Buffer
	steps  []trace.Step
	record *handlertest.Recorder
	closed bool // the connection is to be closed
	err    error
}

func itoa(n int) string { return strconv.Itoa(n) }

// fieldsOf reads "Name: value" lines.
func fieldsOf(lines string) (fields http1.Fields) {
	for line := range strings.Lines(lines) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), ":")
		fields = append(fields, http1.Field{Name: name, Value: http1.TrimOWS(value)})
	}
	return fields
}

// lines are the field lines but for Server and Date, which every response has.
func (a *response) lines() string { return a.record.Lines() }

func (a *response) noted(text string) bool {
	for _, s := range a.steps {
		if strings.Contains(string(s.Code)+" "+strings.Join(s.Args, " "), text) {
			return true
		}
	}
	return false
}

// ask sends one request through the handler. fields are "Name: value" lines.
func ask(t testing.TB, s *Site, method, target, fields string) *response {
	t.Helper()
	text := method + " " + target + " HTTP/1.1\r\n"
	for _, f := range fieldsOf(fields) {
		text += f.Name + ": " + f.Value + "\r\n"
	}
	r := handlertest.Serve(s, text+"\r\n")
	return &response{r.Status, r.Fields, bytes.NewBuffer(r.Content), r.Steps, r, r.Exchange.CloseConnection, r.Err}
}

var modTime = time.Unix(784111777, 123456789) // Sun, 06 Nov 1994 08:49:37.1 GMT

const (
	modText = "Sun, 06 Nov 1994 08:49:37 GMT"
	tagOf10 = `"2ebc98a1.75bcd15-a"` // of a file of 10 bytes
)

// closing counts files that were opened and not closed, and closed twice.
type closing struct {
	fs.FS
	open int
}

type closingFile struct {
	fs.File
	in     *closing
	closed bool
}

func (c *closing) NonblockingOpen() {}

func (c *closing) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	c.open++
	file := &closingFile{File: f, in: c}
	if d, ok := f.(fs.ReadDirFile); ok {
		return struct {
			*closingFile
			dirReader
		}{file, d}, nil
	}
	return struct {
		*closingFile
		io.ReaderAt
	}{file, f.(io.ReaderAt)}, nil
}

type dirReader interface {
	ReadDir(n int) ([]fs.DirEntry, error)
}

func (f *closingFile) Close() error {
	if f.closed {
		return fs.ErrClosed
	}
	f.closed = true
	f.in.open--
	return f.File.Close()
}

// testSite serves files and checks that each one opened is closed.
func testSite(t testing.TB, files fstest.MapFS) *Site {
	for _, f := range files {
		if f.ModTime.IsZero() {
			f.ModTime = modTime
		}
	}
	c := &closing{FS: files}
	t.Cleanup(func() {
		if c.open != 0 {
			t.Errorf("%d files are still open", c.open)
		}
	})
	s := New(c)
	s.ProtocolVersion = "HTTP/1.1"
	s.Now = func() time.Time { return testNow }
	return s
}
