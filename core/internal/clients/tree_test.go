//go:build unix

package clients

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What is served, besides what single clients add (repositories, a video).
const (
	manyFiles = 200 // many/0.txt to many/199.txt
	mib       = 1 << 20
)

var (
	big    []byte // big.bin, 64 MiB
	medium []byte // medium.bin, 3 MiB
	text   = []byte(strings.Repeat("All the bytes of this line are compressible.\n", 2000))
	page   = []byte("<!DOCTYPE html><title>A page</title><h1>Heading</h1><p>One paragraph.")
)

// modified is the time of all files.
var modified = time.Date(2023, 11, 14, 22, 13, 20, 0, time.UTC)

// tree is the folder that mirrors copy. Its names are those that need escapes
// in a target, in a listing, or in both.
var tree = []string{
	"a.txt", "sub/b.txt", "sub/deep/c.txt",
	"with space.txt", "100%.txt", "a#b.txt", "a&b.txt", "it's.txt", "é.txt", "a+b.txt",
	"folder é/d.txt",
}

func many(i int) []byte { return fmt.Appendf(nil, "file %d\n", i) }

// noise is n bytes that are the same in each run and that no two places share.
func noise(seed byte, n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{seed}).Read(b)
	return b
}

func writeTree(root string) error {
	big, medium = noise(1, 64*mib), noise(2, 3*mib)
	files := map[string][]byte{"big.bin": big, "medium.bin": medium, "text.txt": text, "page.html": page}
	for i := range manyFiles {
		files[fmt.Sprintf("many/%d.txt", i)] = many(i)
	}
	for _, name := range tree {
		files["tree/"+name] = []byte("this is " + name + "\n")
	}
	// wget decodes the name of this one twice, so it is in no mirror.
	files["escape/%41.txt"] = []byte("not A")
	for name, content := range files {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
		if err := os.Chtimes(file, modified, modified); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes a file of a client's own directory.
func writeFile(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
