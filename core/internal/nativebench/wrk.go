//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// result is what one load came to.
type result struct {
	requests, bytes int64
	cpu             time.Duration // of the server
}

// report has wrk say what it counted, in whole numbers.
const report = `
done = function(s)
  io.write(string.format("RESULT %d %d %d\n", s.requests, s.bytes,
    s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout + s.errors.status))
end
`

// run puts l on s for a while.
func (b *bench) run(l *load, s *server, span time.Duration) (r result, err error) {
	script := filepath.Join(b.dir, "load.lua")
	if err := os.WriteFile(script, []byte(l.script+report), 0o644); err != nil {
		return r, err
	}
	args := []string{"-t1", fmt.Sprintf("-c%d", l.conns), "-d" + seconds(span), "--timeout", "60s", "-s" + script}
	for _, f := range l.fields {
		args = append(args, "-H"+f)
	}
	before, err := s.used()
	if err != nil {
		return r, err
	}
	out, err := exec.Command("wrk", append(args, s.url(l.path))...).CombinedOutput()
	if err != nil {
		return r, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	after, err := s.used()
	if err != nil {
		return r, err
	}
	var failed int64
	_, line, found := strings.Cut(string(out), "RESULT ")
	if _, err := fmt.Sscan(line, &r.requests, &r.bytes, &failed); !found || err != nil {
		return r, fmt.Errorf("wrk said\n%s", out)
	}
	if failed > 0 && l.name != lostByClose {
		return r, fmt.Errorf("%s, %s: %w: %d of %d\n%s", s.name, l.name, errFailed, failed, r.requests, out)
	}
	if r.requests == 0 && l.per == 0 || r.bytes == 0 {
		return r, fmt.Errorf("%s, %s: no response within %v", s.name, l.name, span)
	}
	r.cpu = after - before
	return r, nil
}

// errFailed says that a server did not respond to a load as it should.
var errFailed = errors.New("requests failed")

// lostByClose is the load of which wrk counts reads that met the end.
const lostByClose = "1 KiB, one connection per request"

// seconds is a span as wrk takes it: whole ones.
func seconds(d time.Duration) string { return fmt.Sprintf("%ds", max(1, int(d.Seconds()+0.5))) }

// cost is what one unit of the load cost, in its unit.
func (l *load) cost(r result) float64 {
	if l.per > 0 {
		return float64(r.cpu.Milliseconds()) / (float64(r.bytes) / l.per)
	}
	return float64(r.cpu.Nanoseconds()) / 1000 / float64(r.requests)
}
