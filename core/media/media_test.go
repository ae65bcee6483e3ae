package media

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// spec: T-3
func TestExtension(t *testing.T) {
	for name, want := range map[string]string{
		"":                   "",
		"a":                  "",
		"a.txt":              ".txt",
		"a.":                 ".",
		".html":              "",
		".gz":                "",
		"..x":                "",
		"...":                "",
		"..a.x":              ".x",
		".hidden.txt":        ".txt",
		"a.tar.gz":           ".gz",
		"dir.d/file":         "",
		"dir.d/file.css":     ".css",
		"dir/.html":          "",
		"dir/..html":         "",
		"dir.d/":             "",
		"a b.c d":            ".c d",
		"a\\b.x":             ".x",
		"caf\u00e9.t\u00e9t": ".t\u00e9t",
		"\xff.\xfe":          ".\xfe",
	} {
		if got := Extension(name); got != want {
			t.Errorf("Extension(%q) = %q, want %q", name, got, want)
		}
	}
}

// spec: T-1 T-2 T-3 T-5
func TestGuess(t *testing.T) {
	for name, want := range map[string]string{
		"a.html":         "text/html",
		"a.HTML":         "text/html",
		"A/B.Js":         "text/javascript",
		"a.mjs":          "text/javascript",
		"":               Default,
		"README":         Default,
		".html":          Default,
		".gz":            Default,
		"a.":             Default,
		"a.unknown":      Default,
		"f.gz":           "application/gzip",
		"f.GZ":           "application/gzip",
		"f.Z":            "application/octet-stream",
		"f.z":            Default,
		"f.bz2":          "application/x-bzip2",
		"f.xz":           "application/x-xz",
		"f.tar.gz":       "application/gzip",
		"f.html.gz":      "application/gzip",
		"f.tgz":          "application/x-tar",
		"f.TGZ":          "application/x-tar",
		"f.taz":          "application/x-tar",
		"f.tz":           "application/x-tar",
		"f.tbz2":         "application/x-tar",
		"f.txz":          "application/x-tar",
		"f.svgz":         "image/svg+xml",
		"f.SvgZ":         "image/svg+xml",
		"f.js.br":        "text/javascript",
		"f.js.BR":        Default,
		"f.br":           Default,
		"d.js/.br":       Default,
		".js.br":         Default,
		"f.tgz.br":       Default,
		"f.wasm":         "application/wasm",
		"f.md":           "text/markdown",
		"f.webmanifest":  "application/manifest+json",
		"f.m\u212av":     "video/matroska", // Kelvin sign: a k in lower case
		"f.g\u0130f":     Default,          // no plain i in lower case
		"f.\xff":         Default,
		"x/y.z/file.PDF": "application/pdf",
	} {
		if got := Guess(name, nil, ""); got != want {
			t.Errorf("Guess(%q) = %q, want %q", name, got, want)
		}
	}
}

