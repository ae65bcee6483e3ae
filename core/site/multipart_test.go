package site

import (
	"bytes"
	"io"
	"mime/multipart"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/conditional"
)

func TestMultipart(t *testing.T) {
	fsys := fstest.MapFS{"f": {Data: []byte("0123456789")}}
	file, _ := fsys.Open("f")
	ranges := []conditional.ByteRange{{Off: 0, N: 2}, {Off: 9, N: 1}, {Off: 4, N: 3}}
	content := Multipart(file, 10, "text/plain", "LINE", ranges)
	var b bytes.Buffer
	n, err := content.WriteTo(&b)
	const want = "\r\n--LINE\r\nContent-type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01" +
		"\r\n--LINE\r\nContent-type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9" +
		"\r\n--LINE\r\nContent-type: text/plain\r\nContent-Range: bytes 4-6/10\r\n\r\n456" +
		"\r\n--LINE--\r\n"
	if b.String() != want || n != int64(len(want)) || content.Size() != n || err != nil {
		t.Errorf("got %q, %d, %v (size %d)\nwant %q, %d", b.String(), n, err, content.Size(), want, len(want))
	}
	r := multipart.NewReader(&b, "LINE")
	for _, part := range []string{"01", "9", "456"} {
		p, err := r.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(p); string(got) != part {
			t.Errorf("part %q, want %q", got, part)
		}
	}
	if _, err := r.NextPart(); err != io.EOF {
		t.Errorf("after the last part: %v", err)
	}
	if err := content.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func TestBoundary(t *testing.T) {
	ranges := []conditional.ByteRange{{Off: 0, N: 2}, {Off: 9, N: 1}}
	seen := map[string]string{}
	for name, b := range map[string]string{
		"first":        Boundary(`"a"`, ranges, 10),
		"other tag":    Boundary(`"b"`, ranges, 10),
		"no tag":       Boundary("", ranges, 10),
		"other size":   Boundary(`"a"`, ranges, 11),
		"other ranges": Boundary(`"a"`, []conditional.ByteRange{{Off: 0, N: 2}, {Off: 8, N: 1}}, 10),
		"other order":  Boundary(`"a"`, []conditional.ByteRange{{Off: 9, N: 1}, {Off: 0, N: 2}}, 10),
	} {
		if len(b) != 32 || strings.Trim(b, "0123456789abcdef") != "" {
			t.Errorf("%s: %q", name, b)
		}
		if other, ok := seen[b]; ok {
			t.Errorf("%s and %s are the same", name, other)
		}
		seen[b] = name
	}
	if _, ok := seen[Boundary(`"a"`, ranges, 10)]; !ok {
		t.Error("not the same twice")
	}
}
