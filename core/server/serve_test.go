package server_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/core/handler"
	"vitrine/core/osfs"
	"vitrine/core/server"
	"vitrine/core/site"
)

// timeout is how long a test waits for something that must happen. It is no
// measure: only a failing test waits so long.
const timeout = 30 * time.Second

// running is a server under test.
type running struct {
	*server.Server
	t    *testing.T
	addr string
	log  *lockedBuffer
	over chan error
}

// run serves h on a free port of loopback until the test ends. set changes
// the server before it listens.
func run(t *testing.T, h handler.Handler, set func(*server.Server)) *running {
	t.Helper()
	r := &running{t: t, log: new(lockedBuffer), over: make(chan error, 1)}
	if handler.BaseOf(h).ErrorLog == nil {
		handler.BaseOf(h).ErrorLog = r.log
	}
	r.Server = server.NewThreadingHTTPServer("127.0.0.1:0", h)
	if set != nil {
		set(r.Server)
	}
	if err := r.Listen(); err != nil {
		t.Fatal(err)
	}
	r.addr = r.Addr().String()
	go func() { r.over <- r.ServeForever() }()
	t.Cleanup(func() {
		r.Close()
		if err := <-r.over; !errors.Is(err, server.ErrClosed) {
			t.Errorf("ServeForever returned %v, want ErrClosed", err)
		}
	})
	return r
}

// files serves a new folder with these files.
func files(t *testing.T, content map[string]string) (*site.Site, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range content {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := osfs.Open(dir, osfs.Follow)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return site.New(f), dir
}

// unseen is longer than a silent connection is the system's own: see
// listener.deferAccept.
const unseen = 1500 * time.Millisecond

func (r *running) dial() net.Conn {
	r.t.Helper()
	c, err := net.Dial("tcp", r.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(timeout))
	return c
}

// ask sends text on a connection of its own and returns everything that comes
// back until the server closes.
func (r *running) ask(text string) string {
	r.t.Helper()
	c := r.dial()
	io.WriteString(c, text)
	b, err := io.ReadAll(c)
	if err != nil {
		r.t.Fatalf("after %d bytes: %v", len(b), err)
	}
	return string(b)
}

// one reads one response with a Content-Length and returns its head and content.
func one(t *testing.T, r *bufio.Reader) (head, content string) {
	t.Helper()
	length := 0
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("in the head %q: %v", head+line, err)
		}
		head += line
		if line == "\r\n" {
			break
		}
		if v, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			for _, c := range strings.TrimSpace(v) {
				length = 10*length + int(c-'0')
			}
		}
	}
	b := make([]byte, length)
	if _, err := io.ReadFull(r, b); err != nil {
		t.Fatalf("in the content: %v", err)
	}
	return head, string(b)
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// eventually waits until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(timeout); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not after %v", what, timeout)
		}
	}
}

// spec: C-1 K-9
func TestHTTP10ClosesAfterOneRequest(t *testing.T) {
	h, _ := files(t, map[string]string{"a.txt": "hello\n"})
	r := run(t, h, nil)
	got := r.ask("GET /a.txt HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\nGET /a.txt HTTP/1.1\r\n\r\n")
	if n := strings.Count(got, "HTTP/1.0 200 OK\r\n"); n != 1 || !strings.HasSuffix(got, "\r\n\r\nhello\n") {
		t.Errorf("got %q, want one response in HTTP/1.0", got)
	}
}

// spec: K-1 K-7
func TestHTTP11RespondsInOrder(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "first", "b": strings.Repeat("second", 20_000)})
	h.ProtocolVersion = "HTTP/1.1"
	r := run(t, h, nil)
	c := r.dial()
	io.WriteString(c, "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\nGET /none HTTP/1.1\r\nHost: x\r\n\r\n")
	in := bufio.NewReader(c)
	for _, want := range []string{"first", strings.Repeat("second", 20_000)} {
		if head, got := one(t, in); !strings.HasPrefix(head, "HTTP/1.1 200 OK\r\n") || got != want {
			t.Fatalf("got %q with %d bytes, want %d bytes", head, len(got), len(want))
		}
	}
	if head, _ := one(t, in); !strings.HasPrefix(head, "HTTP/1.1 404 ") {
		t.Errorf("got %q, want 404", head)
	}
	if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("after an error the connection: %v, want EOF", err)
	}
}

