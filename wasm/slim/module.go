package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// module is a program in the binary format of WebAssembly (WebAssembly Core
// §5.5): its sections in their order.
type module []section

type section struct {
	id      sectionID
	content []byte
}

type sectionID byte

// The sections of which something is read or changed.
const (
	typeSection     sectionID = 1
	importSection   sectionID = 2
	functionSection sectionID = 3
	exportSection   sectionID = 7
	startSection    sectionID = 8
	codeSection     sectionID = 10
	dataSection     sectionID = 11
)

const moduleHead = "\x00asm\x01\x00\x00\x00"

var errModule = errors.New("not a WebAssembly module")

func parseModule(b []byte) (module, error) {
	b, ok := bytes.CutPrefix(b, []byte(moduleHead))
	if !ok {
		return nil, errModule
	}
	var m module
	for len(b) > 0 {
		content, rest, err := counted(b[1:])
		if err != nil {
			return nil, err
		}
		m = append(m, section{sectionID(b[0]), content})
		b = rest
	}
	return m, nil
}

// bytes is the module as a file.
func (m module) bytes() []byte {
	b := []byte(moduleHead)
	for _, s := range m {
		b = append(b, byte(s.id))
		b = appendCounted(b, s.content)
	}
	return b
}

// section is where a section is in the module. Every section is there once.
func (m module) section(id sectionID) (at int, err error) {
	at = slices.IndexFunc(m, func(s section) bool { return s.id == id })
	if at < 0 {
		return 0, fmt.Errorf("no section %d", id)
	}
	return at, nil
}

// vector is what a section has that is a vector: how many elements, and their
// bytes.
func (m module) vector(id sectionID) (n int, elements []byte, err error) {
	at, err := m.section(id)
	if err != nil {
		return 0, nil, err
	}
	return number(m[at].content)
}

// push puts one element more into such a section, and tells its number.
func (m module) push(id sectionID, element []byte) (n int, err error) {
	at, err := m.section(id)
	if err != nil {
		return 0, err
	}
	n, elements, err := number(m[at].content)
	if err != nil {
		return 0, err
	}
	m[at].content = slices.Concat(binary.AppendUvarint(nil, uint64(n)+1), elements, element)
	return n, nil
}

// addStart adds a function without parameters, results and imports, by its
// body, that runs when the module is instantiated.
func (m *module) addStart(body []byte) error {
	if _, err := m.section(startSection); err == nil {
		return errors.New("the program has a function that runs at the start already")
	}
	imported, err := m.importedFunctions()
	if err != nil {
		return err
	}
	kind, err := m.push(typeSection, []byte{functionType, 0, 0})
	if err != nil {
		return err
	}
	index, err := m.push(functionSection, binary.AppendUvarint(nil, uint64(kind)))
	if err != nil {
		return err
	}
	if _, err := m.push(codeSection, appendCounted(nil, body)); err != nil {
		return err
	}
	exports, err := m.section(exportSection)
	if err != nil {
		return err
	}
	*m = slices.Insert(*m, exports+1, section{startSection, binary.AppendUvarint(nil, uint64(imported+index))})
	return nil
}

const functionType = 0x60

// importedFunctions is how many functions a module imports, which are numbered
// first. Programs of Go import nothing else.
func (m module) importedFunctions() (int, error) {
	n, b, err := m.vector(importSection)
	if err != nil {
		return 0, err
	}
	for range n {
		for range 2 { // names of a module and of a function in it
			if _, b, err = counted(b); err != nil {
				return 0, err
			}
		}
		if len(b) == 0 || b[0] != 0 {
			return 0, errors.New("an import that is no function")
		}
		if _, b, err = number(b[1:]); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// maxMemory bounds the initial memory of a program, in bytes.
const maxMemory = 64 << 20

// memory is what the program finds in its memory when it starts (§5.5.14).
func (m module) memory() (memory []byte, err error) {
	count, b, err := m.vector(dataSection)
	if err != nil {
		return nil, err
	}
	for range count {
		if len(b) < 2 || b[0] != 0 || b[1] != i32Const {
			return nil, errors.New("a data segment that is not active at a constant")
		}
		at, size := varint(b[2:])
		if b = b[2+size:]; size == 0 || len(b) == 0 || b[0] != end {
			return nil, errModule
		}
		content, rest, err := counted(b[1:])
		if err != nil {
			return nil, err
		}
		if at < 0 || at > int64(maxMemory-len(content)) {
			return nil, fmt.Errorf("a data segment at %d", at)
		}
		if need := int(at) + len(content); need > len(memory) {
			memory = append(memory, make([]byte, need-len(memory))...)
		}
		copy(memory[at:], content)
		b = rest
	}
	return memory, nil
}

// minGap is the shortest run of zeros that is not written. The linker leaves out
// ten, which makes 90,000 segments of the page's program: the file is 14 %
// smaller so, but the places of the segments do not compress, zeros do.
const minGap = 4096

// setMemory gives the program another initial memory. It has a data section.
func (m module) setMemory(memory []byte) {
	var segments []byte
	count := 0
	for at := 0; at < len(memory); {
		if memory[at] == 0 {
			at++
			continue
		}
		stop := segmentEnd(memory, at)
		segments = append(segments, 0)
		segments = append(segments, constant(at)...)
		segments = append(segments, end)
		segments = appendCounted(segments, memory[at:stop])
		at = stop
		count++
	}
	at, _ := m.section(dataSection)
	m[at].content = append(binary.AppendUvarint(nil, uint64(count)), segments...)
}

// segmentEnd is where the zeros begin that follow what is at a place.
func segmentEnd(memory []byte, at int) int {
	stop := at
	for i := at; i < len(memory) && i-stop < minGap; i++ {
		if memory[i] != 0 {
			stop = i + 1
		}
	}
	return stop
}

// number takes an unsigned LEB128 number from the front of b. One that does not
// end, or is beyond an int32, is an error.
func number(b []byte) (n int, rest []byte, err error) {
	u, size := binary.Uvarint(b)
	if size <= 0 || u >= 1<<31 {
		return 0, nil, errModule
	}
	return int(u), b[size:], nil
}

// counted takes bytes with their number before them from the front of b.
func counted(b []byte) (content, rest []byte, err error) {
	n, b, err := number(b)
	if err != nil || n > len(b) {
		return nil, nil, errModule
	}
	return b[:n], b[n:], nil
}

func appendCounted(b, content []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(content))), content...)
}

// varint decodes the signed LEB128 number at the start of b. size is how many
// bytes it takes, 0 if they do not end within b or 64 bits.
func varint(b []byte) (n int64, size int) {
	for shift := 0; size < len(b) && shift < 64; shift += 7 {
		c := b[size]
		size++
		n |= int64(c&0x7f) << shift
		if c < 0x80 {
			if shift += 7; c&0x40 != 0 && shift < 64 {
				n |= -1 << shift
			}
			return n, size
		}
	}
	return 0, 0
}

func appendVarint(b []byte, n int64) []byte {
	for {
		c := byte(n & 0x7f)
		n >>= 7
		if n == 0 && c&0x40 == 0 || n == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
