package server_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/osfs"
)

// A file whose content is sent from where the system has it, and that is gone
// from there by then: the response ends early, as that of any file which is cut
// short, and the server goes on.
func TestMappedFileIsCutShort(t *testing.T) {
	t.Parallel()
	const size = 3 << 12
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, bytes.Repeat([]byte("x"), size), 0o644); err != nil {
		t.Fatal(err)
	}
	fsys, err := osfs.Open(filepath.Dir(path), osfs.Follow)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fsys.Close() })
	fsys.Keep(1)
	time.Sleep(2100 * time.Millisecond)

	left := 0 // bytes of the file when it is sent
	h := new(handler.Base)
	h.ProtocolVersion = "HTTP/1.1"
	h.Methods = map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		var file *osfs.File
		for range 3 {
			f, err := fsys.Open("f")
			if err != nil {
				return err
			}
			if file != nil {
				file.Close()
			}
			file = f.(*osfs.File)
		}
		if file.Mapped(0, size) == nil {
			return x.SendError(500, "it is not in memory", "")
		}
		if err := os.Truncate(path, int64(left)); err != nil {
			return err
		}
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "12288")
		if err := x.EndHeaders(); err != nil {
			return err
		}
		return x.SendContent(&handler.Section{File: file, N: size})
	}}
	r := run(t, h, nil)
	if got := r.ask("GET /f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); strings.Contains(got, " 500 ") {
		t.Fatal("the file was never in memory, so nothing was tested: ", got)
	} else if _, content, _ := strings.Cut(got, "\r\n\r\n"); content != "" {
		t.Errorf("%d bytes of a file that has none", len(content))
	}

	if err := os.WriteFile(path, bytes.Repeat([]byte("y"), size), 0o644); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2100 * time.Millisecond)
	left = 1 << 12
	res, err := http.Get("http://" + r.addr + "/f")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if len(content) != left || err != io.ErrUnexpectedEOF || bytes.Count(content, []byte("y")) != left {
		t.Errorf("%d bytes, %v; want the %d that the file has left, and its end", len(content), err, left)
	}
}
