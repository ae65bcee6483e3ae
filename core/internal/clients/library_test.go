//go:build unix

package clients

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

//go:embed testdata/fetch.py
var fetchPy []byte

//go:embed testdata/fetch.mjs
var fetchMjs []byte

// uploads is how often each library sends content that is refused.
const uploads = 12

// library is an HTTP library of a language, behind a script in testdata that
// prints a line for each response.
type library struct {
	client
	command func(s *server) (env, argv []string)
}

// pythonWith is the first Python that has a module: Debian's packages are
// seen by /usr/bin/python3 only. It is "" if there is none.
func pythonWith(module string) string {
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	return ""
}

func TestUrllib(t *testing.T) { testPython(t, "urllib", "urllib.request") }
func TestHttpx(t *testing.T)  { testPython(t, "httpx", "httpx") }

func testPython(t *testing.T, name, module string) {
	if mode == "" {
		t.Skip("VITRINE_CLIENTS is not set; see make test-clients")
	}
	c := client{name: name}
	python := pythonWith(module)
	if python == "" {
		c.skip(t, "no python3 has "+module)
	}
	testLibrary(t, library{c, func(s *server) (env, argv []string) {
		return nil, []string{python, "fetch.py", name, s.ca}
	}})
}

func TestNode(t *testing.T) {
	testLibrary(t, library{client{name: "node", needs: []string{"node"}}, func(s *server) (env, argv []string) {
		if s.ca != "" {
			env = []string{"NODE_EXTRA_CA_CERTS=" + s.ca}
		}
		return env, []string{"node", "fetch.mjs"}
	}})
}

func testLibrary(t *testing.T, l library) {
	l.eachProfile(t, func(t *testing.T, s *server) {
		script := func(t *testing.T, args ...string) []string {
			t.Helper()
			dir := t.TempDir()
			writeFile(t, dir, "fetch.py", fetchPy)
			writeFile(t, dir, "fetch.mjs", fetchMjs)
			env, argv := l.command(s)
			stdout, stderr, err := try(dir, env, argv[0], append(argv[1:], args...)...)
			if err != nil {
				t.Fatalf("%v: %v\n%s%s", args, err, tail(stdout), tail(stderr))
			}
			return strings.Split(strings.TrimSpace(stdout), "\n")
		}
		compare := func(t *testing.T, got, want []string) {
			t.Helper()
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
		t.Run("ranges", func(t *testing.T) {
			size := len(medium)
			got := script(t, "ranges", s.url+"/medium.bin", "0-9", "1000000-", "-7")
			compare(t, got, []string{
				fmt.Sprintf("206 bytes 0-9/%d %x", size, sha256.Sum256(medium[:10])),
				fmt.Sprintf("206 bytes 1000000-%d/%d %x", size-1, size, sha256.Sum256(medium[1000000:])),
				fmt.Sprintf("206 bytes %d-%d/%d %x", size-7, size-1, size, sha256.Sum256(medium[size-7:])),
			})
		})
		t.Run("200 in a row", func(t *testing.T) {
			var want []string
			for i := range manyFiles {
				want = append(want, fmt.Sprintf("200 %x", sha256.Sum256(many(i))))
			}
			compare(t, script(t, "many", s.url+"/many/", fmt.Sprint(manyFiles)), want)
		})
		// A client that is still sending when the response comes has to see it
		// all the same, each time.
		for _, size := range []int{500_000, 2_000_000, 10_000_000} {
			t.Run(fmt.Sprintf("upload of %d bytes", size), func(t *testing.T) {
				got := script(t, "upload", s.url+"/new.bin", fmt.Sprint(size), fmt.Sprint(uploads))
				count := map[string]int{}
				for _, line := range got {
					count[line]++
				}
				if count["501"] != uploads || len(count) != 1 {
					t.Errorf("%d uploads: got %v, want 501 each time", uploads, count)
				}
			})
		}
	})
}
