package conditional

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"testing"
)

func TestMultipart(t *testing.T) {
	const content = "0123456789"
	var b bytes.Buffer
	for _, r := range []ByteRange{{Off: 0, N: 2}, {Off: 9, N: 1}, {Off: 4, N: 3}} {
		b.Write(PartHead("LINE", "text/plain", r, int64(len(content))))
		b.WriteString(content[r.Off : r.Off+r.N])
	}
	b.Write(LastDelimiter("LINE"))
	const want = "\r\n--LINE\r\nContent-type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01" +
		"\r\n--LINE\r\nContent-type: text/plain\r\nContent-Range: bytes 9-9/10\r\n\r\n9" +
		"\r\n--LINE\r\nContent-type: text/plain\r\nContent-Range: bytes 4-6/10\r\n\r\n456" +
		"\r\n--LINE--\r\n"
	if b.String() != want {
		t.Errorf("got %q\nwant %q", b.String(), want)
	}
	mediaType, parameters, err := mime.ParseMediaType(MultipartType("LINE"))
	if mediaType != "multipart/byteranges" || err != nil {
		t.Errorf("media type %q, %v", mediaType, err)
	}
	r := multipart.NewReader(&b, parameters["boundary"])
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
}

func TestBoundary(t *testing.T) {
	ranges := []ByteRange{{Off: 0, N: 2}, {Off: 9, N: 1}}
	seen := map[string]string{}
	for name, b := range map[string]string{
		"first":        Boundary(`"a"`, ranges, 10),
		"other tag":    Boundary(`"b"`, ranges, 10),
		"no tag":       Boundary("", ranges, 10),
		"other size":   Boundary(`"a"`, ranges, 11),
		"other ranges": Boundary(`"a"`, []ByteRange{{Off: 0, N: 2}, {Off: 8, N: 1}}, 10),
		"other order":  Boundary(`"a"`, []ByteRange{{Off: 9, N: 1}, {Off: 0, N: 2}}, 10),
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
