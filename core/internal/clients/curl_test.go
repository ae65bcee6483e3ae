//go:build unix

package clients

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// curl runs curl in dir on a target, and returns what its --write-out says.
func curl(t *testing.T, s *server, dir, target string, args ...string) string {
	t.Helper()
	return run(t, dir, "curl", append(curlArgs(s, args...), s.url+target)...)
}

func curlArgs(s *server, args ...string) []string {
	args = append([]string{"--silent", "--show-error"}, args...)
	if s.ca != "" {
		args = append(args, "--cacert", s.ca)
	}
	return args
}

func TestCurl(t *testing.T) {
	c := client{name: "curl", needs: []string{"curl"}}
	c.eachProfile(t, func(t *testing.T, s *server) {
		t.Run("get", func(t *testing.T) { curlGet(t, s) })
		t.Run("ranges", func(t *testing.T) { curlRanges(t, s) })
		t.Run("resume", func(t *testing.T) { curlResume(t, s) })
		t.Run("conditions", func(t *testing.T) { curlConditions(t, s) })
		t.Run("200 in a row", func(t *testing.T) { curlSerial(t, s) })
		t.Run("100 at once", func(t *testing.T) { curlParallel(t, s) })
		t.Run("upload", func(t *testing.T) { curlUpload(t, s) })
		if s.ca != "" {
			t.Run("no pin", func(t *testing.T) { curlNoPin(t, s) })
		}
	})
}

func curlGet(t *testing.T, s *server) {
	own := "1.1"
	if !s.persistent() {
		own = "1"
	}
	for _, tc := range []struct {
		name, target string
		args         []string
		want         []byte
		version      string // of the response
	}{
		{"plain", "/medium.bin", nil, medium, own},
		// A response carries the version of the server, not of the request
		// (RFC 9110 §2.5).
		{"HTTP/1.0", "/medium.bin", []string{"--http1.0"}, medium, own},
		{"HTTP/1.1", "/medium.bin", []string{"--http1.1"}, medium, own},
		{"HTTP/2 offered", "/medium.bin", []string{"--http2"}, medium, own},
		{"compressed", "/text.txt", []string{"--compressed"}, text, own},
		{"escaped percent sign", "/escape/%2541.txt", nil, []byte("not A"), own},
	} {
		dir := t.TempDir()
		args := append([]string{"--output", "got", "--write-out", "%{http_code} %{http_version}"}, tc.args...)
		got := curl(t, s, dir, tc.target, args...)
		if want := "200 " + tc.version; got != want {
			t.Errorf("%s: got %q, want %q", tc.name, got, want)
		}
		wantContent(t, filepath.Join(dir, "got"), tc.want)
	}
}

func curlRanges(t *testing.T, s *server) {
	for _, tc := range []struct {
		ranges string
		want   []byte
	}{
		{"0-9", medium[:10]},
		{"1000000-", medium[1000000:]},
		{"-7", medium[len(medium)-7:]},
	} {
		dir := t.TempDir()
		got := curl(t, s, dir, "/medium.bin", "--range", tc.ranges, "--output", "got", "--write-out", "%{http_code}")
		if got != "206" {
			t.Errorf("range %s: status %s, want 206", tc.ranges, got)
		}
		wantContent(t, filepath.Join(dir, "got"), tc.want)
	}

	dir := t.TempDir()
	got := curl(t, s, dir, "/medium.bin", "--range", "0-9,500-1499,-7", "--output", "got", "--write-out", "%{http_code} %{content_type}")
	status, mediaType, _ := strings.Cut(got, " ")
	if status != "206" {
		t.Fatalf("three ranges: %q, want 206", got)
	}
	size := len(medium)
	want := []struct {
		field   string
		content []byte
	}{
		{fmt.Sprintf("bytes 0-9/%d", size), medium[:10]},
		{fmt.Sprintf("bytes 500-1499/%d", size), medium[500:1500]},
		{fmt.Sprintf("bytes %d-%d/%d", size-7, size-1, size), medium[size-7:]},
	}
	_, params, err := mime.ParseMediaType(mediaType)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "got"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(bytes.NewReader(content), params["boundary"])
	for i, w := range want {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatalf("part %d: %v", i, err)
		}
		got, err := io.ReadAll(part)
		if field := part.Header.Get("Content-Range"); err != nil || field != w.field || !bytes.Equal(got, w.content) {
			t.Errorf("part %d: Content-Range %q and %d bytes, %v; want %q and %d bytes", i, field, len(got), err, w.field, len(w.content))
		}
	}
	if _, err := parts.NextPart(); err != io.EOF {
		t.Errorf("after three parts: %v, want the end", err)
	}
}

