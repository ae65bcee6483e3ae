//go:build unix

package cgi_test

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const sleeper = "#!/bin/sh\nprintf '\\nx'\nexec sleep 1000\n"

// Only so many scripts run at once; the next is refused at once, and one that
// ends makes room.
//
// departs: G-21
func TestMaxScripts(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/sleep.sh": sleeper, "!cgi-bin/hello.sh": hello, "f.txt": "file"})
	for _, most := range []int{0, 3} {
		p.h.MaxScripts = most
		want := most
		if want == 0 {
			want = 32
		}
		var clients []net.Conn
		var ends []<-chan struct{}
		for range want {
			client, over := p.dial()
			fmt.Fprint(client, "GET /cgi-bin/sleep.sh HTTP/1.0\r\n\r\n")
			if _, err := io.ReadFull(client, make([]byte, len(head200)+3)); err != nil {
				t.Fatal(err)
			}
			clients, ends = append(clients, client), append(ends, over)
		}
		for _, request := range []string{"GET /cgi-bin/hello.sh HTTP/1.0\r\n\r\n", "POST /cgi-bin/hello.sh HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello", "HEAD /cgi-bin/hello.sh HTTP/1.0\r\n\r\n"} {
			got := p.ask(request)
			if !isError(got, "HTTP/1.0 503 Too many CGI scripts are running") || !strings.Contains(got, "\r\nRetry-After: 1\r\n") {
				t.Errorf("%d scripts: %q: got %q", want, request, got)
			}
		}
		if got := p.get("/f.txt"); !strings.HasSuffix(got, "file") {
			t.Errorf("a file: got %q", got)
		}
		if got := p.get("/cgi-bin/no.sh"); !strings.HasPrefix(got, "HTTP/1.0 404 ") {
			t.Errorf("no script: got %q", got)
		}
		p.h.MaxScripts = -1
		if got := p.get("/cgi-bin/hello.sh"); !strings.HasPrefix(got, head200) {
			t.Errorf("without a bound: got %q", got)
		}
		p.h.MaxScripts = most
		p.h.Stop()
		for i := range clients {
			clients[i].Close()
			<-ends[i]
		}
		for range 2 * want { // a slot is given back whatever the end
			for _, target := range []string{"/cgi-bin/hello.sh", "/cgi-bin/no.sh"} {
				if got := p.get(target); strings.HasPrefix(got, "HTTP/1.0 503") {
					t.Fatalf("after the end: got %q", got)
				}
			}
		}
	}
}

// The bound holds when all ask at the same time.
func TestMaxScriptsAtOnce(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh": "#!/bin/sh\ntouch running/$$\nls running | wc -l >>counts\nsleep 0.05\nrm running/$$\nprintf '\\n'\n",
	})
	os.Mkdir(filepath.Join(p.root, "running"), 0o777)
	os.Chmod(filepath.Join(p.root, "running"), 0o777)
	p.file("counts", "")
	os.Chmod(filepath.Join(p.root, "counts"), 0o666)
	p.h.Dir, p.h.MaxScripts = p.root, 4
	var all sync.WaitGroup
	var mu sync.Mutex
	ran, refused := 0, 0
	for range 16 {
		all.Go(func() {
			for range 3 {
				got := p.ask("POST /cgi-bin/x.sh HTTP/1.0\r\nContent-Length: 2\r\n\r\nok")
				mu.Lock()
				if strings.HasPrefix(got, "HTTP/1.0 503 ") {
					refused++
				} else if strings.HasPrefix(got, head200) {
					ran++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	counts, err := os.ReadFile(filepath.Join(p.root, "counts"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range strings.Fields(string(counts)) {
		if n, _ := strconv.Atoi(n); n > 4 {
			t.Errorf("%d scripts ran at once, want 4 at most", n)
		}
	}
	if ran == 0 || refused == 0 || ran+refused != 48 {
		t.Errorf("%d ran and %d were refused, of 48", ran, refused)
	}
}

// A client that holds back the content of its request holds no script.
func TestSlowContentStartsNoScript(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/x.sh":   "#!/bin/sh\ntouch started\nprintf '\\n'\nwc -c\n",
		"!cgi-bin/say.sh": hello,
	})
	os.Chmod(p.root, 0o777)
	p.h.Dir, p.h.MaxScripts = p.root, 1
	started := func() bool {
		_, err := os.Stat(filepath.Join(p.root, "started"))
		return err == nil
	}
	for _, framing := range []string{"Content-Length: 100000\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"} {
		client, over := p.dial()
		fmt.Fprint(client, "POST /cgi-bin/x.sh HTTP/1.1\r\nHost: h\r\n"+framing)
		if got := p.get("/cgi-bin/say.sh"); !strings.HasPrefix(got, head200) {
			t.Errorf("%q: another script: got %q", framing, got)
		}
		if started() {
			t.Errorf("%q: the script was started", framing)
		}
		client.Close()
		<-over
	}
	// 64 KiB, or the end of the content, starts it.
	client, over := p.dial()
	fmt.Fprint(client, "POST /cgi-bin/x.sh HTTP/1.0\r\nContent-Length: 100000\r\n\r\n"+strings.Repeat("x", 64<<10))
	for range 1000 {
		if started() {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if !started() {
		t.Error("the script was not started")
	}
	if got := p.get("/cgi-bin/say.sh"); !strings.HasPrefix(got, "HTTP/1.0 503 ") {
		t.Errorf("beside it: got %q", got)
	}
	go fmt.Fprint(client, strings.Repeat("x", 100000-64<<10))
	got, err := io.ReadAll(client)
	<-over
	if _, content, _ := strings.Cut(string(got), "\r\n\r\n"); strings.TrimSpace(content) != "100000" || err != nil {
		t.Errorf("got %q (%v)", got, err)
	}
}

// A script that runs is not kept waiting for content for ever, however
// steadily it comes.
func TestContentTimeout(t *testing.T) {
	p := newPlace(t, map[string]string{"!cgi-bin/x.sh": "#!/bin/sh\nn=$(wc -c)\nprintf '\\n%s' $n\n"})
	p.h.ContentTimeout = 100 * time.Millisecond
	client, over := p.dial()
	fmt.Fprint(client, "POST /cgi-bin/x.sh HTTP/1.0\r\nContent-Length: 1000000\r\n\r\n"+strings.Repeat("x", 64<<10))
	go func() {
		for {
			if _, err := client.Write([]byte("x")); err != nil {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	got, _ := io.ReadAll(client)
	<-over
	if !isError(string(got), "HTTP/1.0 408 Request Timeout") || !strings.Contains(p.log.String(), "CGI script waited too long for the content of the request\n") {
		t.Errorf("got %q\n%s", got, &p.log)
	}
}
