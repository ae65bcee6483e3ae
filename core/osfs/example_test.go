package osfs_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vitrine/core/osfs"
)

// A folder whose links cannot lead out of it.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "folder")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	os.WriteFile(filepath.Join(dir, "a.txt"), []byte("hello"), 0o644)

	f, err := osfs.Open(dir, osfs.Inside)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	text, err := fs.ReadFile(f, "a.txt")
	fmt.Println(string(text), err)
	_, err = f.Open("../etc/passwd")
	fmt.Println(err)
	// Output:
	// hello <nil>
	// open ../etc/passwd: invalid argument
}