func curlResume(t *testing.T, s *server) {
	dir := t.TempDir()
	file := writeFile(t, dir, "got", medium[:1000001])
	got := curl(t, s, dir, "/medium.bin", "--continue-at", "-", "--output", "got", "--write-out", "%{http_code} %{size_download}")
	if want := fmt.Sprint("206 ", len(medium)-1000001); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	wantContent(t, file, medium)
}

func curlConditions(t *testing.T, s *server) {
	dir := t.TempDir()
	const status = "%{http_code} %{size_download}"
	full := fmt.Sprint("200 ", len(medium))
	for _, step := range []struct {
		name, want string
		args       []string
	}{
		{"--remote-time", full, []string{"--remote-time", "--output", "got"}},
		{"-z of a file that is as old", "304 0", []string{"-z", "got", "--output", "none"}},
		{"-z of a later time", "304 0", []string{"-z", "1 Jan 2024", "--output", "none"}},
		{"-z of an earlier time", full, []string{"-z", "1 Jan 2020", "--output", "again"}},
		{"--etag-save", full, []string{"--etag-save", "etag", "--output", "again"}},
		{"--etag-compare", "304 0", []string{"--etag-compare", "etag", "--output", "none"}},
	} {
		got := curl(t, s, dir, "/medium.bin", append(step.args, "--write-out", status)...)
		if got != step.want {
			t.Errorf("%s: got %q, want %q", step.name, got, step.want)
		}
	}
	wantContent(t, filepath.Join(dir, "got"), medium)
	wantContent(t, filepath.Join(dir, "again"), medium)
	info, err := os.Stat(filepath.Join(dir, "got"))
	if err != nil {
		t.Fatal(err)
	}
	if !info.ModTime().Equal(modified) {
		t.Errorf("--remote-time: %v, want %v", info.ModTime().UTC(), modified)
	}

	// The tag of other content is no match.
	writeFile(t, dir, "etag", []byte(`"other"`))
	if got := curl(t, s, dir, "/medium.bin", "--etag-compare", "etag", "--output", "got", "--write-out", status); got != full {
		t.Errorf("another etag: got %q, want %q", got, full)
	}
}

// curlMany fetches all of many/ with one curl process and returns how many
// connections it opened.
func curlMany(t *testing.T, s *server, n int, args ...string) (connections int) {
	t.Helper()
	dir := t.TempDir()
	var config strings.Builder
	for i := range n {
		fmt.Fprintf(&config, "url = \"%s/many/%d.txt\"\noutput = \"%d\"\n", s.url, i, i)
	}
	config.WriteString("write-out = \"%{num_connects}\\n\"\n")
	writeFile(t, dir, "config", []byte(config.String()))
	out := run(t, dir, "curl", append(curlArgs(s, args...), "--config", "config")...)
	for i := range n {
		wantContent(t, filepath.Join(dir, strconv.Itoa(i)), many(i))
	}
	lines := strings.Fields(out)
	if len(lines) != n {
		t.Fatalf("%d transfers, want %d", len(lines), n)
	}
	for _, line := range lines {
		k, err := strconv.Atoi(line)
		if err != nil {
			t.Fatal(err)
		}
		connections += k
	}
	return connections
}

func curlSerial(t *testing.T, s *server) {
	want := manyFiles
	if s.persistent() {
		want = 1
	}
	if got := curlMany(t, s, manyFiles); got != want {
		t.Errorf("%d connections for %d files, want %d", got, manyFiles, want)
	}
}

func curlParallel(t *testing.T, s *server) {
	curlMany(t, s, 100, "--parallel", "--parallel-immediate", "--parallel-max", "100")
}

// curlUpload sends 10 MB that the server does not want: with Expect, which
// curl sends by itself, and without.
func curlUpload(t *testing.T, s *server) {
	dir := t.TempDir()
	writeFile(t, dir, "upload", noise(3, 10_000_000))
	for _, args := range [][]string{nil, {"--header", "Expect:"}} {
		for range 3 {
			got := curl(t, s, dir, "/new.bin", append(args, "--upload-file", "upload", "--output", "response", "--write-out", "%{http_code}")...)
			if got != "501" {
				t.Errorf("%q: status %s, want 501", args, got)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(root, "new.bin")); err == nil {
		t.Error("the upload was stored")
	}
}

// curlNoPin shows that the pinned certificate is what lets the clients in.
func curlNoPin(t *testing.T, s *server) {
	_, stderr, err := try(t.TempDir(), nil, "curl", "--silent", "--show-error", s.url+"/page.html")
	if err == nil || !strings.Contains(stderr, "certificate") {
		t.Errorf("without the certificate: %v, %q; want a refusal that names it", err, stderr)
	}
}
