package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// tables are what the runtime of Go knows of the functions of a program
// (runtime.pcHeader and runtime._func; cmd/link/internal/ld/pcln.go).
type tables struct {
	functions int    // how many there are
	counters  []byte // tables from program counter to value, one behind the other
	files     []byte // names of files, and which of them a function's package has
	entries   []byte // where each function is described, and the descriptions
}

// The header: its first eight bytes for Go from 1.20 on in a wasm program, and
// the words behind them.
var headerStart = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

const (
	headerSize   = 8 + 8*8
	functionSize = 44 // without the lists behind it
)

var (
	errNoTables = errors.New("no tables of a known version of Go")
	errTables   = errors.New("the tables are not as expected")
)

// findTables finds the one header that makes sense.
func findTables(memory []byte) (*tables, error) {
	var found *tables
	for at := 0; ; at++ {
		i := bytes.Index(memory[at:], headerStart)
		if i < 0 {
			break
		}
		at += i
		if t := parseTables(memory[at:]); t != nil {
			if found != nil {
				return nil, fmt.Errorf("more than one: %w", errTables)
			}
			found = t
		}
	}
	if found == nil {
		return nil, errNoTables
	}
	return found, nil
}

// parseTables is nil where bytes that look like a header are none.
func parseTables(b []byte) *tables {
	if len(b) < headerSize {
		return nil
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint64(b[8+8*i:])) }
	functions := word(0)
	names, units, files, counters, entries := word(3), word(4), word(5), word(6), word(7)
	if names != headerSize || !slices.IsSorted([]int{names, units, files, counters, entries}) || entries >= len(b) ||
		functions <= 0 || functions > (len(b)-entries)/(8+functionSize) {
		return nil
	}
	return &tables{functions: functions, files: b[units:counters], counters: b[counters:entries], entries: b[entries:]}
}

// Where fields of a function's description are.
const (
	stackAt  = 16 // offset of the table of stack sizes
	fileAt   = 20 // of the table of files
	lineAt   = 24 // of the table of lines
	countAt  = 28 // how many more tables there are: stack maps and the like
	unitAt   = 32 // which files its package has
	firstAt  = 36 // the line it begins at
	behindAt = functionSize
)

// dropLines makes the tables of files and lines those of functions that have
// none, which the runtime shows as "?", and clears what nothing refers to.
func (t *tables) dropLines() error {
	used := make([]bool, len(t.counters))
	for i := range t.functions {
		at := int(binary.LittleEndian.Uint32(t.entries[8*i+4:]))
		if at < 8*t.functions || at > len(t.entries)-functionSize {
			return errTables
		}
		f := t.entries[at:]
		for _, field := range []int{fileAt, lineAt, unitAt, firstAt} {
			clear(f[field : field+4])
		}
		more := int(binary.LittleEndian.Uint32(f[countAt:]))
		if more < 0 || more > (len(f)-behindAt)/4 {
			return errTables
		}
		if err := t.mark(used, f[stackAt:]); err != nil {
			return err
		}
		for i := range more {
			if err := t.mark(used, f[behindAt+4*i:]); err != nil {
				return err
			}
		}
	}
	for i := range t.counters {
		if !used[i] {
			t.counters[i] = 0
		}
	}
	clear(t.files)
	return nil
}

// mark marks the bytes of the table whose offset stands in front of ref.
func (t *tables) mark(used []bool, ref []byte) error {
	at := int(binary.LittleEndian.Uint32(ref))
	if at == 0 {
		return nil // the function has no such table
	}
	// Pairs of a difference of values and one of counters, until a difference
	// of values is 0; that of the first pair may be (runtime.step).
	for first := true; ; first = false {
		for _, isValue := range []bool{true, false} {
			if at < 0 || at >= len(t.counters) {
				return errTables
			}
			n, size := binary.Uvarint(t.counters[at:])
			if size <= 0 {
				return errTables
			}
			for i := range size {
				used[at+i] = true
			}
			at += size
			if isValue && n == 0 && !first {
				return nil
			}
		}
	}
}
