//go:build !js

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const program = `package main

import (
	"fmt"
	"runtime"
)

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return nil
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.count() + t.right.count()
}

func deep(n int, f func()) {
	var room [200]*tree
	room[n%200] = grow(2)
	if n == 0 {
		f()
		return
	}
	deep(n-1, f)
	runtime.KeepAlive(&room)
}

func main() {
	done := make(chan int)
	for range 20 {
		go func() {
			n := 0
			deep(500, func() { runtime.GC(); n = grow(10).count() })
			done <- n
		}()
	}
	for range 20 {
		fmt.Println(<-done)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		deep(3, func() { panic("recovered") })
	}()
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(file, line, ok)
	deep(1, func() { panic("at the end") })
}
`

// A program does what it did, its stacks grow and are scanned, and what panics
// still says where.
func TestProgramGoesOn(t *testing.T) {
	node, err := exec.LookPath("node")
	switch {
	case err != nil && os.Getenv("CI") != "":
		t.Fatal(err)
	case err != nil:
		t.Skipf("no node to run programs for wasm: %v", err)
	}
	dir := t.TempDir()
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("main.go", []byte(program))
	write("go.mod", []byte("module program\n"))
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", "program.wasm")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=-mod=mod")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	with, err := os.ReadFile(filepath.Join(dir, "program.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	without, err := Unline(with)
	if err != nil {
		t.Fatal(err)
	}
	write("unlined.wasm", without)
	if again, err := Unline(without); err != nil || !bytes.Equal(again, without) {
		t.Errorf("a second time it is %d bytes in place of %d, %v", len(again), len(without), err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := func(name string) string {
		cmd := exec.Command(node, "--stack-size=8192", filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec_node.js"), filepath.Join(dir, name))
		out, err := cmd.CombinedOutput()
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 2 {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	want, got := run("program.wasm"), run("unlined.wasm")
	if !strings.Contains(want, "main.go:53") {
		t.Fatalf("without Unline there is no line:\n%s", want)
	}
	if strings.Contains(got, ".go:") {
		t.Errorf("lines are left:\n%s", got)
	}
	for _, line := range []string{strings.Repeat("1023\n", 20) + "recovered\n? 0 true\n", "panic: at the end", "main.deep(", "main.main()"} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is missing in\n%s", line, got)
		}
	}
}

// What is not understood is refused.
func TestUnlineRefuses(t *testing.T) {
	const head = "\x00asm\x01\x00\x00\x00"
	for _, tt := range []struct{ name, program string }{
		{"nothing", ""},
		{"another file", "#!/bin/sh\n"},
		{"no sections", head},
		{"a section that does not end", head + "\x0b\x05\x00"},
		{"an endless length", head + "\x0b\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"},
		{"no data", head + "\x0b\x01\x00"},
		{"a segment for later", head + "\x0b\x03\x01\x01\x00"},
		{"a segment beyond memory", head + "\x0b\x09\x01\x00\x41\xff\xff\xff\xff\x07\x0b\x00"},
		{"a segment below memory", head + "\x0b\x06\x01\x00\x41\x7f\x0b\x00"},
		{"a segment that does not end", head + "\x0b\x06\x01\x00\x41\x00\x0b\x05"},
		{"memory without tables", head + "\x0b\x09\x01\x00\x41\x00\x0b\x03abc"},
		{"a header alone", head + "\x0b\x0e\x01\x00\x41\x00\x0b\x08" + string(headerStart)},
	} {
		if _, err := Unline([]byte(tt.program)); err == nil {
			t.Errorf("%s: no error", tt.name)
		}
	}
}

func TestMemory(t *testing.T) {
	for _, memory := range []string{"", "a", "\x00\x00a", "a\x00\x00\x00b", "a" + strings.Repeat("\x00", minGap) + "b", strings.Repeat("\x00", 300) + strings.Repeat("xy\x00", 500) + "z"} {
		m := &module{before: []byte("\x00asm\x01\x00\x00\x00"), after: []byte("after")}
		back, err := parseModule(m.withMemory([]byte(memory)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := back.memory()
		if err != nil || string(got) != memory || string(back.after) != "after" {
			t.Errorf("%q became %q, %v", memory, got, err)
		}
	}
}

func FuzzUnline(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x09\x01\x00\x41\x00\x0b\x03abc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		once, err := Unline(b)
		if err != nil {
			return
		}
		if twice, err := Unline(once); err != nil || !bytes.Equal(twice, once) {
			t.Errorf("a second time it is %d bytes in place of %d, %v", len(twice), len(once), err)
		}
	})
}
