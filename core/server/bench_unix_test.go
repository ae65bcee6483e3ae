//go:build unix

package server_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"vitrine/core/osfs"
	"vitrine/core/server"
	"vitrine/core/site"
	"vitrine/core/trace"
)

// benchServers are the servers to compare, each in a process of its own, so
// that its processor time and its allocations are its alone.
var benchServers = map[string]func(dir string, l net.Listener) error{
	"vitrine": func(dir string, l net.Listener) error { return benchVitrine(dir, l, nil, nil) },
	"vitrine-log": func(dir string, l net.Listener) error {
		return benchVitrine(dir, l, server.NewLogQueue(io.Discard, 0), nil)
	},
	"vitrine-trace": func(dir string, l net.Listener) error { return benchVitrine(dir, l, nil, new(trace.Log)) },
	"net-http": func(dir string, l net.Listener) error {
		return http.Serve(l, http.FileServer(http.Dir(dir)))
	},
}

func benchVitrine(dir string, l net.Listener, log io.Writer, records *trace.Log) error {
	fsys, err := osfs.Open(dir, osfs.Follow)
	if err != nil {
		return err
	}
	h := site.New(fsys)
	h.ProtocolVersion = "HTTP/1.1"
	h.ErrorLog = log
	s := server.NewThreadingHTTPServer("", h)
	s.Log = records
	return s.Serve(context.Background(), l)
}

// benchChild is the life of a server's process: it says where it listens,
// and what it used so far each time it is asked.
func benchChild(name string) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go benchServers[name](os.Getenv("VITRINE_BENCH_DIR"), l)
	fmt.Println(l.Addr())
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var use syscall.Rusage
		var mem runtime.MemStats
		syscall.Getrusage(syscall.RUSAGE_SELF, &use)
		runtime.ReadMemStats(&mem)
		fmt.Println(use.Utime.Nano()+use.Stime.Nano(), mem.Mallocs)
	}
}

type benchProcess struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Scanner
	addr string
}

func startBench(b testing.TB, name, dir string, attr *syscall.SysProcAttr) *benchProcess {
	b.Helper()
	p := &benchProcess{cmd: exec.Command("/proc/self/exe")}
	if _, err := os.Stat(p.cmd.Path); err != nil {
		p.cmd = exec.Command(os.Args[0])
	}
	p.cmd.SysProcAttr = attr
	p.cmd.Env = append(os.Environ(), "VITRINE_BENCH_SERVER="+name, "VITRINE_BENCH_DIR="+dir)
	p.cmd.Stderr = os.Stderr
	p.in, _ = p.cmd.StdinPipe()
	out, _ := p.cmd.StdoutPipe()
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { p.in.Close(); p.cmd.Wait() })
	p.out = bufio.NewScanner(out)
	p.out.Scan()
	p.addr = p.out.Text()
	return p
}

// used is the processor time in nanoseconds and the number of allocations.
func (p *benchProcess) used(b testing.TB) (cpu, mallocs float64) {
	b.Helper()
	fmt.Fprintln(p.in, "used?")
	p.out.Scan()
	words := strings.Fields(p.out.Text())
	if len(words) != 2 {
		b.Fatalf("the server's process said %q", p.out.Text())
	}
	cpu, _ = strconv.ParseFloat(words[0], 64)
	mallocs, _ = strconv.ParseFloat(words[1], 64)
	return cpu, mallocs
}

// benchCases are requests for files of benchTree, and what must come back.
var benchCases = []struct {
	name, path, field string
	status            string
	size              int
}{
	{"1KiB", "/1K", "", "200", 1 << 10},
	{"64KiB", "/64K", "", "200", 64 << 10},
	{"1MiB", "/1M", "", "200", 1 << 20},
	{"304", "/1K", "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n", "304", 0},
	{"range", "/64K", "Range: bytes=1000-1999\r\n", "206", 1000},
}

func benchTree(b testing.TB) string {
	dir := b.TempDir()
	before := time.Now().Add(-time.Hour)
	for name, size := range map[string]int{"1K": 1 << 10, "64K": 64 << 10, "1M": 1 << 20} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, make([]byte, size), 0o644); err != nil {
			b.Fatal(err)
		}
		os.Chtimes(file, before, before)
	}
	return dir
}