// spec: T-1 T-2
func TestOverrides(t *testing.T) {
	four := Overrides()
	if len(four) != 4 {
		t.Errorf("Overrides() has %d entries, want 4", len(four))
	}
	for ext, want := range map[string]string{
		".gz": "application/gzip", ".Z": "application/octet-stream",
		".bz2": "application/x-bzip2", ".xz": "application/x-xz",
	} {
		if four[ext] != want {
			t.Errorf("Overrides()[%q] = %q, want %q", ext, four[ext], want)
		}
	}
	own := map[string]string{".html": "a/b", ".": "dot/dot", ".TXT": "big/txt"}
	for _, tc := range []struct{ name, want string }{
		{"x.html", "a/b"},
		{"x.HTML", "a/b"},
		{"x.TXT", "big/txt"},
		{"x.txt", "text/plain"}, // an upper-case key matches only itself
		{"x.", "dot/dot"},
		{"x.gz", "fall/back"}, // the four are gone
		{"x.tar.gz", "application/x-tar"},
		{"x.nothing", "fall/back"},
	} {
		if got := Guess(tc.name, own, "fall/back"); got != tc.want {
			t.Errorf("Guess(%q) = %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestTypeByName(t *testing.T) {
	for name, want := range map[string]string{
		"a.tar.gz": "application/x-tar", "a.gz": "", "a": "", "a.css": "text/css", "a.": "",
	} {
		got, ok := TypeByName(name)
		if got != want || ok != (want != "") {
			t.Errorf("TypeByName(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
}

// departs: T-4 (one table everywhere; a mime.types file is an option)
func TestParseMimeTypes(t *testing.T) {
	types := ParseMimeTypes("# comment\n" +
		"text/vnd.trolltech.linguist\tts\n" +
		"application/xml xml xsl # xsd\n" +
		"\n" +
		"x/none\n" +
		"a/first same\r\n" +
		"b/second same")
	want := map[string]string{
		".ts": "text/vnd.trolltech.linguist", ".xml": "application/xml",
		".xsl": "application/xml", ".same": "b/second",
	}
	if len(types) != len(want) {
		t.Errorf("got %d types %v, want %d", len(types), types, len(want))
	}
	for ext, w := range want {
		if types[ext] != w {
			t.Errorf("%s: got %q, want %q", ext, types[ext], w)
		}
	}
	g := Guesser{System: types}
	for name, w := range map[string]string{
		"a.ts": "text/vnd.trolltech.linguist", "a.XML": "application/xml",
		"a.css": "text/css", "a.gz": "application/gzip",
	} {
		if got := g.Guess(name); got != w {
			t.Errorf("Guess(%q) with mime.types = %q, want %q", name, got, w)
		}
	}
}

// builtIn is the table of T-4 as the specification prints it, without media
// types that have a row of their own below it.
const builtIn = `application/ epub+zip: epub · gzip: gz · json: json · manifest+json: webmanifest · msword: doc dot wiz · n-quads: nq · n-triples: nt · octet-stream: a bin dll exe o obj so · oda: oda · ogg: ogx · pdf: pdf · pkcs7-mime: p7c · postscript: ai eps ps · trig: trig · vnd.apple.mpegurl: m3u m3u8 · vnd.ms-excel: xlb xls · vnd.ms-fontobject: eot · vnd.ms-powerpoint: pot ppa pps ppt pwz · vnd.oasis.opendocument.graphics: odg · vnd.oasis.opendocument.presentation: odp · vnd.oasis.opendocument.spreadsheet: ods · vnd.oasis.opendocument.text: odt · vnd.openxmlformats-officedocument.presentationml.presentation: pptx · vnd.openxmlformats-officedocument.spreadsheetml.sheet: xlsx · vnd.openxmlformats-officedocument.wordprocessingml.document: docx · vnd.rar: rar · wasm: wasm · x-7z-compressed: 7z · x-bcpio: bcpio · x-cpio: cpio · x-csh: csh · x-debian-package: deb · x-dvi: dvi · x-gtar: gtar · x-hdf: hdf · x-hdf5: h5 · x-httpd-php: php · x-latex: latex · x-mif: mif · x-netcdf: cdf nc · x-pkcs12: p12 pfx · x-pn-realaudio: ram · x-python-code: pyc pyo · x-rpm: rpm · x-sh: sh · x-shar: shar · x-shockwave-flash: swf · x-sv4cpio: sv4cpio · x-sv4crc: sv4crc · x-tar: tar · x-tcl: tcl · x-tex: tex · x-texinfo: texi texinfo · x-troff: roff t tr · x-troff-man: man · x-troff-me: me · x-troff-ms: ms · x-ustar: ustar · x-wais-source: src · xml: rdf wsdl xpdl xsl · yaml: yaml yml · zip: zip
audio/ 3gpp: 3gp 3gpp · 3gpp2: 3g2 3gpp2 · aac: aac adts ass loas · basic: au snd · flac: flac · matroska: mka · mp4: m4a · mpeg: mp2 mp3 · ogg: ogg · opus: opus · vnd.wave: wav · webm: weba · x-aiff: aif aifc aiff · x-pn-realaudio: ra
font/ otf: otf · ttf: ttf · woff: woff · woff2: woff2
image/ avif: avif · bmp: bmp · emf: emf · fits: fits · g3fax: g3 · gif: gif · heic: heic · heif: heif · ief: ief · jp2: jp2 · jpeg: jpe jpeg jpg · jpm: jpm · jpx: jpx · png: png · svg+xml: svg · t38: t38 · tiff: tif tiff · tiff-fx: tfx · vnd.microsoft.icon: ico · webp: webp · wmf: wmf · x-cmu-raster: ras · x-portable-anymap: pnm · x-portable-bitmap: pbm · x-portable-graymap: pgm · x-portable-pixmap: ppm · x-rgb: rgb · x-xbitmap: xbm · x-xpixmap: xpm · x-xwindowdump: xwd
message/ rfc822: eml mht mhtml nws
model/ gltf+json: gltf · gltf-binary: glb · stl: stl
text/ css: css · csv: csv · html: htm html · javascript: js mjs · markdown: markdown md · n3: n3 · plain: bat c h ksh pl srt txt · richtext: rtx · rtf: rtf · tab-separated-values: tsv · vtt: vtt · x-python: py · x-rst: rst · x-setext: etx · x-sgml: sgm sgml · x-vcard: vcf · xml: xml
video/ matroska: mkv · matroska-3d: mk3d · mp4: mp4 · mpeg: m1v mpa mpe mpeg mpg · ogg: ogv · quicktime: mov qt · vnd.avi: avi · webm: webm · x-m4v: m4v · x-ms-wmv: wmv · x-sgi-movie: movie
`

// spec: T-4
func TestBuiltInTable(t *testing.T) {
	n := 0
	for line := range strings.Lines(builtIn) {
		kind, row, _ := strings.Cut(strings.TrimSpace(line), " ")
		for item := range strings.SplitSeq(row, " · ") {
			sub, exts, _ := strings.Cut(item, ": ")
			for ext := range strings.FieldsSeq(exts) {
				n++
				want := kind + sub
				if got, _ := TypeByName("f." + strings.ToUpper(ext)); ext != "gz" && got != want {
					t.Errorf("TypeByName(f.%s) = %q, want %q", ext, got, want)
				}
				if got := byExtension(ext); got != want {
					t.Errorf("%s: got %q, want %q", ext, got, want)
				}
			}
		}
	}
	if n != 198 {
		t.Errorf("the test's table has %d extensions", n)
	}
	for _, ext := range []string{"", "htmlx", "HTML", ".html", "x"} {
		if got := byExtension(ext); got != "" {
			t.Errorf("byExtension(%q) = %q, want nothing", ext, got)
		}
	}
}

// changedIn314 are the extensions for which Python 3.14 has another type than
// 3.13; the others it added (section 18).
var changedIn314 = map[string]bool{".wav": true, ".avi": true}

// spec: T-1 T-4 T-5
func TestAgainstPython(t *testing.T) {
	const script = `
import http.server, mimetypes, json
mimetypes.init()
mimetypes._db.types_map = ({}, dict(mimetypes._types_map_default))
g = http.server.SimpleHTTPRequestHandler.guess_type
h = http.server.SimpleHTTPRequestHandler
names = ['f' + e for e in mimetypes._types_map_default]
names += ['/d/f' + e.upper() for e in mimetypes._types_map_default]
names += ['/d/' + n for n in ('f.tgz f.TGZ f.taz f.tz f.tbz2 f.txz f.svgz f.css.br f.css.BR f.br f.tar.gz f.html.gz '
  '.html .gz ..x a. .hidden.txt f.Z f.z f.xz f.bz2 f.GZ f.tar.Z f.tgz.br .tgz a.b/c x.y.css.xz ...css').split()]
print(json.dumps({n: g(h, n) for n in names}))
`
	out, ok := python(t, script)
	if !ok {
		t.Log("no Python 3.13 or newer here; compared with the specification's table only")
		return
	}
	var want map[string]string
	if err := json.Unmarshal([]byte(out), &want); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for name, w := range want {
		if changedIn314[strings.ToLower(Extension(name))] {
			continue
		}
		compared++
		if got := Guess(name, nil, ""); got != w {
			t.Errorf("Guess(%q) = %q, Python says %q", name, got, w)
		}
	}
	if compared < 300 {
		t.Errorf("only %d names compared", compared)
	}
}

// python runs script with a Python of 3.13 or newer, if there is one.
func python(t *testing.T, script string) (stdout string, ok bool) {
	t.Helper()
	names := []string{"python3.15", "python3.14", "python3.13", "python3"}
	if home, err := os.UserHomeDir(); err == nil {
		found, _ := filepath.Glob(filepath.Join(home, ".pyenv/versions/3.1[345]*/bin/python3"))
		names = append(found, names...)
	}
	for _, name := range names {
		out, err := exec.Command(name, "-c", "import sys; print(sys.version_info >= (3, 13))").Output()
		if err != nil || strings.TrimSpace(string(out)) != "True" {
			continue
		}
		out, err = exec.Command(name, "-c", script).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return string(out), true
	}
	return "", false
}

func BenchmarkGuess(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Guess("assets/images/photo.jpeg", nil, "")
	}
}
