//go:build js

package browserfs

import (
	"io/fs"
	"strings"
	"syscall/js"
	"testing"

	"github.com/hack-pad/hackpadfs"
	hackpad "github.com/hack-pad/hackpadfs/fstest"
	"github.com/hack-pad/hackpadfs/mem"

	"vitrine/wasm/internal/browsertest"
)

// reading are the groups of hackpadfs' own tests that a read-only file system
// can pass; the others begin by writing.
var reading = []string{
	"/fs.Open/", "/fs.ReadDir/", "/fs.ReadFile/", "/fs.Stat/",
	"/base_file.Close", "/file.Read/", "/file.ReadAt/", "/file.Seek/", "/file.ReadDir/", "/file.Stat",
	"/file_concurrent.Read", "/file_concurrent.Stat",
}

// permissions are two tests among them that compare mode bits, which browsers
// do not tell and FileModeMask does not reach.
var permissions = []string{"_FS/fs.ReadDir/exists/", "_File/file_concurrent.Stat/"}

// TestHackpadfs runs hackpadfs' tests of reading. They write their files to a
// file system in memory first, which is then brought over.
func TestHackpadfs(t *testing.T) {
	for name, build := range map[string]func(t testing.TB, files, dirs []string, read func(string) js.Value) fs.FS{
		"list": func(t testing.TB, files, dirs []string, read func(string) js.Value) fs.FS {
			l := new(List)
			for _, dir := range dirs {
				if err := l.AddDir(dir); err != nil {
					t.Error(err)
				}
			}
			for _, name := range files {
				if err := l.Add(name, read(name)); err != nil {
					t.Error(err)
				}
			}
			return l
		},
		"handles": func(t testing.TB, files, dirs []string, read func(string) js.Value) fs.FS {
			d := browsertest.NewDirectory()
			for _, dir := range dirs {
				d.Put(dir, js.Null())
			}
			for _, name := range files {
				d.Put(name, read(name))
			}
			return NewHandles(d.Handle)
		},
	} {
		options := hackpad.FSOptions{
			Name: name,
			Setup: hackpad.TestSetupFunc(func(t testing.TB) (hackpad.SetupFS, func() hackpadfs.FS) {
				m, err := mem.NewFS()
				if err != nil {
					t.Fatal(err)
				}
				return m, func() hackpadfs.FS { return bring(t, m, build) }
			}),
			Constraints: hackpad.Constraints{FileModeMask: hackpadfs.ModeType},
			ShouldSkip: func(f hackpad.Facets) bool {
				at := f.Name + "/"
				if strings.Count(at, "/") < 4 && !strings.HasSuffix(at, permissions[1]) {
					return false // a group of groups
				}
				for _, group := range permissions {
					if strings.Contains(at, group) {
						return true
					}
				}
				for _, group := range reading {
					if strings.Contains(at, group) {
						return false
					}
				}
				return true
			},
		}
		hackpad.FS(t, options)
		hackpad.File(t, options)
	}
}

// bring copies what is in a file system in memory.
func bring(t testing.TB, m *mem.FS, build func(testing.TB, []string, []string, func(string) js.Value) fs.FS) fs.FS {
	var files, dirs []string
	err := hackpadfs.WalkDir(m, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
		case d.IsDir():
			dirs = append(dirs, name)
		default:
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return build(t, files, dirs, func(name string) js.Value {
		content, err := hackpadfs.ReadFile(m, name)
		if err != nil {
			t.Fatal(err)
		}
		bytes := js.Global().Get("Uint8Array").New(len(content))
		js.CopyBytesToJS(bytes, content)
		return js.Global().Get("File").New([]any{bytes}, name, map[string]any{"lastModified": browsertest.Modified})
	})
}
