//go:build linux

package cgi_test

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// After many runs of every kind of end nothing is left: no goroutine, no
// descriptor, no process.
func TestNothingIsLeft(t *testing.T) {
	p := newPlace(t, map[string]string{
		"!cgi-bin/ok.sh":     hello,
		"!cgi-bin/fail.sh":   "#!/bin/sh\nexit 1\n",
		"!cgi-bin/none.sh":   "#!/no/such\n",
		"!cgi-bin/yes.sh":    "#!/bin/sh\nprintf '\\n'\nyes\n",
		"!cgi-bin/back.sh":   "#!/bin/sh\nsleep 1000 &\nprintf '\\n'\n",
		"!cgi-bin/sleep.sh":  "#!/bin/sh\nsleep 1000\n",
		"!cgi-bin/closed.sh": "#!/bin/sh\nprintf '\\nx'\nexec >&- 2>&- <&-\n",
	})
	once := func() {
		p.get("/cgi-bin/ok.sh")
		p.get("/cgi-bin/fail.sh")
		p.get("/cgi-bin/none.sh")
		p.get("/cgi-bin/back.sh")
		p.get("/cgi-bin/closed.sh")
		p.ask("POST /cgi-bin/ok.sh HTTP/1.0\r\nContent-Length: 5\r\n\r\nabcde")
		p.ask("POST /cgi-bin/ok.sh HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n")

		client, over := p.dial() // gone while the script writes
		fmt.Fprint(client, "GET /cgi-bin/yes.sh HTTP/1.0\r\n\r\n")
		io.ReadFull(client, make([]byte, 200))
		client.Close()
		<-over
		client, over = p.dial() // gone while it sends
		fmt.Fprint(client, "POST /cgi-bin/yes.sh HTTP/1.0\r\nContent-Length: 99\r\n\r\nabc")
		client.Close()
		<-over
		p.h.Timeout = time.Millisecond
		p.get("/cgi-bin/sleep.sh")
		p.h.Timeout = time.Minute
	}
	once()
	goroutines, files := runtime.NumGoroutine(), descriptors(t)
	for range 15 {
		once()
	}
	for range 100 { // closing is not always at once
		if runtime.NumGoroutine() <= goroutines && descriptors(t) <= files {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
	if n := descriptors(t); n > files {
		t.Errorf("%d descriptors, %d before", n, files)
	}
	if left := children(t); left != "" {
		t.Errorf("processes left: %s", left)
	}
}

func descriptors(t *testing.T) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// children lists this process's children, ended or not.
func children(t *testing.T) string {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, task := range tasks {
		text, err := os.ReadFile("/proc/self/task/" + task.Name() + "/children")
		if err == nil {
			all = append(all, strings.Fields(string(text))...)
		}
	}
	return strings.Join(all, " ")
}
