//go:build !js && !windows

package copyas

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vitrine/core/http1"
	"vitrine/core/internal/conformance"
	"vitrine/core/trace"
)

// TestMain also is the nc of machines that have none.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "nc" {
		conn, err := net.Dial("tcp", net.JoinHostPort(os.Args[1], os.Args[2]))
		if err == nil {
			io.Copy(conn, os.Stdin)
			conn.(*net.TCPConn).CloseWrite()
			_, err = io.Copy(os.Stdout, conn)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// corpus is what clients send: requests without fault, requests about odd
// names, and attacks on the framing.
func corpus(t *testing.T) (messages []string) {
	t.Helper()
	cases, err := conformance.Cases()
	if err != nil {
		t.Fatal(err)
	}
	more, err := conformance.ByteCases()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append(cases, more...) {
		messages = append(messages, c.Bytes)
	}
	text, err := os.ReadFile("../http1/testdata/attacks.txt")
	if err != nil {
		t.Fatal(err)
	}
	spans, err := trace.ParseTranscript(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range spans {
		if s.Kind == trace.In {
			messages = append(messages, s.Text)
		}
	}
	// What a shell, a language or a tool could take for its own.
	for _, odd := range []string{
		"'", "\"", "`id`", "$(id)", "$HOME", "\\n", "\\", "%s%%", "!!", "*", "~", "#", ";", "&", "|", "<", ">", "@/etc/passwd", "-v", "{a,b}", "[1-9]", "\t", "\x1b[31m", "\x00", "\x80\xff", "é",
	} {
		messages = append(messages,
			"GET /"+odd+" HTTP/1.1\r\nHost: vitrine.test\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: vitrine.test\r\nX: "+odd+"\r\n\r\n",
			"POST / HTTP/1.1\r\nHost: vitrine.test\r\nContent-Length: "+fmt.Sprint(len(odd))+"\r\n\r\n"+odd)
	}
	messages = append(messages,
		"BREW /pot HTTP/1.1\r\nHost: vitrine.test\r\nAccept:\r\nUser-Agent: x\r\n\r\n",
		"PUT /a/./b/../c?d=e HTTP/1.1\r\nHost: vitrine.test\r\nContent-Length: 0\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: vitrine.test\r\n\r\n",
		"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
		"PATCH / HTTP/1.1\r\nHost:vitrine.test\r\nContent-Type: a/b\r\nContent-Length: 3\r\nX:  1 \r\n\r\n\r\n1",
		"DELETE / HTTP/1.1\r\nHost: vitrine.test\r\nA: 1\r\nB: 2\r\nA: 3\r\n\r\n",
		"POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\n123",
		"POST / HTTP/1.1\r\nHost: vitrine.test\r\nContent-Length: 1100000\r\n\r\n"+strings.Repeat("0123456789", 110000))
	messages = slices.DeleteFunc(messages, func(m string) bool { return m == "" })
	if len(messages) < 600 {
		t.Errorf("%d messages in the corpus, want at least 600", len(messages))
	}
	if testing.Short() {
		const step = 48 // each starts processes, of which the race detector makes slow ones
		for i := range len(messages) / step {
			messages[i] = messages[step*i]
		}
		messages = messages[:len(messages)/step]
	}
	return messages
}

// tool is where a program is that copies are for. A developer's machine may
// have none, and then that is said; what CI runs has to have all of them.
func tool(t *testing.T, name string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal(err)
	case err != nil:
		t.Skipf("%s is not installed", name)
	}
	return program
}

// send has one process run the copies of messages one after the other, and
// returns what came over the connection of each.
func send(t *testing.T, id string, messages []string, name string, command ...string) []string {
	t.Helper()
	program := tool(t, command[0])
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := t.TempDir()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("nc"); err != nil {
		if err := os.Symlink(own, filepath.Join(dir, "nc")); err != nil {
			t.Fatal(err)
		}
	}
	args := command[1:]
	for i, m := range messages {
		file := filepath.Join(dir, fmt.Sprintf(name, i))
		text := AppendWithCredentials(nil, id, record(trace.Wire, m, ""), "http://"+l.Addr().String())
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	cmd := exec.Command(program, args...)
	cmd.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "HOME=" + dir}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Logf("%s said: %.2000s", command[0], said.String())
		}
	}()
	received := make([]string, len(messages))
	for i, m := range messages {
		received[i] = receive(t, l, len(m))
		if t.Failed() {
			t.Fatalf("after %.300q", m)
		}
	}
	return received
}

// timeout is how long a tool may take for one message.
const timeout = 20 * time.Second

// receive takes one connection, responds when so many bytes have come, and
// returns all that came.
func receive(t *testing.T, l net.Listener, size int) string {
	t.Helper()
	l.(*net.TCPListener).SetDeadline(time.Now().Add(timeout))
	conn, err := l.Accept()
	if err != nil {
		t.Error(err)
		return ""
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(timeout))
	got := make([]byte, size)
	n, err := io.ReadFull(conn, got)
	if err != nil {
		t.Errorf("%v after %.300q, %d bytes of %d", err, got[:n], n, size)
		return string(got[:n])
	}
	io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	conn.(*net.TCPConn).CloseWrite()
	rest, _ := io.ReadAll(conn)
	return string(got) + string(rest)
}