// Content travels in several ways, by size and kind; all arrive whole.
func TestContentOfEverySize(t *testing.T) {
	sizes := []int{0, 1, 1000, 32<<10 - 1, 32 << 10, 32<<10 + 1, 300_000, 9 << 20}
	content := make(map[string]string)
	for i, n := range sizes {
		b := make([]byte, n)
		for j := range b {
			b[j] = byte(j * (i + 3) >> 3)
		}
		content[string(rune('a'+i))] = string(b)
	}
	h, _ := files(t, content)
	h.ProtocolVersion = "HTTP/1.1"
	r := run(t, h, nil)
	c := r.dial()
	in := bufio.NewReader(c)
	for name, want := range content {
		io.WriteString(c, "GET /"+name+" HTTP/1.1\r\nHost: x\r\n\r\n")
		if _, got := one(t, in); got != want {
			t.Errorf("%d bytes: got %d, not the same", len(want), len(got))
		}
	}
	// Several ranges: small and large sections between texts.
	io.WriteString(c, "GET /h HTTP/1.1\r\nHost: x\r\nRange: bytes=0-9,100-1000000,2000000-2000001\r\n\r\n")
	head, got := one(t, in)
	big := content["h"]
	for _, part := range []string{big[:10], big[100:1000001], big[2000000:2000002]} {
		at := strings.Index(got, "\r\n\r\n"+part+"\r\n--")
		if at < 0 {
			t.Fatalf("a part of %d bytes is missing after %q", len(part), head)
		}
		got = got[at+len(part):]
	}
}

// departs: F-4
func TestFileThatShrinks(t *testing.T) {
	for _, size := range []int{10_000, 20 << 20} {
		h, dir := files(t, map[string]string{"f": strings.Repeat("x", size)})
		h.ProtocolVersion = "HTTP/1.1"
		// Cut the file between its head and its content.
		h.Methods["GET"] = func(x *handler.Exchange) error {
			content, err := h.SendHead(x)
			if err != nil || content == nil {
				return err
			}
			if err := os.Truncate(filepath.Join(dir, "f"), int64(size/2)); err != nil {
				t.Error(err)
			}
			return x.SendContent(content)
		}
		r := run(t, h, nil)
		got := r.ask("GET /f HTTP/1.1\r\nHost: x\r\n\r\nGET /f HTTP/1.1\r\nHost: x\r\n\r\n")
		if strings.Count(got, "HTTP/1.1") != 1 {
			t.Errorf("%d bytes: another response followed a short one", size)
		}
		_, content, _ := strings.Cut(got, "\r\n\r\n")
		if len(content) != size/2 {
			t.Errorf("%d bytes: %d arrived, want %d and the end of the connection", size, len(content), size/2)
		}
	}
}

// departs: F-4
func TestFileThatGrows(t *testing.T) {
	for _, size := range []int{10_000, 1 << 20} {
		h, dir := files(t, map[string]string{"f": strings.Repeat("x", size)})
		h.ProtocolVersion = "HTTP/1.1"
		h.Methods["GET"] = func(x *handler.Exchange) error {
			content, err := h.SendHead(x)
			if err != nil || content == nil {
				return err
			}
			f, err := os.OpenFile(filepath.Join(dir, "f"), os.O_WRONLY|os.O_APPEND, 0)
			if err != nil {
				return err
			}
			f.WriteString("and more")
			f.Close()
			return x.SendContent(content)
		}
		r := run(t, h, nil)
		c := r.dial()
		in := bufio.NewReader(c)
		for want := size; want <= size+len("and more"); want += len("and more") {
			io.WriteString(c, "GET /f HTTP/1.1\r\nHost: x\r\n\r\n")
			if _, got := one(t, in); len(got) != want {
				t.Errorf("got %d bytes, want %d", len(got), want)
			}
		}
	}
}

