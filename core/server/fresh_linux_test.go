package server_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vitrine/core/osfs"
	"vitrine/core/server"
	"vitrine/core/site"
)

func init() {
	for name, n := range map[string]int{"kept": 512, "not-kept": 0} {
		benchServers[name] = func(dir string, l net.Listener) error {
			fsys, err := osfs.Open(dir, osfs.Follow)
			if err != nil {
				return err
			}
			fsys.Keep(n)
			h := site.New(fsys)
			h.ProtocolVersion = "HTTP/1.1"
			return server.NewThreadingHTTPServer("", h).Serve(context.Background(), l)
		}
	}
}

// fresh is a file that is changed while it is fetched, and what its responses
// may be.
type fresh struct {
	name   string
	size   int
	change func(t *testing.T, f *fresh) // to the next version; ends with set or missing
	// inPlace says that a response under way may have bytes of two versions, or
	// be cut short.
	inPlace bool
	// large says that the file is sent by sendfile, which hands over pages, not
	// bytes: what is cut off while they are under way is zeros for the client.
	large bool
	// mapped says that it is sent from such pages by the call that takes the head:
	// what was cut off before that may be zeros at the end.
	mapped bool
	// gone says that there is a moment without the file.
	gone bool

	path  string
	mtime time.Time // of the version that is set

	mu       sync.Mutex
	versions []version
	done     atomic.Int64 // index of the last version that is wholly there
	kept     bool         // the process was seen to hold it
}

// version is one state of the file: its content, or its status if that is not
// 200.
type version struct {
	status  int
	content []byte
}

func (f *fresh) next() int { f.mu.Lock(); defer f.mu.Unlock(); return len(f.versions) }

// begin says that from now on the version may be seen, done that none before it
// may.
func (f *fresh) begin(v version) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.versions = append(f.versions, v)
}

func (f *fresh) finish() { f.done.Store(int64(f.next() - 1)) }

// contentOf is content in which each line tells its version.
func contentOf(version, size int) []byte {
	line := fmt.Sprintf("%07d\n", version)
	return []byte(strings.Repeat(line, size/len(line)+1)[:size])
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

// replace puts content in the place of a file by a rename.
func replace(t *testing.T, name string, content []byte) {
	t.Helper()
	must(t, os.WriteFile(name+".new", content, 0o644))
	must(t, os.Rename(name+".new", name))
}

// The ways in which a file can change.
var freshCases = []fresh{
	{name: "renamed over", size: 1000, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size)
		f.begin(version{200, content})
		replace(t, f.path, content)
	}},
	{name: "renamed over, large", size: 100_000, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size+f.next())
		f.begin(version{200, content})
		replace(t, f.path, content)
	}},
	{name: "renamed over, times set back", size: 1000, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size)
		f.begin(version{200, content})
		must(t, os.WriteFile(f.path+".new", content, 0o644))
		must(t, os.Chtimes(f.path+".new", f.mtime, f.mtime))
		must(t, os.Rename(f.path+".new", f.path))
	}},
	{name: "written in place", size: 1000, inPlace: true, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size+f.next()%2)
		f.begin(version{200, content})
		must(t, os.WriteFile(f.path, content, 0o644))
	}},
	{name: "written in place, large", size: 200_000, inPlace: true, large: true, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size-10*f.next())
		f.begin(version{200, content})
		must(t, os.WriteFile(f.path, content, 0o644))
	}},
	{name: "written in place, time set back", size: 1000, inPlace: true, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size)
		f.begin(version{200, content})
		must(t, os.WriteFile(f.path, content, 0o644))
		must(t, os.Chtimes(f.path, f.mtime, f.mtime))
	}},
	{name: "cut short", size: 4000, change: func(t *testing.T, f *fresh) { cutShort(t, f, 8) }},
	{name: "cut short, large", size: 250_000, large: true, change: func(t *testing.T, f *fresh) { cutShort(t, f, 8) }},
	{name: "halved, large", size: 250_000, large: true, change: func(t *testing.T, f *fresh) { cutShort(t, f, f.size/2) }},
	{name: "grown", size: 1000, change: func(t *testing.T, f *fresh) {
		f.mu.Lock()
		content := append(bytes.Clone(f.versions[len(f.versions)-1].content), "more\n"...)
		f.mu.Unlock()
		f.begin(version{200, content})
		file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_APPEND, 0)
		must(t, err)
		_, err = file.WriteString("more\n")
		must(t, err)
		must(t, file.Close())
	}},
	{name: "mode taken away", size: 1000, change: func(t *testing.T, f *fresh) {
		if f.next()%2 == 0 {
			f.begin(version{200, contentOf(0, f.size)})
			must(t, os.Chmod(f.path, 0o644))
			return
		}
		f.begin(version{status: 404})
		must(t, os.Chmod(f.path, 0))
	}},
	{name: "folder closed", size: 1000, change: func(t *testing.T, f *fresh) {
		if f.next()%2 == 0 {
			f.begin(version{200, contentOf(0, f.size)})
			must(t, os.Chmod(filepath.Dir(f.path), 0o755))
			return
		}
		f.begin(version{status: 404})
		must(t, os.Chmod(filepath.Dir(f.path), 0))
	}},
	{name: "removed", size: 1000, change: func(t *testing.T, f *fresh) {
		if f.next()%2 == 0 {
			content := contentOf(f.next(), f.size)
			f.begin(version{200, content})
			replace(t, f.path, content)
			return
		}
		f.begin(version{status: 404})
		must(t, os.Remove(f.path))
	}},
	{name: "link swapped", size: 1000, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size)
		target := fmt.Sprintf("%s.%d", f.path, f.next())
		f.begin(version{200, content})
		must(t, os.WriteFile(target, content, 0o644))
		must(t, os.Symlink(filepath.Base(target), f.path+".link"))
		must(t, os.Rename(f.path+".link", f.path))
	}},
	{name: "folder replaced", size: 1000, gone: true, change: func(t *testing.T, f *fresh) {
		content := contentOf(f.next(), f.size)
		dir := filepath.Dir(f.path)
		must(t, os.Mkdir(dir+".new", 0o755))
		must(t, os.WriteFile(filepath.Join(dir+".new", "f"), content, 0o644))
		f.begin(version{200, content})
		must(t, os.Rename(dir, fmt.Sprintf("%s.%d", dir, f.next())))
		must(t, os.Rename(dir+".new", dir))
	}},
	{name: "stored through a mapping", size: 1000, change: storeMapped},
	{name: "stored through a mapping, large", size: 100_000, change: storeMapped},
}

