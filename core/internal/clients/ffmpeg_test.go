//go:build unix

package clients

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestFfmpeg reads a video whose index is at its end: it has to jump there,
// and back to the frame that is asked for.
func TestFfmpeg(t *testing.T) {
	c := client{name: "ffmpeg", needs: []string{"ffmpeg", "ffprobe"}}
	video := filepath.Join(root, "video.mp4")
	if c.runs() {
		run(t, root, "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=30",
			"-c:v", "mpeg4", "-b:v", "3M", "-g", "25", video)
	}
	c.eachProfile(t, func(t *testing.T, s *server) {
		dir := t.TempDir()
		var pin []string
		if s.ca != "" {
			pin = []string{"-tls_verify", "1", "-ca_file", s.ca}
		}
		probe := func(input string, options ...string) string {
			args := append([]string{"-v", "error", "-show_entries", "format=duration,size:stream=width,height,nb_frames", "-of", "csv"}, options...)
			return run(t, dir, "ffprobe", append(args, input)...)
		}
		got, want := probe(s.url+"/video.mp4?probe", pin...), probe(video)
		if got != want || !strings.Contains(want, "750") {
			t.Errorf("ffprobe: got %q, want %q with 750 frames", got, want)
		}
		frame := func(input string, options ...string) string {
			args := append([]string{"-v", "error"}, options...)
			return run(t, dir, "ffmpeg", append(args, "-ss", "21.4", "-i", input, "-frames:v", "1", "-f", "hash", "-hash", "sha256", "-")...)
		}
		got, want = frame(s.url+"/video.mp4?seek", pin...), frame(video)
		if got != want || !strings.HasPrefix(want, "SHA256=") {
			t.Errorf("the frame at 21.4 s: got %q, want %q", got, want)
		}
		s.wantLogged(t, 2, `"GET /video.mp4?seek HTTP/1.1" 206`)
	})
}