// departs: C-6
func TestPanicOfMethodGets500(t *testing.T) {
	h := &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		if x.Path == "/" {
			panic("the method's mistake")
		}
		x.SendResponse(204, "")
		return x.EndHeaders()
	}}}
	r := run(t, h, nil)
	if got := r.ask("GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 500 ") {
		t.Errorf("got %q, want 500", got)
	}
	if !strings.Contains(r.log.String(), "the method's mistake") {
		t.Errorf("the log does not tell of the panic: %q", r.log)
	}
	if got := r.ask("GET /fine HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 204 ") {
		t.Errorf("after a panic: got %q, want 204", got)
	}
}

// A panic outside any method costs its connection only.
func TestPanicOfHookEndsConnection(t *testing.T) {
	first := true
	h := &handler.Base{Done: func(*handler.Exchange) {
		if first {
			first = false
			panic("the hook's mistake")
		}
	}}
	r := run(t, h, nil)
	c := r.dial()
	io.WriteString(c, "GET / HTTP/1.0\r\n\r\n")
	io.ReadAll(c) // whatever came before the end
	eventually(t, "the panic in the log", func() bool { return strings.Contains(r.log.String(), "the hook's mistake") })
	if got := r.ask("GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 501 ") {
		t.Errorf("after a panic: got %q, want 501", got)
	}
}

// spec: C-2
func TestSerialServesOneConnectionAtATime(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	r := run(t, h, func(s *server.Server) { s.Serial = true })
	first := r.dial()
	second := r.dial()
	io.WriteString(second, "GET /a HTTP/1.0\r\n\r\n")
	second.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if n, err := second.Read(make([]byte, 1)); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("the second connection got %d bytes, %v while the first is open", n, err)
	}
	first.Close()
	second.SetReadDeadline(time.Now().Add(timeout))
	if b, err := io.ReadAll(second); err != nil || !strings.HasSuffix(string(b), "\r\n\r\ntext") {
		t.Errorf("after the first closed: %q, %v", b, err)
	}
}

// spec: C-2
func TestThreadingServesBesideIdleConnections(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	r := run(t, h, nil)
	for range 700 {
		c := r.dial()
		io.WriteString(c, "GET /a HT")
	}
	if got := r.ask("GET /a HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "\r\n\r\ntext") {
		t.Errorf("beside 700 slow clients: %q", got)
	}
}

// Connections with a request are never closed in favour of others,
// which wait until one of them has ended.
//
// departs: C-3
func TestLimitOfConnections(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	release := make(chan bool)
	begun := make(chan bool)
	h.Methods["POST"] = func(x *handler.Exchange) error {
		begun <- true
		<-release
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "4")
		x.EndHeaders()
		_, err := x.Write([]byte("done"))
		return err
	}
	r := run(t, h, func(s *server.Server) { s.MaxConnections, s.MaxConnectionsPerAddress = 2, -1 })
	served := []net.Conn{r.dial(), r.dial()}
	for _, c := range served {
		io.WriteString(c, "POST / HTTP/1.0\r\n\r\n")
		<-begun
	}
	third := r.dial()
	io.WriteString(third, "GET /a HTTP/1.0\r\n\r\n")
	third.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if n, err := third.Read(make([]byte, 1)); n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("over the limit: %d bytes, %v", n, err)
	}
	release <- true
	third.SetReadDeadline(time.Now().Add(timeout))
	if b, err := io.ReadAll(third); err != nil || !strings.HasSuffix(string(b), "text") {
		t.Errorf("with a free slot: %q, %v", b, err)
	}
	release <- true
	for _, c := range served {
		if b, err := io.ReadAll(c); err != nil || !strings.HasSuffix(string(b), "done") {
			t.Errorf("a connection with a request got %q, %v", b, err)
		}
	}
}

