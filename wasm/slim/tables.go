package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// tables are what the runtime of Go knows of the functions of a program
// (runtime.pcHeader, moduledata and _func; cmd/link/internal/ld/pcln.go). All
// places are in the memory of the program.
type tables struct {
	memory      []byte
	files       span  // names of files, and which of them a package has
	counters    span  // tables from program counter to value, one behind the other
	index       int   // for each function its number and how far behind the index its description is
	first       int   // number of the first function
	functions   []int // where each is described
	buckets     int   // what to begin with when a program counter is looked up
	bucketCount int   // how many these are
}

// span is from a place to another.
type span struct{ at, end int }

func (t *tables) bytes(s span) []byte { return t.memory[s.at:s.end] }
func (t *tables) get(at int) int      { return int(binary.LittleEndian.Uint32(t.memory[at:])) }
func (t *tables) set(at, n int)       { binary.LittleEndian.PutUint32(t.memory[at:], uint32(n)) }

// How a description begins, behind which there are two lists of references,
// to counters and to data such as maps of the stack.
const (
	entryAt         = 0  // number of the function
	nameAt          = 4  // of its name among the names
	stackAt         = 16 // of the counters for the size of its stack
	fileAt          = 20 // of those for its file
	lineAt          = 24 // and line
	countersAt      = 28 // how many more counters it has
	unitAt          = 32 // which files its package has
	firstLineAt     = 36 // the line it begins at
	dataAt          = 43 // how much data it has, a byte
	descriptionSize = 44
)

const (
	indexSize  = 8
	bucketSize = 20 // a number in front, differences from it behind
	// pcBits are those of a program counter that are not the function's number.
	pcBits = 16
	// perBucket is how many program counters a bucket is for.
	perBucket = 4096
)

var errTables = fmt.Errorf("%w: they are not as expected", errUnknown)

// headerStart is the beginning of the header of the tables, from Go 1.20 on.
var headerStart = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// findTables finds the one header that makes sense.
func findTables(memory []byte) (*tables, error) {
	var found *tables
	for at := 0; ; at++ {
		i := bytes.Index(memory[at:], headerStart)
		if i < 0 {
			break
		}
		at += i
		if t := parseTables(memory, at); t != nil {
			if found != nil {
				return nil, fmt.Errorf("%w: there are more than one", errUnknown)
			}
			found = t
		}
	}
	if found == nil {
		return nil, errUnknown
	}
	return found, nil
}

// words reads n words from a place, nil if memory ends before.
func words(memory []byte, at, n int) []int {
	if at < 0 || at > len(memory)-8*n {
		return nil
	}
	w := make([]int, n)
	for i := range w {
		w[i] = int(binary.LittleEndian.Uint64(memory[at+8*i:]))
	}
	return w
}

// parseTables is nil where bytes that look like a header are none.
func parseTables(memory []byte, header int) *tables {
	h := words(memory, header, 9)
	if h == nil {
		return nil
	}
	functions, names, units, counters, index := h[1], h[4], h[5], h[7], h[8]
	if names != 8*len(h) || !slices.IsSorted([]int{names, units, counters, index, len(memory) - header}) {
		return nil
	}
	// What a program says of itself begins with where the header and the names are.
	self := binary.LittleEndian.AppendUint64(nil, uint64(header))
	self = binary.LittleEndian.AppendUint64(self, uint64(header+names))
	m := words(memory, bytes.Index(memory, self), 22)
	if m == nil {
		return nil
	}
	index += header
	buckets, from, to := m[19], m[20], m[21]
	if m[16] != index || m[17] != functions+1 || functions <= 0 || functions > len(memory)/indexSize ||
		from < 0 || to <= from || to-from > functions<<pcBits || buckets < 0 {
		return nil
	}
	t := &tables{
		memory:      memory,
		files:       span{header + units, header + counters},
		counters:    span{header + counters, index},
		index:       index,
		first:       from >> pcBits,
		buckets:     buckets,
		bucketCount: (to - from + perBucket - 1) / perBucket,
	}
	if t.endOfBuckets() > len(memory) || !t.findFunctions(functions) {
		return nil
	}
	return t
}

// endOfBuckets is behind the number of the last bucket, which may have nothing else.
func (t *tables) endOfBuckets() int { return t.buckets + (t.bucketCount-1)*bucketSize + 4 }

// findFunctions tells whether all descriptions are within memory, one behind
// the other, and keeps where.
func (t *tables) findFunctions(n int) bool {
	end := t.index + (n+1)*indexSize
	if end > len(t.memory) {
		return false
	}
	for i := range n {
		at := t.index + t.get(t.index+i*indexSize+4)
		if at < end || at > len(t.memory)-descriptionSize {
			return false
		}
		counters, data := t.lists(at)
		if end = data.end; counters.end < counters.at || end > len(t.memory) {
			return false
		}
		t.functions = append(t.functions, at)
	}
	return true
}

// lists are the references behind the description of a function.
func (t *tables) lists(function int) (counters, data span) {
	at := function + descriptionSize
	counters = span{at, at + 4*t.get(function+countersAt)}
	return counters, span{counters.end, counters.end + 4*int(t.memory[function+dataAt])}
}
