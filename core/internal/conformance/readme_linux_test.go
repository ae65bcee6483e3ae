package conformance

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// elsewhere are departures that no single response shows, with the test that
// does.
var elsewhere = []struct{ rule, does, instead, asks, test string }{
	{"C-3, C-9", "waits for clients without end, takes any number of connections", "time limits for heads, idle and stalled connections, a limit on connections, bounded draining", "X-9", "../../server TestSlowHead"},
	{"C-9", "lets connections that send nothing fill it, and one address take all", "at the limit the one that has waited longest for a request makes room, and an address with too many gets 503", "X-9", "../../server TestWaitingConnectionsMakeRoom"},
	{"C-5", "closes while its client still sends, which destroys the response to a large upload", "reads on, bounded in time and bytes, until the client has taken the response", "RFC 9112 §9.6", "../../server TestRefusedUploadGetsItsResponse"},
	{"C-6, W-5, S-5", "ends the connection without a response when a method fails or a response cannot be written down", "500, or a repaired reason phrase", "X-4", "../../server TestPanicOfMethodGets500"},
	{"C-7", "prints a traceback when a client goes away", "silence", "X-9", "../conformance TestVanishedClients"},
	{"K-10", "leaves the end of a response to its method", "a response without a length is chunked, or ends with the connection and says so", "RFC 9112 §6.3", "../../handler TestPersistenceDiffers"},
	{"H-5", "serves every Host", "421 for vitrine.localhost and the names below it, on every address: they are the browser edition's; only --allow-host with such a name opens it", "X-7, RFC 9110 §7.4", "../../cmd/serve TestHostRule"},
	{"W-3", "Server: SimpleHTTP/0.6 Python/…", "Server: Vitrine/…", "its own name", "../conformance TestSession"},
	{"F-3", "opens FIFOs and devices, and waits for them", "404: regular files and directories only", "X-8", "../../server TestOnlyRegularFilesAreServed"},
	{"F-2", "serves its own log, if it is redirected into the folder", "404 for log, trace and redirected standard error under every name, and listings leave them out", "X-8", "../../cmd/serve TestLogsAreNotServed"},
	{"F-4", "sends what a file has become, whatever length it announced", "exactly that length, or the connection is closed short", "X-8", "../../server TestFileThatGrows"},
	{"F-4", "Content-type, Content-Length, Last-Modified", "ETag and Accept-Ranges behind them; ETag with 304, too", "RFC 9110 §8.8.3, §14.3", "../conformance TestDifferential"},
	{"F-4", "no Cache-Control, so browsers use a file for a tenth of its age without asking", "Cache-Control: no-cache with files, their 304 and listings; --cache VALUE says otherwise, --cache off leaves it out", "RFC 9111 §4.2.2, §5.2.2.4", "../../site TestCacheControl"},
	{"P-5", "leaves parts of a path out that Windows reads otherwise", "404 for them", "gh-104711", "../winname TestSpecial"},
	{"P-5", "lists names that Windows cannot open, or opens something else for", "they are not listed", "gh-104711", "../../site TestNamesListedOnWindows"},
	{"P-13", "follows symbolic links anywhere", "the same; --links inside keeps them in the folder", "X-8", "../../osfs TestLinkPolicies"},
	{"I-5", "names that are equal in lower case in any order", "in the order of their bytes", "one order everywhere", "../../site/listing TestSort"},
	{"T-4", "lets tables of the machine change media types", "one table everywhere", "the same response on every machine", "../../media TestParseMimeTypes"},
	{"L-8", "colours on a terminal (from Python 3.15)", "none", "a log is text", "../conformance TestTerminal"},
	{"G-14", "hands the connection itself to a script", "the content of the request, and nothing behind it", "X-6", "../../cgi TestPipelinedRequests"},
	{"G-21", "waits for scripts without end", "a time limit, and one for their output", "X-6", "../../cgi TestLimits"},
	{"G-21", "runs any number of scripts at once, and starts one when the header section of its request is there", "a limit on scripts, then 503; one is started with the first 64 KiB of content or all of it", "X-9", "../../cgi TestMaxScripts"},
	{"G-9", "leaves orphans of scripts as zombies when it is process 1", "they are waited for", "X-6", "../../cmd/serve TestProcess1LeavesNoZombies"},
	{"B-4", "dies of SIGTERM", "responses under way are finished first, then exit code 0", "X-9", "../../cmd/serve TestTerminateFinishesDownloads"},
	{"B-5, B-6, TLS-4", "tracebacks, and a port of 70000 becomes 4464", "one line that says what to do", "X-10", "../../cmd/serve TestStartErrors"},
	{"TLS-5", "a silent client blocks all others during its handshake", "handshakes beside each other, with a time limit", "X-9", "../../server TestSilentClientDelaysNoOther"},
	{"TLS-5", "drops a client that does not speak TLS", "a plain 400 that says so", "X-4", "../../server TestPlainRequestToTLS"},
}