const shellRuns = `for f; do . "$f" >/dev/null; done`

// The bytes that each copy sends are those of the record: over the whole
// corpus, with the tools themselves.
func TestCopiesSendTheBytes(t *testing.T) {
	messages := corpus(t)
	for _, tool := range []struct {
		title, id, name string
		command         []string
	}{
		{"python", Python, "%d.py", []string{"python3", "-c", "import sys\nfor p in sys.argv[1:]: exec(compile(open(p).read(), p, 'exec'), {})"}},
		{"nc in dash", NC, "%d.sh", []string{"dash", "-c", shellRuns, "dash"}},
		{"nc in bash", NC, "%d.sh", []string{"bash", "-c", shellRuns, "bash"}},
	} {
		t.Run(tool.title, func(t *testing.T) {
			t.Parallel()
			for i, got := range send(t, tool.id, messages, tool.name, tool.command...) {
				if got != messages[i] {
					t.Errorf("got  %.300q\nwant %.300q", got, messages[i])
				}
			}
		})
	}
	t.Run("curl", func(t *testing.T) {
		t.Parallel()
		tool(t, "curl")
		byCurl := 0
		for i, got := range send(t, Curl, messages, "%d.sh", "dash", "-c", shellRuns, "dash") {
			if got != messages[i] {
				t.Errorf("got  %.300q\nwant %.300q\n%.1000s", got, messages[i], copied(Curl, record(trace.Wire, messages[i], "")))
			}
			q := parse(messages[i])
			if q.curlCannot() == "" {
				byCurl++
			}
		}
		t.Logf("curl itself sent %d of %d", byCurl, len(messages))
		if byCurl < len(messages)/4 {
			t.Error("want at least a quarter")
		}
	})
}

// fetch() sends method, target, content and the fields that a script may set;
// all others are named in the copy.
func TestFetchSendsWhatItSays(t *testing.T) {
	messages := slices.DeleteFunc(corpus(t), func(m string) bool {
		q := parse(m)
		return q.fetchCannot() != ""
	})
	want := 12
	if testing.Short() {
		want = 4
	}
	if len(messages) < want {
		t.Errorf("%d messages of the corpus are for fetch()", len(messages))
	}
	// Node's fetch sends its own head, so what comes is read as a request.
	program := tool(t, "node")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := t.TempDir()
	args := []string{"--input-type=module", "-e", "for (const f of process.argv.slice(1)) await import(f)"}
	for i, m := range messages {
		file := filepath.Join(dir, fmt.Sprintf("%d.mjs", i))
		if err := os.WriteFile(file, Append(nil, Fetch, record(trace.Wire, m, ""), "http://"+l.Addr().String()), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	cmd := exec.Command(program, args...)
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	for _, m := range messages {
		q := parse(m)
		got, content := receiveRequest(t, l)
		if got == nil {
			t.Fatalf("nothing came of %.300q: %.2000s", m, said.String())
		}
		if got.Method != q.method || got.Target != q.target || content != q.content {
			t.Errorf("got %s %q with %.100q, want %s %q with %.100q", got.Method, got.Target, content, q.method, q.target, q.content)
		}
		text := copied(Fetch, record(trace.Wire, m, ""))
		for i, f := range q.fields {
			if own := forbiddenName(f.name); own != "" {
				if !strings.Contains(text, own) {
					t.Errorf("%s is left out without a word:\n%s", f.name, text)
				}
				continue
			}
			if first, n := q.index(f.name); n > 1 {
				if first == i && !strings.Contains(text, say("fetch.joined")) {
					t.Errorf("%s is joined without a word", f.name)
				}
			} else if value := got.Fields.Get(f.name); value != f.value {
				t.Errorf("%s: got %q, want %q", f.name, value, f.value)
			}
		}
	}
}

// receiveRequest takes one connection and returns the request that came.
func receiveRequest(t *testing.T, l net.Listener) (request *http1.Request, content string) {
	t.Helper()
	l.(*net.TCPListener).SetDeadline(time.Now().Add(timeout))
	conn, err := l.Accept()
	if err != nil {
		t.Error(err)
		return nil, ""
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(timeout))
	c := http1.NewConn(http1.Server, http1.Rules{Limits: http1.Limits{StartLine: 1 << 20, FieldLine: 1 << 20, Head: 1 << 20, Fields: 1000}})
	buffer := make([]byte, 64<<10)
	for {
		event, err := c.Next()
		if err != nil {
			t.Error(err)
			return nil, ""
		}
		switch event := event.(type) {
		case *http1.Request:
			r := *event
			r.Fields = slices.Clone(r.Fields)
			request = &r
		case *http1.Data:
			content += string(event.Bytes)
		case *http1.End:
			io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return request, content
		default:
			n, err := conn.Read(buffer)
			if err != nil {
				t.Error(err)
				return nil, ""
			}
			c.Receive(buffer[:n])
		}
	}
}
