package conformance

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"
)

// Entry is a file or an empty directory of the tree that the corpus is about.
// Directories that hold something need no entry.
type Entry struct {
	Name string // relative, slashes; a slash at the end makes a directory
	Mod  int64  // seconds since 1970; 0 is [Modified]
	Text string // content, if not empty
	Fill int    // else this many bytes, the byte at i being i % 251
}

// Modified is when the files of the tree were changed, unless they say
// otherwise: Tue, 14 Nov 2023 22:13:20 GMT. It has whole seconds, which every
// file system and every browser can hold.
const Modified = 1700000000

// Dir reports whether e is an empty directory.
func (e *Entry) Dir() bool { return strings.HasSuffix(e.Name, "/") }

// Content returns the bytes of a file.
func (e *Entry) Content() []byte {
	if e.Text != "" {
		return []byte(e.Text)
	}
	b := make([]byte, e.Fill)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return b
}

// ModTime is the time of modification.
func (e *Entry) ModTime() time.Time {
	if e.Mod == 0 {
		return time.Unix(Modified, 0)
	}
	return time.Unix(e.Mod, 0)
}

// Files returns the tree in memory.
func Files() fs.FS {
	files := fstest.MapFS{}
	for _, e := range Tree {
		if e.Dir() {
			files[strings.TrimSuffix(e.Name, "/")] = &fstest.MapFile{Mode: fs.ModeDir | 0o755, ModTime: e.ModTime()}
		} else {
			files[e.Name] = &fstest.MapFile{Data: e.Content(), Mode: 0o644, ModTime: e.ModTime()}
		}
	}
	return files
}

