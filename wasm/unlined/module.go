package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// maxMemory bounds the initial memory of a program, in bytes.
const maxMemory = 64 << 20

// module is a program in the binary format of WebAssembly, of which only the
// data section is understood (WebAssembly Core §5.5.14).
type module struct {
	before, data, after []byte // data without its identifier and length
}

const dataSection = 11

var errModule = errors.New("not a WebAssembly module")

func parseModule(b []byte) (*module, error) {
	if !bytes.HasPrefix(b, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errModule
	}
	for at := 8; at < len(b); {
		n, size := binary.Uvarint(b[at+1:])
		if size <= 0 || n > uint64(len(b)-at-1-size) {
			return nil, errModule
		}
		end := at + 1 + size + int(n)
		if b[at] == dataSection {
			return &module{before: b[:at], data: b[at+1+size : end], after: b[end:]}, nil
		}
		at = end
	}
	return nil, errors.New("no data section")
}

// memory is what the program finds in its memory when it starts.
func (m *module) memory() (memory []byte, err error) {
	b := m.data
	count, size := binary.Uvarint(b)
	if size <= 0 {
		return nil, errModule
	}
	b = b[size:]
	for range count {
		if len(b) < 2 || b[0] != 0 || b[1] != i32Const {
			return nil, errors.New("a data segment that is not active at a constant")
		}
		at, size := varint(b[2:])
		if b = b[2+size:]; size == 0 || len(b) == 0 || b[0] != end {
			return nil, errModule
		}
		n, size := binary.Uvarint(b[1:])
		if b = b[1+max(size, 0):]; size <= 0 || n > uint64(len(b)) {
			return nil, errModule
		}
		if at < 0 || at+int64(n) > maxMemory {
			return nil, fmt.Errorf("a data segment at %d", at)
		}
		if need := int(at) + int(n); need > len(memory) {
			memory = append(memory, make([]byte, need-len(memory))...)
		}
		copy(memory[at:], b[:n])
		b = b[n:]
	}
	return memory, nil
}

// The instructions of a segment's place.
const (
	i32Const = 0x41
	end      = 0x0b
)

// minGap is the shortest run of zeros that is not written. The linker leaves out
// ten, which makes 90,000 segments of the page's program: the file is 14 %
// smaller so, but the places of the segments do not compress, zeros do.
const minGap = 4096

// withMemory is the program with another initial memory.
func (m *module) withMemory(memory []byte) []byte {
	var segments []byte
	count := 0
	for at := 0; at < len(memory); {
		if memory[at] == 0 {
			at++
			continue
		}
		stop := segmentEnd(memory, at)
		segments = append(segments, 0, i32Const)
		segments = appendVarint(segments, int64(at))
		segments = append(segments, end)
		segments = binary.AppendUvarint(segments, uint64(stop-at))
		segments = append(segments, memory[at:stop]...)
		at = stop
		count++
	}
	data := append(binary.AppendUvarint(nil, uint64(count)), segments...)
	b := append([]byte(nil), m.before...)
	b = binary.AppendUvarint(append(b, dataSection), uint64(len(data)))
	return append(append(b, data...), m.after...)
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
