package conformance

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/core/internal/servetest"
)

// way is how both servers are started.
type way struct {
	name   string
	flags  []string
	strict bool
	cgi    bool
}

var ways = []*way{
	{name: "1.0"},
	{name: "1.1", flags: []string{"--protocol", "HTTP/1.1"}, strict: true},
	{name: "1.0 with CGI", flags: []string{"--cgi"}, cgi: true},
	{name: "1.1 with CGI", flags: []string{"--protocol", "HTTP/1.1", "--cgi"}, strict: true, cgi: true},
}

// The same bytes to serve and to python3 -m http.server on the same folder:
// status line, fields with order and spelling, content, whether the
// connection stays open, and the log are the same, or the exchange is one of
// the departures and the response meets its condition. A departure that no
// exchange shows is a mistake, too.
func TestDifferential(t *testing.T) {
	python := findPython(t)
	dir := bothTree(t)
	exchanges, withScripts := groups(t), scriptGroup(t)
	revised := map[string]bool{}
	departed, total := 0, 0
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			ours := startServe(t, dir, w.flags...)
			theirs := startPython(t, python, dir, w.flags...)
			list := exchanges
			if w.cgi {
				if python.version >= 315 {
					t.Skip("Python 3.15 and newer have no CGI: nothing to compare with")
				}
				list = append(withScripts, exchanges...)
			}
			var us, them []*reply
			var wg sync.WaitGroup
			wg.Go(func() { us = askAll(t, ours, 8, list, 1) })
			// One at a time: what two threads of http.server write to the log at
			// the same moment can get lost.
			wg.Go(func() { them = askAll(t, theirs, 1, list, 1) })
			wg.Wait()
			// Even so, now and then: a thread can outlive its connection. What
			// came without its log is asked once more.
			again := byte(10)
			for i := range list {
				if len(them[i].log) < len(us[i].log) && len(them[i].responses) == len(us[i].responses) && again < 255 {
					them[i] = askAll(t, theirs, 1, list[i:i+1], again)[0]
					again++
				}
			}
			for i := range list {
				c := &list[i]
				total++
				for j := range them[i].responses {
					if value, ok := them[i].responses[j].field("Server"); ok && pythonServer.MatchString(value) {
						them[i].responses[j].setField("Server", "SERVER")
					}
				}
				us, them := us[i], python.revised(c, them[i], revised)
				if w.strict {
					var err error
					if us, err = connectionTold(c, us, them); err != nil {
						t.Errorf("%s: %v, ours\n%stheirs\n%s", c.name, err, us, them)
					}
				}
				agree := stripped(us).String() == them.String()
				d := departureOf(c, w, python.version)
				switch {
				case d == nil && !agree:
					t.Errorf("%s: ours\n%stheirs\n%s", c.name, stripped(us), them)
				case d != nil && !agree:
					d.used = true
					departed++
					if err := d.better(c, us, them); err != nil {
						t.Errorf("%s departs from %s (%s): %v, ours\n%stheirs\n%s", c.name, d.rule, d.why, err, us, them)
					}
				}
			}
		})
	}
	t.Logf("%d exchanges, %d of them with a named departure", total, departed)
	if total < 600 {
		t.Errorf("got %d exchanges, want at least 600", total)
	}
	for _, d := range departures {
		if !d.used && (d.before == 0 || python.version < d.before) && (!d.root || os.Geteuid() == 0) {
			t.Errorf("no exchange shows the departure from %s (%s)", d.rule, d.why)
		}
	}
	for _, v := range revisions {
		if !revised[v.name] && python.version < v.before {
			t.Errorf("no exchange shows the difference of versions %q", v.name)
		}
	}
}

var pythonServer = regexp.MustCompile(`^SimpleHTTP(/0\.6)? Python/3\.\d+\.\d+\S*$`)

// bothTree is a folder with everything that both serve.
func bothTree(t *testing.T) string {
	t.Helper()
	top := t.TempDir()
	dir := filepath.Join(top, "site")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.Mkdir(dir, 0o755))
	for _, entries := range [][]Entry{
		Tree, ByteTree, typeTree(),
		{{Name: "../outside.txt", Text: "outside\n"}, {Name: "../out/outside.txt", Text: "outside\n"}, {Name: "probe-me/"}},
	} {
		must(WriteTo(dir, entries))
	}
	writeScripts(t, dir)
	// Scripts run as nobody, who must be able to get here.
	must(os.Chmod(filepath.Dir(top), 0o755))
	must(os.Chmod(top, 0o755))
	must(os.Mkdir(filepath.Join(dir, "links"), 0o755))
	for name, to := range map[string]string{
		"to-file.txt": "../hello.txt", "to-dir": "../docs", "out.txt": "../../outside.txt", "out": "../../out",
		"dangling": "nothing", "loop": "loop",
	} {
		must(os.Symlink(to, filepath.Join(dir, "links", name)))
	}
	return dir
}

// askAll sends all exchanges to one server, each from an address of its own in
// 127.network, and adds to each reply the lines it left in the log.
func askAll(t *testing.T, server *servetest.Process, workers int, list []exchange, network byte) []*reply {
	replies := make([]*reply, len(list))
	address := func(i int) net.IP { return net.IPv4(127, network, byte(i>>8), byte(i)) }
	each(workers, list, func(i int, c exchange) { replies[i] = ask(t, server.Addr, address(i), &c) })

	// The log of an exchange is written before its response; that of one more
	// exchange behind all others says that nothing is on its way.
	last := net.IPv4(127, 2, 0, byte(round.Add(1)))
	ask(t, server.Addr, last, &exchange{sent: request("GET", "/last", "HTTP/1.0"), methods: []string{"GET"}, half: true})
	for deadline := time.Now().Add(timeout); !strings.Contains(strings.Join(server.Lines(), "\n"), last.String()+" "); {
		if time.Now().After(deadline) {
			t.Errorf("the log of %s never came: %q", server.Addr, server.Lines())
			break
		}
		time.Sleep(time.Millisecond)
	}
	log := logOf(server.Lines())
	for i := range list {
		replies[i].log = log[address(i).String()]
	}
	return replies
}

var round atomic.Int32