func TestHandleRequest(t *testing.T) {
	h, _ := files(t, map[string]string{"a": "text"})
	s := server.NewHTTPServer("127.0.0.1:0", h)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	response := make(chan string)
	go func() {
		c, err := net.Dial("tcp", s.Addr().String())
		if err != nil {
			response <- err.Error()
			return
		}
		defer c.Close()
		io.WriteString(c, "GET /a HTTP/1.0\r\n\r\n")
		b, _ := io.ReadAll(c)
		response <- string(b)
	}()
	if err := s.HandleRequest(); err != nil {
		t.Fatal(err)
	}
	if got := <-response; !strings.HasSuffix(got, "text") {
		t.Errorf("got %q", got)
	}
	s.Close()
	if err := s.HandleRequest(); !errors.Is(err, server.ErrClosed) {
		t.Errorf("after Close: %v, want ErrClosed", err)
	}
}

// departs: C-9
func TestNameAndPort(t *testing.T) {
	var name string
	var port int
	h := &handler.Base{Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		name, port = x.Server.Name, x.Server.Port
		x.SendResponse(204, "")
		return x.EndHeaders()
	}}}
	r := run(t, h, nil)
	r.ask("GET / HTTP/1.0\r\n\r\n")
	_, want := r.Addr().(*net.TCPAddr), r.Addr().(*net.TCPAddr).Port
	if name != "127.0.0.1" || port != want || r.ServerName() != name || r.ServerPort() != port {
		t.Errorf("the method saw %s:%d, the server is %s:%d, want 127.0.0.1:%d", name, port, r.ServerName(), r.ServerPort(), want)
	}
}

// spec: B-2 L-5
func TestDualStack(t *testing.T) {
	probe, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("no IPv6 on this computer:", err)
	}
	probe.Close()
	var log lockedBuffer
	h := &handler.Base{ErrorLog: &log}
	s := server.NewThreadingHTTPServer("[::]:0", h)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	go s.ServeForever()
	defer s.Close()
	_, port, _ := net.SplitHostPort(s.Addr().String())
	for _, host := range []string{"127.0.0.1", "::1"} {
		c, err := net.Dial("tcp", net.JoinHostPort(host, port))
		if err != nil {
			t.Fatalf("%s: %v", host, err)
		}
		io.WriteString(c, "GET / HTTP/1.0\r\n\r\n")
		io.ReadAll(c)
		c.Close()
	}
	for _, want := range []string{"::ffff:127.0.0.1 - - [", "\n::1 - - ["} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log %q has no %q", log.String(), want)
		}
	}
	if want := "http://[::]:" + port + "/"; s.URL() != want {
		t.Errorf("URL is %s, want %s", s.URL(), want)
	}
}

// spec: B-1 C-8
func TestAllInterfaces(t *testing.T) {
	s := server.NewThreadingHTTPServer(":0", &handler.Base{})
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !s.Addr().(*net.TCPAddr).IP.IsUnspecified() {
		t.Errorf("bound to %s, want all interfaces", s.Addr())
	}
	again := server.NewThreadingHTTPServer(s.Addr().String(), &handler.Base{})
	if err := again.Listen(); err == nil {
		again.Close()
		t.Error("two servers could listen on one port")
	}
}

// spec: C-5
func TestLastResponseSurvivesUnreadBytes(t *testing.T) {
	h, _ := files(t, nil)
	r := run(t, h, nil)
	for range 20 {
		// More than the server will read before it responds with 414.
		got := r.ask("GET /" + strings.Repeat("x", 200_000) + " HTTP/1.0\r\n\r\n")
		if !strings.HasPrefix(got, "HTTP/1.0 414 ") || !strings.HasSuffix(got, "</html>\n") {
			t.Fatalf("got %q, want a whole 414", got)
		}
	}
}

// spec: C-4 L-6
func TestSilentClients(t *testing.T) {
	h, _ := files(t, nil)
	r := run(t, h, nil)
	for range 10 {
		c := r.dial()
		c.Close()
	}
	if got := r.ask("GET / HTTP/1.0\r\n\r\n"); !strings.Contains(got, "200") {
		t.Fatalf("got %q", got)
	}
	if n := strings.Count(r.log.String(), "\n"); n != 1 {
		t.Errorf("the log is %q, want one line", r.log)
	}
}