func cutShort(t *testing.T, f *fresh, by int) {
	if f.next()%2 == 0 { // whole again
		content := contentOf(f.next(), f.size)
		f.begin(version{200, content})
		replace(t, f.path, content)
		return
	}
	f.mu.Lock()
	content := f.versions[len(f.versions)-1].content
	f.mu.Unlock()
	content = content[:len(content)-by]
	f.begin(version{200, content})
	must(t, os.Truncate(f.path, int64(len(content))))
}

// storeMapped changes the first byte through a shared mapping. Only the first
// store after the file was written back moves its times.
func storeMapped(t *testing.T, f *fresh) {
	file, err := os.OpenFile(f.path, os.O_RDWR, 0)
	must(t, err)
	defer file.Close()
	m, err := unix.Mmap(int(file.Fd()), 0, f.size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	must(t, err)
	defer unix.Munmap(m)
	for i := range 3 {
		f.mu.Lock()
		content := bytes.Clone(f.versions[len(f.versions)-1].content)
		f.mu.Unlock()
		content[0]++
		f.begin(version{200, content})
		m[0] = content[0]
		f.finish()
		if i < 2 {
			time.Sleep(3 * time.Second) // it is kept in between
		}
	}
}

// look fetches the file once and says what is wrong with the response.
func (f *fresh) look(c net.Conn, r *bufio.Reader) (problem string, err error) {
	first := f.done.Load()
	url := "/" + strings.ReplaceAll(f.name, " ", "%20") + "/f"
	if _, err := fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", url); err != nil {
		return "", err
	}
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(res.Body)
	f.mu.Lock()
	allowed := f.versions[first:]
	f.mu.Unlock()
	if err != nil {
		if len(allowed) == 1 {
			return fmt.Sprintf("cut after %d bytes, and nothing had changed", len(body)), err
		}
		return "", err
	}
	if res.Close {
		err = io.EOF
	}
	for _, v := range allowed {
		if v.status == res.StatusCode && (v.status != 200 || bytes.Equal(v.content, body)) {
			return "", err
		}
	}
	switch {
	case len(allowed) > 1 && f.gone && res.StatusCode == 404:
		return "", err
	case len(allowed) > 1 && f.inPlace && bytes.IndexByte(body, 0) < 0:
		return "", err
	case len(allowed) > 1 && f.large:
		return "", err
	case len(allowed) > 1 && f.mapped && f.isCutOff(body, allowed):
		return "", err
	}
	return fmt.Sprintf("status %d, %d bytes %q...%q, NUL at %d; versions from %d on of %d would do", res.StatusCode, len(body),
		body[:min(len(body), 8)], body[max(0, len(body)-16):], bytes.IndexByte(body, 0), first, len(allowed)), err
}

