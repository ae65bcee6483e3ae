//go:build linux

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// fileTime is when all files of the tree were changed, as far as they say.
var (
	fileTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	fileDate = fileTime.Format(http.TimeFormat)
)

// settle is how long the tree is left alone before anything is measured.
const settle = 3 * time.Second

// makeTree writes the folder that all servers serve.
func makeTree(dir string) error {
	write := func(name string, size int) error {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, bytes.Repeat([]byte("x"), size), 0o644); err != nil {
			return err
		}
		return os.Chtimes(name, fileTime, fileTime)
	}
	for name, size := range map[string]int{"1k.html": 1 << 10, "100k.bin": 100 << 10, "1g.bin": 0} {
		if err := write(name, size); err != nil {
			return err
		}
	}
	if err := os.Truncate(filepath.Join(dir, "1g.bin"), 1<<30); err != nil {
		return err
	}
	for n := range manyFiles {
		if err := write(fmt.Sprintf("many/%d/%d", n/filesInFolder, n%filesInFolder), 1<<10); err != nil {
			return err
		}
	}
	for n := range listed {
		if err := write(fmt.Sprintf("listed/file-%05d.txt", n), 0); err != nil {
			return err
		}
	}
	time.Sleep(settle)
	return nil
}