// departureTable is every departure as a table in Markdown.
func departureTable() string {
	var b strings.Builder
	b.WriteString("| rule | http.server | Vitrine | because | when |\n| --- | --- | --- | --- | --- |\n")
	for _, d := range departures {
		if d.does == "" {
			continue
		}
		asks, instead, found := strings.Cut(d.why, ": ")
		if !found {
			asks, instead = "", d.why
		}
		when := "always"
		switch {
		case d.when != "":
			when = d.when
		case d.strict && d.cgi:
			when = "`--protocol HTTP/1.1 --cgi`"
		case d.strict:
			when = "`--protocol HTTP/1.1`"
		case d.cgi:
			when = "`--cgi`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", d.rule, d.does, instead, asks, when)
	}
	for _, e := range elsewhere {
		when := "always"
		if strings.HasPrefix(e.rule, "G-") {
			when = "`--cgi`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", e.rule, e.does, e.instead, e.asks, when)
	}
	return b.String()
}

// browserTable is what a page sees otherwise than a socket.
func browserTable() string {
	var b strings.Builder
	b.WriteString("| in a browser | because |\n| --- | --- |\n")
	for _, d := range Differences {
		fmt.Fprintf(&b, "| %s | %s |\n", d.What, d.Why)
	}
	return b.String()
}

// The tables of the READMEs are those of the tests: between two comments
// stands just what the comparison with http.server, and the parity with a
// browser, let pass.
func TestREADME(t *testing.T) {
	tables := map[string]string{
		"departures": departureTable(),
		"browser":    browserTable(),
	}
	found := map[string]bool{}
	for _, name := range []string{"../../../README.md", "../../README.md"} {
		text, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) && name != "../../README.md" {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		whole := string(text)
		for table, want := range tables {
			start := "<!-- table: " + table + " -->\n"
			before, rest, ok := strings.Cut(whole, start)
			if !ok {
				continue
			}
			got, after, ok := strings.Cut(rest, "<!-- end -->")
			if !ok {
				t.Fatalf("%s: no end of the table %s", name, table)
			}
			found[table] = true
			if got != want && !*update {
				t.Errorf("%s: the table %s is not that of the tests: run go test ./core/internal/conformance -run TestREADME -update", name, table)
			}
			whole = before + start + want + "<!-- end -->" + after
		}
		if *update {
			if err := os.WriteFile(name, []byte(whole), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for table := range tables {
		if !found[table] {
			t.Errorf("no README has the table %s", table)
		}
	}
	for _, e := range elsewhere {
		folder, test, _ := strings.Cut(e.test, " ")
		if !hasTest(t, folder, test) {
			t.Errorf("%s has no %s, which shows the departure from %s", folder, test, e.rule)
		}
	}
}

func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, err := os.ReadFile(folder + "/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}
