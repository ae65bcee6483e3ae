package server_test

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/core/server"
)

func TestLogQueueNeverWaits(t *testing.T) {
	stuck, w := io.Pipe() // never read
	q := server.NewLogQueue(w, 1000)
	line := strings.Repeat("x", 99) + "\n"
	for range 100 {
		if n, err := io.WriteString(q, line); n != len(line) || err != nil {
			t.Fatalf("Write: %d, %v", n, err)
		}
	}
	if q.Close(10 * time.Millisecond) {
		t.Error("Close says that all was written")
	}
	// When it moves again, what fitted comes, then how much did not.
	var got strings.Builder
	read := make(chan bool)
	go func() {
		io.Copy(&got, stuck)
		close(read)
	}()
	if !q.Close(timeout) {
		t.Fatal("the queue did not end")
	}
	w.Close()
	<-read
	kept := strings.Count(got.String(), line)
	lost := 100 - kept
	if kept < 10 || kept > 20 {
		t.Errorf("%d lines were kept", kept)
	}
	if want := strconv.Itoa(lost) + " log lines were dropped here"; !strings.Contains(got.String(), want) {
		t.Errorf("got %q, want %q in it", got.String(), want)
	}
}

func TestLogQueueKeepsOrder(t *testing.T) {
	var out lockedBuffer
	q := server.NewLogQueue(&out, 0)
	var want strings.Builder
	for i := range 1000 {
		line := strconv.Itoa(i) + "\n"
		want.WriteString(line)
		io.WriteString(q, line)
	}
	if !q.Close(timeout) {
		t.Fatal("Close gave up")
	}
	if out.String() != want.String() {
		t.Error("lines are missing or out of order")
	}
	io.WriteString(q, "late\n") // lost, but no panic
}