// isCutOff reports whether body is of these versions, with zeros where its file
// was cut short.
func (f *fresh) isCutOff(body []byte, allowed []version) bool {
	there := bytes.TrimRight(body, "\x00")
	if f.inPlace {
		return bytes.IndexByte(there, 0) < 0
	}
	return slices.ContainsFunc(allowed, func(v version) bool { return bytes.Equal(v.content, there) })
}

// fetch looks at the file again and again until stop is closed.
func (f *fresh) fetch(t *testing.T, addr string, stop <-chan struct{}) {
	var c net.Conn
	var r *bufio.Reader
	for {
		select {
		case <-stop:
			if c != nil {
				c.Close()
			}
			return
		default:
		}
		if c == nil {
			var err error
			if c, err = net.Dial("tcp", addr); err != nil {
				t.Error(err)
				return
			}
			c.SetDeadline(time.Now().Add(time.Minute))
			r = bufio.NewReader(c)
		}
		problem, err := f.look(c, r)
		if problem != "" {
			t.Errorf("%s: %s", f.name, problem)
			return
		}
		if err != nil {
			c.Close()
			c = nil
		}
	}
}

// Files that are changed in every way while they are fetched: no response to a
// request that came after a change is of before it, none has bytes of two
// versions that one write does not have, and none is of a file that may not be
// read. The server's process is one that permissions mean something to.
func TestNothingStale(t *testing.T) {
	for _, server := range []string{"kept", "not-kept"} {
		t.Run(server, func(t *testing.T) {
			t.Parallel()
			testNothingStale(t, server)
		})
	}
}

func testNothingStale(t *testing.T, kind string) {
	dir := openToAll(t)
	files := make([]*fresh, len(freshCases))
	for i := range freshCases {
		c := &freshCases[i]
		f := &fresh{name: c.name, size: c.size, change: c.change, inPlace: c.inPlace, large: c.large, gone: c.gone, mapped: kind == "kept"}
		f.path = filepath.Join(dir, f.name, "f")
		f.mtime = time.Now().Add(-time.Hour).Truncate(time.Second)
		files[i] = f
		must(t, os.Mkdir(filepath.Dir(f.path), 0o755))
		f.begin(version{200, contentOf(0, f.size)})
		must(t, os.WriteFile(f.path, contentOf(0, f.size), 0o644))
		must(t, os.Chtimes(f.path, f.mtime, f.mtime))
	}
	p := startAsNobody(t, kind, dir)
	rounds := 2
	if testing.Short() {
		rounds = 1
	}
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, f := range files {
		for range 2 {
			all.Go(func() { f.fetch(t, p.addr, stop) })
		}
	}
	for range rounds {
		time.Sleep(2500 * time.Millisecond) // now they are kept, or could be
		held := heldFiles(t, p.cmd.Process.Pid)
		var changes sync.WaitGroup
		for _, f := range files {
			f.kept = f.kept || held[f.path] || f.name == "link swapped"
			changes.Go(func() {
				f.change(t, f)
				f.finish()
			})
		}
		changes.Wait()
	}
	time.Sleep(100 * time.Millisecond)
	close(stop)
	all.Wait()
	if kind == "kept" {
		for _, f := range files {
			if !f.kept {
				t.Errorf("%s: the file was never kept, so nothing was tested", f.name)
			}
		}
	}
}

// heldFiles are the files that a process holds open throughout: those that a
// request opens are gone at the next look.
func heldFiles(t *testing.T, pid int) map[string]bool {
	t.Helper()
	var held map[string]bool
	for range 8 {
		now := map[string]bool{}
		dir := fmt.Sprintf("/proc/%d/fd", pid)
		entries, err := os.ReadDir(dir)
		must(t, err)
		for _, e := range entries {
			if name, err := os.Readlink(filepath.Join(dir, e.Name())); err == nil && (held == nil || held[name]) {
				now[name] = true
			}
		}
		held = now
		time.Sleep(10 * time.Millisecond)
	}
	return held
}

// openToAll is a folder that any user may read.
func openToAll(t *testing.T) string {
	dir := t.TempDir()
	for d := dir; strings.HasPrefix(d, os.TempDir()+"/"); d = filepath.Dir(d) {
		must(t, os.Chmod(d, 0o755))
	}
	return dir
}

// startAsNobody starts a server as a user without privileges, where tests run
// as one with them.
func startAsNobody(t *testing.T, name, dir string) *benchProcess {
	if os.Getuid() != 0 {
		return startBench(t, name, dir, nil)
	}
	const nobody = 65534
	return startBench(t, name, dir, &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}})
}