// WriteTo writes entries below dir, which must exist, with their times.
func WriteTo(dir string, entries []Entry) error {
	for _, e := range entries {
		name := filepath.Join(dir, filepath.FromSlash(e.Name))
		if e.Dir() {
			if err := os.MkdirAll(name, 0o755); err != nil {
				return err
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, e.Content(), 0o644); err != nil {
			return err
		}
		if err := os.Chtimes(name, e.ModTime(), e.ModTime()); err != nil {
			return err
		}
	}
	return nil
}

// Tree is what is served. Names in posix/ are those that a browser does not
// hand over as they are, so no fetch of the corpus asks for them.
var Tree = []Entry{
	{Name: "index.html", Text: "<!doctype html>\n<title>Cabinet</title>\n<link rel=stylesheet href=/styles/site.css>\n<script type=module src=/js/app.mjs></script>\n<h1>Cabinet</h1>\n"},
	{Name: "hello.txt", Text: "Hello, world!\n"},

	// Sizes.
	{Name: "empty.txt"},
	{Name: "sizes/one.bin", Fill: 1},
	{Name: "sizes/4k.bin", Fill: 4 << 10},
	{Name: "sizes/100k.bin", Fill: 100 << 10},

	// A small site, as people write them.
	{Name: "styles/site.css", Text: "h1 { color: teal }\n"},
	{Name: "js/app.mjs", Text: "import { name } from '/js/name.js';\nconsole.log(name);\n"},
	{Name: "js/name.js", Text: "export const name = 'cabinet';\n"},
	{Name: "img/mark.svg", Text: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>` + "\n"},

	// Directories and index pages.
	{Name: "docs/index.htm", Text: "<title>docs</title>\n"},
	{Name: "docs/guide.html", Text: "<title>guide</title>\n"},
	{Name: "both/index.html", Text: "html\n"},
	{Name: "both/index.htm", Text: "htm\n"},
	{Name: "upper/INDEX.HTML", Text: "not an index page\n"},
	{Name: "fake/index.html/inside.txt", Text: "index.html is a directory here\n"},
	{Name: "fake/index.htm", Text: "so this is the index page\n"},
	{Name: "empty/"},
	{Name: "deep/a/b/c/d/e/f/g/h.txt", Text: "down here\n"},
	{Name: "list/a.txt", Text: "a\n"},
	{Name: "list/B.txt", Text: "B\n"},
	{Name: "list/b10.txt", Text: "b10\n"},
	{Name: "list/b2.txt", Text: "b2\n"},
	{Name: "list/.hidden", Text: "hidden\n"},
	{Name: "list/Zeta/z.txt", Text: "z\n"},
	{Name: "list/éclair.txt", Text: "sorted behind z\n"},
	{Name: "list/Äpfel.txt", Text: "sorted by ä\n"},

	// Times. The entity tag of what will be changed in 2099 is weak.
	{Name: "times/y2k.txt", Mod: 946684799, Text: "Fri, 31 Dec 1999 23:59:59 GMT\n"},
	{Name: "times/y2038.txt", Mod: 2147483648, Text: "Tue, 19 Jan 2038 03:14:08 GMT\n"},
	{Name: "times/2099.txt", Mod: 4102444799, Text: "Thu, 31 Dec 2099 23:59:59 GMT\n"},

	// Names.
	{Name: "names/a space.txt", Text: "a space\n"},
	{Name: "names/it's.txt", Text: "single quote\n"},
	{Name: "names/hash#1.txt", Text: "hash\n"},
	{Name: "names/percent%20.txt", Text: "percent, two, zero\n"},
	{Name: "names/100%.txt", Text: "percent\n"},
	{Name: "names/%.txt", Text: "percent alone\n"},
	{Name: "names/plus+plus.txt", Text: "plus\n"},
	{Name: "names/amp&lt;.txt", Text: "looks escaped\n"},
	{Name: "names/semi;colon.txt", Text: "semicolon\n"},
	{Name: "names/comma,.txt", Text: "comma\n"},
	{Name: "names/at@.txt", Text: "at\n"},
	{Name: "names/til~de.txt", Text: "tilde\n"},
	{Name: "names/brackets[1].txt", Text: "brackets\n"},
	{Name: "names/braces{1}.txt", Text: "braces\n"},
	{Name: "names/caret^.txt", Text: "caret\n"},
	{Name: "names/back`tick.txt", Text: "backtick\n"},
	{Name: "names/dollar$.txt", Text: "dollar\n"},
	{Name: "names/equals=.txt", Text: "equals\n"},
	{Name: "names/paren(1).txt", Text: "parentheses\n"},
	{Name: "names/exclam!.txt", Text: "exclamation mark\n"},
	{Name: "names/-dash.txt", Text: "dash\n"},
	{Name: "names/..two.txt", Text: "two dots before\n"},
	{Name: "names/x..y", Text: "two dots inside\n"},
	{Name: "names/ß.txt", Text: "sharp s\n"},
	{Name: "names/résumé.txt", Text: "acute accents\n"},
	{Name: "names/İstanbul.txt", Text: "dotted capital i\n"},
	{Name: "names/ΟΔΟΣ.txt", Text: "final sigma\n"},
	{Name: "names/日本語.txt", Text: "three characters\n"},
	{Name: "names/emoji 😀.txt", Text: "emoji\n"},
	{Name: "names/dir with #/in.txt", Text: "in a directory of an odd name\n"},
	{Name: "names/so & so/in.txt", Text: "in another\n"},

	// Names for a disk.
	{Name: "posix/back\\slash.txt", Text: "backslash\n"},
	{Name: "posix/new\nline.txt", Text: "line feed\n"},
	{Name: "posix/tab\tbed.txt", Text: "tab\n"},
	{Name: "posix/bell\a.txt", Text: "control\n"},
	{Name: "posix/ends with dot.", Text: "dot\n"},
	{Name: "posix/ends with blank ", Text: "blank\n"},
	{Name: "posix/ leading.txt", Text: "leading blank\n"},
	{Name: "posix/colon:x.txt", Text: "colon\n"},
	{Name: "posix/question?.txt", Text: "question mark\n"},
	{Name: "posix/\"quoted\".txt", Text: "double quotes\n"},
	{Name: "posix/<script>alert(1)<", Text: "would be a script\n"},
	{Name: "posix/star*.txt", Text: "star\n"},
	{Name: "posix/pi|pe.txt", Text: "pipe\n"},
	{Name: "posix/del\x7f.txt", Text: "delete\n"},
	{Name: "posix/nbsp\u00a0.txt", Text: "no-break space\n"},
	{Name: "posix/javascript:alert(1)", Text: "would be a scheme\n"},
	{Name: "posix/time/1970.txt", Mod: 1, Text: "the second after the epoch\n"},
	{Name: "posix/time/1969.txt", Mod: -86400, Text: "before the epoch\n"},

	// Types.
	{Name: "types/page.html", Text: "page\n"},
	{Name: "types/page.htm", Text: "page\n"},
	{Name: "types/PAGE.HTML", Text: "capitals\n"},
	{Name: "types/data.json", Text: "{}\n"},
	{Name: "types/feed.xml", Text: "<a/>\n"},
	{Name: "types/readme.md", Text: "# read me\n"},
	{Name: "types/table.csv", Text: "a,b\n"},
	{Name: "types/conf.yaml", Text: "a: b\n"},
	{Name: "types/program.wasm", Text: "\x00asm\x01\x00\x00\x00"},
	{Name: "types/app.webmanifest", Text: "{}\n"},
	{Name: "types/photo.jpeg", Fill: 10},
	{Name: "types/photo.webp", Fill: 11},
	{Name: "types/photo.avif", Fill: 12},
	{Name: "types/icon.ico", Fill: 13},
	{Name: "types/song.mp3", Fill: 14},
	{Name: "types/song.wav", Fill: 15},
	{Name: "types/film.mp4", Fill: 16},
	{Name: "types/film.webm", Fill: 17},
	{Name: "types/font.woff2", Fill: 18},
	{Name: "types/paper.pdf", Fill: 19},
	{Name: "types/archive.zip", Fill: 20},
	{Name: "types/archive.tar", Fill: 21},
	{Name: "types/archive.tar.gz", Fill: 22},
	{Name: "types/archive.tgz", Fill: 23},
	{Name: "types/page.html.gz", Fill: 24},
	{Name: "types/script.js.br", Fill: 25},
	{Name: "types/picture.svgz", Fill: 26},
	{Name: "types/old.Z", Fill: 27},
	{Name: "types/old.z", Fill: 28},
	{Name: "types/dump.bz2", Fill: 29},
	{Name: "types/dump.xz", Fill: 30},
	{Name: "types/no-extension", Fill: 31},
	{Name: "types/.html", Fill: 32},
	{Name: "types/.hidden.txt", Fill: 33},
	{Name: "types/unknown.zzz", Fill: 34},
	{Name: "posix/types/dot.", Fill: 35},
}

// ByteTree are files whose names are no UTF-8. Only a disk holds them, and
// not every one.
var ByteTree = []Entry{
	{Name: "bytes/\xff.txt", Text: "byte FF\n"},
	{Name: "bytes/caf\xe9.txt", Text: "Latin-1\n"},
	{Name: "bytes/\xc3\xa9\xff", Text: "UTF-8, then not\n"},
	{Name: "bytes/\xed\xa0\x80.txt", Text: "an encoded surrogate as a name\n"},
	{Name: "bytes/\xfe\xff/in.txt", Text: "in a directory\n"},
}