func TestShutdown(t *testing.T) {
	release := make(chan bool)
	begun := make(chan bool)
	h := &handler.Base{ProtocolVersion: "HTTP/1.1", Methods: map[string]handler.Method{"GET": func(x *handler.Exchange) error {
		begun <- true
		<-release
		x.SendResponse(200, "")
		x.SendHeader("Content-Length", "4")
		x.EndHeaders()
		_, err := x.Write([]byte("done"))
		return err
	}}}
	h.Methods["HEAD"] = func(x *handler.Exchange) error {
		x.SendResponse(204, "")
		return x.EndHeaders()
	}
	s := server.NewThreadingHTTPServer("127.0.0.1:0", h)
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- s.ListenAndServe(ctx) }()
	r := &running{t: t, addr: s.Addr().String()}

	unused := r.dial()
	time.Sleep(unseen)
	used := r.dial()
	usedIn := bufio.NewReader(used)
	io.WriteString(used, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
	if head, _ := one(t, usedIn); !strings.HasPrefix(head, "HTTP/1.1 204") {
		t.Fatal(head)
	}
	busy := r.dial()
	busyIn := bufio.NewReader(busy)
	io.WriteString(busy, "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-begun

	cancel()
	// Idle connections end at once, whether they were ever used or not.
	if _, err := unused.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("a connection never used: %v, want EOF", err)
	}
	if _, err := usedIn.ReadByte(); err != io.EOF {
		t.Errorf("an idle connection: %v, want EOF", err)
	}
	if c, err := net.Dial("tcp", r.addr); err == nil {
		c.Close()
		t.Error("the server still listens")
	}
	select {
	case err := <-over:
		t.Fatalf("ListenAndServe returned %v with a request under way", err)
	default:
	}
	close(release)
	head, content := one(t, busyIn)
	if content != "done" || !strings.Contains(head, "\r\nConnection: close\r\n") {
		t.Errorf("the current request got %q %q, want it whole, and to be told of the end", head, content)
	}
	if _, err := busyIn.ReadByte(); err != io.EOF {
		t.Errorf("after it: %v, want EOF and no second response", err)
	}
	if err := <-over; err != nil {
		t.Errorf("ListenAndServe returned %v, want nil", err)
	}
}

func TestShutdownTimeout(t *testing.T) {
	h, _ := files(t, map[string]string{"big": strings.Repeat("x", 64<<20)})
	s := server.NewThreadingHTTPServer("127.0.0.1:0", h)
	s.ShutdownTimeout = 50 * time.Millisecond
	if err := s.Listen(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan error, 1)
	go func() { over <- s.ListenAndServe(ctx) }()
	c, err := net.Dial("tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	io.WriteString(c, "GET /big HTTP/1.0\r\n\r\n")
	io.ReadFull(c, make([]byte, 1000)) // and no more
	cancel()
	if err := result(t, over); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ListenAndServe returned %v, want DeadlineExceeded", err)
	}
	if n, _ := io.Copy(io.Discard, c); n >= 64<<20 {
		t.Error("the whole file came, so nothing was cut")
	}
}

// cors is middleware as a program would write it.
func cors(next handler.Handler) handler.Handler {
	return handler.HandlerFunc(func(x *handler.Exchange) error {
		x.OnHead(func(x *handler.Exchange) { x.SendHeader("Access-Control-Allow-Origin", "*") })
		return next.ServeExchange(x)
	})
}

// Behind middleware a connection is as it was: it persists, a malformed request
// gets the handler's own error page, and the log has every line.
func TestMiddleware(t *testing.T) {
	s, _ := files(t, map[string]string{"a.txt": "text"})
	s.ProtocolVersion = "HTTP/1.1"
	s.ErrorMessageFormat = "%(code)d of our own"
	r := run(t, handler.Wrap(s, cors), nil)
	const get = "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n"
	got := r.ask(get + get + "no request\r\n\r\n")
	if strings.Count(got, "HTTP/1.1 200 OK\r\n") != 2 || strings.Count(got, "Access-Control-Allow-Origin: *\r\n") != 2 || !strings.HasSuffix(got, "400 of our own") {
		t.Errorf("got %q", got)
	}
	if log := r.log.String(); strings.Count(log, `"GET /a.txt HTTP/1.1" 200 -`) != 2 || !strings.Contains(log, "code 400") {
		t.Errorf("the log is %q", log)
	}
}