// round sends n requests one after the other and returns what each cost the
// server's process. The four bytes before the first " HTTP" are a number that
// counts: one head after another is seldom the same.
func (p *benchProcess) round(b testing.TB, r *rawReader, ask []byte, status string, size, n int) (cpu, mallocs float64) {
	b.Helper()
	cpu, mallocs = p.used(b)
	number := ask[bytes.Index(ask, []byte(" HTTP"))-4:]
	for i := range n {
		copy(number, fmt.Sprintf("%04d", i%10_000))
		if _, err := r.c.Write(ask); err != nil {
			b.Fatal(err)
		}
		if err := r.response(status, size); err != nil {
			b.Fatal(err)
		}
	}
	cpu2, mallocs2 := p.used(b)
	return (cpu2 - cpu) / float64(n), (mallocs2 - mallocs) / float64(n)
}

// BenchmarkServe compares this server with net/http's FileServer over one
// connection on loopback that persists. An operation is a round of 500
// requests to each server in turn, so that what else the computer does
// troubles all alike. For each server it reports the processor time of its
// process for one request, in its best round, and its allocations.
func BenchmarkServe(b *testing.B) {
	dir := benchTree(b)
	names := []string{"vitrine", "vitrine-log", "vitrine-trace", "net-http"}
	for _, tc := range benchCases {
		b.Run(tc.name, func(b *testing.B) {
			ask := []byte("GET " + tc.path + "?0000 HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\nAccept: */*\r\n" + tc.field + "\r\n")
			processes := make([]*benchProcess, len(names))
			readers := make([]*rawReader, len(names))
			best := make([]float64, len(names))
			allocations := make([]float64, len(names))
			for i, name := range names {
				processes[i] = startBench(b, name, dir, nil)
				c, err := net.Dial("tcp", processes[i].addr)
				if err != nil {
					b.Fatal(err)
				}
				defer c.Close()
				readers[i] = &rawReader{c: c, buf: make([]byte, 128<<10)}
				processes[i].round(b, readers[i], ask, tc.status, tc.size, 100)
				best[i] = math.Inf(1)
			}
			for b.Loop() {
				for i, p := range processes {
					cpu, mallocs := p.round(b, readers[i], ask, tc.status, tc.size, 500)
					best[i], allocations[i] = min(best[i], cpu), mallocs
				}
			}
			for i, name := range names {
				b.ReportMetric(best[i], name+"-cpu-ns/req")
				b.ReportMetric(allocations[i], name+"-allocs/req")
			}
		})
	}
}

// Allocations can be counted on any computer.
func TestFewerAllocationsThanNetHTTP(t *testing.T) {
	dir := benchTree(t)
	for _, tc := range benchCases {
		ask := []byte("GET " + tc.path + "?0000 HTTP/1.1\r\nHost: bench\r\n" + tc.field + "\r\n")
		count := map[string]float64{}
		for _, name := range []string{"vitrine", "net-http"} {
			p := startBench(t, name, dir, nil)
			c, err := net.Dial("tcp", p.addr)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			r := &rawReader{c: c, buf: make([]byte, 128<<10)}
			p.round(t, r, ask, tc.status, tc.size, 50)
			_, count[name] = p.round(t, r, ask, tc.status, tc.size, 200)
		}
		if count["vitrine"] > count["net-http"]/2 {
			t.Errorf("%s: %.1f allocations for a request, net/http %.1f; want at most half", tc.name, count["vitrine"], count["net-http"])
		}
	}
}

// rawReader reads responses whose size is known, without net/http.
type rawReader struct {
	c   net.Conn
	buf []byte
}

func (r *rawReader) response(status string, size int) error {
	n, head := 0, -1
	for head < 0 {
		m, err := r.c.Read(r.buf[n:])
		if err != nil {
			return err
		}
		n += m
		head = strings.Index(string(r.buf[:min(n, 4096)]), "\r\n\r\n")
	}
	if got := string(r.buf[9:12]); got != status {
		return fmt.Errorf("status %s, want %s", got, status)
	}
	for left := head + 4 + size - n; left > 0; {
		m, err := r.c.Read(r.buf)
		if err != nil {
			return err
		}
		left -= m
	}
	return nil
}
