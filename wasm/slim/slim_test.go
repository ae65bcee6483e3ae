//go:build !js

package main

import (
	"bytes"
	"encoding/binary"
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
	without, err := Slim(with)
	if err != nil {
		t.Fatal(err)
	}
	write("slim.wasm", without)
	if _, err := Slim(without); !errors.Is(err, errUnknown) {
		t.Errorf("a second time: %v", err)
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
	want, got := run("program.wasm"), run("slim.wasm")
	if !strings.Contains(want, "main.go:53") {
		t.Fatalf("without Slim there is no line:\n%s", want)
	}
	if strings.Contains(got, ".go:") {
		t.Errorf("lines are left:\n%s", got)
	}
	if strings.Contains(got, "(0x") {
		t.Errorf("arguments are left:\n%s", got)
	}
	for _, line := range []string{strings.Repeat("1023\n", 20) + "recovered\n? 0 true\n", "panic: at the end", "main.deep(", "main.main()"} {
		if !strings.Contains(got, line) {
			t.Errorf("%q is missing in\n%s", line, got)
		}
	}
}

// What is not understood is refused.
func TestSlimRefuses(t *testing.T) {
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
		if _, err := Slim([]byte(tt.program)); err == nil {
			t.Errorf("%s: no error", tt.name)
		}
	}
}

func TestMemory(t *testing.T) {
	for _, memory := range []string{"", "a", "\x00\x00a", "a\x00\x00\x00b", "a" + strings.Repeat("\x00", minGap) + "b", strings.Repeat("\x00", 300) + strings.Repeat("xy\x00", 5000) + "z"} {
		m := module{{importSection, []byte("before")}, {dataSection, nil}, {0, []byte("after")}}
		m.setMemory([]byte(memory))
		back, err := parseModule(m.bytes())
		if err != nil {
			t.Fatal(err)
		}
		got, err := back.memory()
		if err != nil || string(got) != memory || len(back) != 3 || string(back[2].content) != "after" {
			t.Errorf("%q became %q, %v", memory, got, err)
		}
	}
}

// tiny is a program with the tables of two functions, as far as Slim looks at it.
func tiny() []byte {
	const (
		header   = 16
		names    = header + 72
		units    = names + 8
		counters = units + 8
		index    = counters + 8
		first    = index + 3*indexSize
		second   = first + descriptionSize + 4*4
		buckets  = second + descriptionSize
		self     = buckets + 400
	)
	memory := make([]byte, self+22*8, self+22*8+1)
	memory = append(memory, '.') // zeros at the end are not written
	word := func(at int, n ...int) {
		for i, n := range n {
			binary.LittleEndian.PutUint64(memory[at+8*i:], uint64(n))
		}
	}
	half := func(at int, n ...int) {
		for i, n := range n {
			binary.LittleEndian.PutUint32(memory[at+4*i:], uint32(n))
		}
	}
	copy(memory[header:], headerStart)
	word(header+8, 2, 0, 0, names-header, units-header, units-header, counters-header, index-header)
	copy(memory[names:], "one\x00two\x00")
	copy(memory[counters:], "\x00\x02\x01\x00\x05\x01\x00")
	half(index, 7, first-index, 8, second-index, 9)
	half(first, 7, 0, 0, 0, 4, 0, 0, 2, 0, 0, 2<<24, 1, 1, 0, noData)
	half(second, 8, 4, 0, 0, 1)
	for i := range 17 {
		half(buckets+i*bucketSize, i/bucketsEach)
	}
	word(self, header, names)
	word(self+16*8, index, 3, 3, buckets, 7<<pcBits, 8<<pcBits+1)
	m := module{
		{typeSection, []byte{0}},
		{importSection, []byte{1, 1, 'm', 1, 'f', 0, 0}},
		{functionSection, []byte{0}},
		{exportSection, []byte{0}},
		{codeSection, []byte{0}},
		{dataSection, nil},
	}
	m.setMemory(memory)
	return m.bytes()
}

func TestTiny(t *testing.T) {
	program, err := Slim(tiny())
	if err != nil {
		t.Fatal(err)
	}
	m, err := parseModule(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		id   sectionID
		want []byte
	}{
		{typeSection, []byte{1, functionType, 0, 0}},
		{functionSection, []byte{1, 0}},
		{startSection, []byte{1}}, // behind the one that is imported
	} {
		if at, err := m.section(tt.id); err != nil || !bytes.Equal(m[at].content, tt.want) {
			t.Errorf("section %d: % x, %v", tt.id, m[at].content, err)
		}
	}
	memory, err := m.memory()
	if err != nil {
		t.Fatal(err)
	}
	// The second function's counters were the first there, and are the last now.
	if want := []byte("\x00\x05\x01\x00\x02\x01\x00"); !bytes.Contains(memory, want) {
		t.Errorf("% x is not in\n% x", want, memory)
	}
}

func FuzzSlim(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x09\x01\x00\x41\x00\x0b\x03abc"))
	f.Add(tiny())
	f.Fuzz(func(t *testing.T, b []byte) {
		once, err := Slim(b)
		if err != nil {
			return
		}
		if m, err := parseModule(once); err != nil {
			t.Error(err)
		} else if _, err := m.memory(); err != nil {
			t.Error(err)
		}
		if _, err := Slim(once); err == nil {
			t.Error("no error a second time")
		}
	})
}
