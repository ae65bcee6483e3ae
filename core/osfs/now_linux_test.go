package osfs_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"vitrine/core/osfs"
)

// What is not in memory is read from the disk, also where a part of it is.
func TestReadOfWhatIsNotInMemory(t *testing.T) {
	dir := t.TempDir()
	want := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	for _, warm := range []int64{0, 4096, 300_000} { // bytes from the beginning that are in memory
		path := filepath.Join(dir, "cold")
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
		disk, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := disk.Sync(); err != nil { // what is not written stays in memory
			t.Fatal(err)
		}
		if err := unix.Fadvise(int(disk.Fd()), warm, 0, unix.FADV_DONTNEED); err != nil {
			t.Skipf("this file system keeps all in memory: %v", err)
		}
		disk.Close()
		f, err := open(t, dir, osfs.Follow).Open("cold")
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, len(want))
		if n, err := f.(io.ReaderAt).ReadAt(got, 0); n != len(want) || err != nil || !bytes.Equal(got, want) {
			t.Errorf("with %d bytes in memory: %d bytes, %v", warm, n, err)
		}
		f.Close()
	}
}
