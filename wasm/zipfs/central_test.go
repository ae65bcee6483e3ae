package zipfs

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"testing"
)

// member is what a test packs with archive/zip.
type member struct {
	name, text string
	method     uint16
}

func pack(t *testing.T, entries ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		f, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: e.method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A directory is read as archive/zip reads it, whatever stands around it.
func TestCentralIsThatOfArchiveZip(t *testing.T) {
	plain := pack(t, member{"a.txt", "a", zip.Store}, member{"ü/b.css", "bbbbbbbbbb", zip.Deflate}, member{"empty/", "", zip.Store})
	var many []member
	for i := range 70_000 { // more than the first end record can count: Zip64
		many = append(many, member{fmt.Sprint(i), "", zip.Store})
	}
	var comment bytes.Buffer
	w := zip.NewWriter(&comment)
	if _, err := w.Create("a"); err != nil {
		t.Fatal(err)
	}
	w.SetComment("a comment, behind which nothing follows")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for title, p := range map[string][]byte{
		"plain": plain, "empty": pack(t), "behind a program": append(bytes.Repeat([]byte("program"), 1000), plain...),
		"Zip64": pack(t, many...), "with a comment": comment.Bytes(),
	} {
		want, err := zip.NewReader(bytes.NewReader(p), int64(len(p)))
		if err != nil {
			t.Fatalf("%s: %v", title, err)
		}
		got, err := readCentral(bytes.NewReader(p), int64(len(p)))
		if err != nil || len(got) != len(want.File) {
			t.Errorf("%s: got %d entries, %v, want %d", title, len(got), err, len(want.File))
			continue
		}
		for i, w := range want.File {
			g := &got[i]
			at, err := contentAt(bytes.NewReader(p), g, int64(len(p)))
			wantAt, wantErr := w.DataOffset()
			if g.name != w.Name || g.method != w.Method || g.flags != w.Flags || g.size != w.CompressedSize64 || g.unpacked != w.UncompressedSize64 || at != wantAt || err != nil || wantErr != nil {
				t.Fatalf("%s: got %+v at %d, %v, want %+v at %d, %v", title, g, at, err, w.FileHeader, wantAt, wantErr)
			}
		}
	}
}

// Numbers that only Zip64 has room for.
func TestExtra64(t *testing.T) {
	fields := []byte{9, 9, 2, 0, 1, 2, 1, 0, 16, 0, 5, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0}
	unpacked, size, header := uint64(0xffffffff), uint64(3), uint64(0xffffffff)
	if !extra64(fields, &unpacked, &size, &header) || unpacked != 1<<32+5 || size != 3 || header != 2<<32+7 {
		t.Errorf("got %d, %d, %d", unpacked, size, header)
	}
	size = 0xffffffff
	unpacked, header = size, size
	if extra64(fields, &unpacked, &size, &header) {
		t.Error("a field that is too short was taken")
	}
}

// Whatever is read is within the archive, and it ends.
func FuzzCentral(f *testing.F) {
	add := func(p []byte) { f.Add(p) }
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	out, err := w.Create("a.txt")
	if err != nil {
		f.Fatal(err)
	}
	io.WriteString(out, "text")
	w.Close()
	add(b.Bytes())
	add(b.Bytes()[:b.Len()-1])                                                           // cut off
	add(append(b.Bytes(), "PK\x05\x06"...))                                              // what only looks like a second end
	add(bytes.Replace(b.Bytes(), []byte{1, 0, 1, 0}, []byte{0xff, 0xff, 0xff, 0xff}, 1)) // more entries than there are
	f.Fuzz(func(t *testing.T, p []byte) {
		list, err := readCentral(bytes.NewReader(p), int64(len(p)))
		if err != nil {
			return
		}
		for i := range list {
			at, err := contentAt(bytes.NewReader(p), &list[i], int64(len(p)))
			if err == nil && (at < 0 || uint64(at)+list[i].size > uint64(len(p))) {
				t.Fatalf("%q at %d, %d bytes of %d", list[i].name, at, list[i].size, len(p))
			}
		}
	})
}
