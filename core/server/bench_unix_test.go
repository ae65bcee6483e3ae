//go:build unix

package server_test

import (
	"bufio"
	"fmt"
	"io"
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

	"vitrine/core/folder"
	"vitrine/core/server"
	"vitrine/core/site"
)

// benchServers are the servers to compare, each in a process of its own, so
// that its processor time and its allocations are its alone.
var benchServers = map[string]func(dir string, l net.Listener) error{
	"vitrine": func(dir string, l net.Listener) error {
		fsys, err := folder.Open(dir, folder.Follow)
		if err != nil {
			return err
		}
		h := site.New(fsys)
		h.ProtocolVersion = "HTTP/1.1"
		s := server.NewThreadingHTTPServer("", h)
		s.Use(l)
		return s.ServeForever()
	},
	"net-http": func(dir string, l net.Listener) error {
		return http.Serve(l, http.FileServer(http.Dir(dir)))
	},
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

func startBench(b *testing.B, name, dir string) *benchProcess {
	b.Helper()
	p := &benchProcess{cmd: exec.Command(os.Args[0])}
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
func (p *benchProcess) used(b *testing.B) (cpu, mallocs float64) {
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

// BenchmarkServe compares this server with net/http's FileServer over one
// connection on loopback that persists. cpu-ns/op and mallocs/op are those of
// the server's process.
func BenchmarkServe(b *testing.B) {
	dir := b.TempDir()
	long := time.Now().Add(-time.Hour)
	for name, size := range map[string]int{"1K": 1 << 10, "64K": 64 << 10, "1M": 1 << 20} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, make([]byte, size), 0o644); err != nil {
			b.Fatal(err)
		}
		os.Chtimes(file, long, long)
	}
	cases := []struct {
		name, path, field string
		status            string
		size              int
	}{
		{"1KiB", "/1K", "", "200", 1 << 10},
		{"64KiB", "/64K", "", "200", 64 << 10},
		{"1MiB", "/1M", "", "200", 1 << 20},
		{"304", "/1K", "If-Modified-Since: " + time.Now().UTC().Format(http.TimeFormat) + "\r\n", "304", 0},
		{"range", "/64K", "Range: bytes=1000-1999\r\n", "206", 1000},
	}
	for _, tc := range cases {
		for _, name := range []string{"vitrine", "net-http"} {
			b.Run(tc.name+"/"+name, func(b *testing.B) {
				p := startBench(b, name, dir)
				c, err := net.Dial("tcp", p.addr)
				if err != nil {
					b.Fatal(err)
				}
				defer c.Close()
				ask := []byte("GET " + tc.path + " HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\nAccept: */*\r\n" + tc.field + "\r\n")
				r := rawReader{c: c, buf: make([]byte, 128<<10)}
				get := func() {
					if _, err := c.Write(ask); err != nil {
						b.Fatal(err)
					}
					if err := r.response(tc.status, tc.size); err != nil {
						b.Fatal(err)
					}
				}
				for range 100 {
					get()
				}
				cpu, mallocs := p.used(b)
				for b.Loop() {
					get()
				}
				cpu2, mallocs2 := p.used(b)
				b.ReportMetric((cpu2-cpu)/float64(b.N), "cpu-ns/op")
				b.ReportMetric((mallocs2-mallocs)/float64(b.N), "mallocs/op")
			})
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
