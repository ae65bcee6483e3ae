package server_test

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// census is what a leak would show in.
type census struct{ goroutines, descriptors, residentKiB int }

func takeCensus(t *testing.T) census {
	t.Helper()
	runtime.GC()
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rss, _ := strings.Cut(string(status), "VmRSS:")
	kib, _ := strconv.Atoi(strings.Fields(rss)[0])
	return census{runtime.NumGoroutine(), len(fds), kib}
}

// back waits until goroutines and descriptors are back at before.
func (before census) back(t *testing.T) {
	t.Helper()
	var now census
	for end := time.Now().Add(timeout); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		now = takeCensus(t)
		if now.goroutines <= before.goroutines && now.descriptors <= before.descriptors {
			return
		}
	}
	stacks := make([]byte, 1<<16)
	t.Fatalf("before: %+v, after: %+v\n%s", before, now, stacks[:runtime.Stack(stacks, true)])
}

func TestKeepAliveDoesNotGrow(t *testing.T) {
	h, dir := files(t, map[string]string{"a": strings.Repeat("x", 1000)})
	old := time.Now().Add(-time.Hour)
	os.Chtimes(filepath.Join(dir, "a"), old, old) // its entity tag stays the same
	h.ProtocolVersion = "HTTP/1.1"
	h.ErrorLog = io.Discard
	r := run(t, h, nil)
	const requests, conns, batch = 100_000, 4, 50
	const ask = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"
	const close = "Connection: close\r\n"
	length := len(r.ask(strings.Replace(ask, "\r\n\r\n", "\r\n"+close+"\r\n", 1))) - len(close)
	load := func(n int) {
		var all sync.WaitGroup
		for range conns {
			all.Go(func() {
				c, err := net.Dial("tcp", r.addr)
				if err != nil {
					t.Error(err)
					return
				}
				defer c.Close()
				c.SetDeadline(time.Now().Add(2 * timeout))
				responses := make([]byte, batch*length)
				for range n / conns / batch {
					io.WriteString(c, strings.Repeat(ask, batch))
					if _, err := io.ReadFull(c, responses); err != nil {
						t.Error(err)
						return
					}
					if n := bytes.Count(responses, []byte("HTTP/1.1 200 OK\r\n")); n != batch {
						t.Errorf("%d responses to %d requests", n, batch)
						return
					}
				}
			})
		}
		all.Wait()
	}
	before := takeCensus(t)
	load(requests / 10)
	before.back(t)
	warm := takeCensus(t)
	load(requests)
	before.back(t)
	if grown := takeCensus(t).residentKiB - warm.residentKiB; grown > 16<<10 {
		t.Errorf("resident memory grew by %d KiB over %d requests", grown, requests)
	}
}

func TestAbortedDownloadsLeaveNothing(t *testing.T) {
	h, _ := files(t, map[string]string{"big": strings.Repeat("x", 8<<20)})
	h.ErrorLog = io.Discard
	r := run(t, h, nil)
	abort := func(n int) {
		const lanes = 20
		var all sync.WaitGroup
		for range lanes {
			all.Go(func() {
				for range n / lanes {
					c, err := net.Dial("tcp", r.addr)
					if err != nil {
						t.Error(err)
						return
					}
					c.(*net.TCPConn).SetLinger(0) // goes with a reset
					io.WriteString(c, "GET /big HTTP/1.0\r\n\r\n")
					c.Read(make([]byte, 1000))
					c.Close()
				}
			})
		}
		all.Wait()
	}
	before := takeCensus(t)
	abort(100)
	before.back(t)
	warm := takeCensus(t)
	abort(2000)
	before.back(t)
	if grown := takeCensus(t).residentKiB - warm.residentKiB; grown > 16<<10 {
		t.Errorf("resident memory grew by %d KiB", grown)
	}
}

// spec: F-2
// departs: F-3
func TestOnlyRegularFilesAreServed(t *testing.T) {
	h, dir := files(t, map[string]string{"a": "text"})
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o666); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "device")); err != nil {
		t.Fatal(err)
	}
	r := run(t, h, nil)
	for _, name := range []string{"fifo", "socket", "device", "fifo/"} {
		for _, method := range []string{"GET", "HEAD"} {
			if got := r.ask(method + " /" + name + " HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 404 File not found\r\n") {
				t.Errorf("%s of the %s: %q, want 404", method, name, got)
			}
		}
	}
}

// Names that are not UTF-8 work from the listing.
// spec: P-10 I-8
func TestNamesAreBytes(t *testing.T) {
	h, _ := files(t, map[string]string{"caf\xe9 \xff#?.txt": "text"})
	r := run(t, h, nil)
	listing := r.ask("GET / HTTP/1.0\r\n\r\n")
	_, link, _ := strings.Cut(listing, `<li><a href="`)
	link, _, _ = strings.Cut(link, `"`)
	if got := r.ask("GET /" + link + " HTTP/1.0\r\n\r\n"); !strings.HasSuffix(got, "\r\n\r\ntext") {
		t.Errorf("the link %q of the listing leads to %q", link, got)
	}
}
