package zipfs

import (
	"bytes"
	"errors"
	"io"
)

// What is read of an archive is its central directory (APPNOTE.TXT 6.3.10,
// §4.3.12 to §4.3.16). archive/zip would bring package reflect and a
// compressor along: 146 kB of the page's program after compression.

// packed is one entry of an archive.
type packed struct {
	name           string
	flags, method  uint16
	size, unpacked uint64 // of the content as it lies there, and unfolded
	header         int64  // where its local header begins
}

// Bounds.
const (
	maxEntries   = 500_000
	maxDirectory = 128 << 20 // bytes
)

// Errors of archives.
var (
	ErrFormat  = errors.New("this is no zip archive, or it is damaged")
	ErrTooMany = errors.New("the archive has too many entries")
)

const (
	localLen   = 30
	centralLen = 46
	endLen     = 22
	locatorLen = 20 // of Zip64
	end64Len   = 56
)

// Numbers have their lowest byte first. encoding/binary would bring package
// reflect along.

func uint16At(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }
func uint32At(b []byte) uint32 { return uint32(uint16At(b)) | uint32(uint16At(b[2:]))<<16 }
func uint64At(b []byte) uint64 { return uint64(uint32At(b)) | uint64(uint32At(b[4:]))<<32 }

// readCentral reads the directory of an archive of that size.
func readCentral(r io.ReaderAt, size int64) ([]packed, error) {
	end, endAt, err := findEnd(r, size)
	if err != nil {
		return nil, err
	}
	entries, length, at := uint64(uint16At(end[10:])), uint64(uint32At(end[12:])), uint64(uint32At(end[16:]))
	behind := endAt // where the directory ends
	if entries == 0xffff || length == 0xffffffff || at == 0xffffffff {
		if entries, length, at, behind, err = readEnd64(r, endAt, entries, length, at); err != nil {
			return nil, err
		}
	}
	switch {
	case entries > maxEntries || length > maxDirectory:
		return nil, ErrTooMany
	case length > uint64(behind) || at > uint64(size) || entries*centralLen > length:
		return nil, ErrFormat
	}
	// Something may stand before the archive, such as a program that unpacks it.
	base := behind - int64(length) - int64(at)
	if base < 0 {
		return nil, ErrFormat
	}
	directory := make([]byte, length)
	if _, err := r.ReadAt(directory, base+int64(at)); err != nil && err != io.EOF {
		return nil, err
	}
	list := make([]packed, 0, entries)
	for range entries {
		p, rest, ok := parseEntry(directory)
		if p.header += base; !ok || p.header < 0 || p.header > size-localLen {
			return nil, ErrFormat
		}
		list, directory = append(list, p), rest
	}
	return list, nil
}

// findEnd finds the end record, the last one whose comment ends with the file.
func findEnd(r io.ReaderAt, size int64) (end []byte, at int64, err error) {
	tail := make([]byte, min(size, endLen+0xffff))
	from := size - int64(len(tail))
	if _, err := r.ReadAt(tail, from); err != nil && err != io.EOF {
		return nil, 0, err
	}
	for i := len(tail); ; {
		if i = bytes.LastIndex(tail[:i], []byte("PK\x05\x06")); i < 0 {
			return nil, 0, ErrFormat
		}
		if end := tail[i:]; len(end) >= endLen && endLen+int(uint16At(end[20:])) <= len(end) {
			return end, from + int64(i), nil
		}
	}
}

// readEnd64 reads the end record of Zip64. Without such a record the numbers of
// the other one count.
func readEnd64(r io.ReaderAt, endAt int64, entries, length, at uint64) (uint64, uint64, uint64, int64, error) {
	locator := make([]byte, locatorLen)
	if endAt < locatorLen {
		return entries, length, at, endAt, nil
	}
	if _, err := r.ReadAt(locator, endAt-locatorLen); err != nil && err != io.EOF {
		return 0, 0, 0, 0, err
	}
	if string(locator[:4]) != "PK\x06\x07" {
		return entries, length, at, endAt, nil
	}
	record := make([]byte, end64Len)
	from := int64(uint64At(locator[8:]))
	if from < 0 || from > endAt-locatorLen-end64Len {
		return 0, 0, 0, 0, ErrFormat
	}
	if _, err := r.ReadAt(record, from); err != nil && err != io.EOF {
		return 0, 0, 0, 0, err
	}
	if string(record[:4]) != "PK\x06\x06" {
		return 0, 0, 0, 0, ErrFormat
	}
	return uint64At(record[32:]), uint64At(record[40:]), uint64At(record[48:]), from, nil
}

// parseEntry takes one entry off the directory.
func parseEntry(b []byte) (p packed, rest []byte, ok bool) {
	if len(b) < centralLen || string(b[:4]) != "PK\x01\x02" {
		return p, nil, false
	}
	name, extra, comment := int(uint16At(b[28:])), int(uint16At(b[30:])), int(uint16At(b[32:]))
	if len(b) < centralLen+name+extra+comment {
		return p, nil, false
	}
	header := uint64(uint32At(b[42:]))
	p = packed{
		name:  string(b[centralLen : centralLen+name]),
		flags: uint16At(b[8:]), method: uint16At(b[10:]),
		size: uint64(uint32At(b[20:])), unpacked: uint64(uint32At(b[24:])),
	}
	fields := b[centralLen+name : centralLen+name+extra]
	if p.unpacked == 0xffffffff || p.size == 0xffffffff || header == 0xffffffff {
		ok = extra64(fields, &p.unpacked, &p.size, &header)
		if !ok {
			return p, nil, false
		}
	}
	if header > 1<<62 || p.size > 1<<62 || p.unpacked > 1<<62 {
		return p, nil, false
	}
	p.header = int64(header)
	return p, b[centralLen+name+extra+comment:], true
}

// extra64 reads the numbers that have no room in the entry itself, in their
// order (§4.5.3).
func extra64(fields []byte, numbers ...*uint64) bool {
	for len(fields) >= 4 {
		id, n := uint16At(fields), int(uint16At(fields[2:]))
		if fields = fields[4:]; n > len(fields) {
			return false
		}
		if id != 1 {
			fields = fields[n:]
			continue
		}
		for value := fields[:n]; len(numbers) > 0; numbers = numbers[1:] {
			if *numbers[0] != 0xffffffff {
				continue
			}
			if len(value) < 8 {
				return false
			}
			*numbers[0], value = uint64At(value), value[8:]
		}
		return true
	}
	return false
}

// contentAt finds where the content of an entry begins: behind its local
// header, whose lengths are its own.
func contentAt(r io.ReaderAt, p *packed, size int64) (int64, error) {
	local := make([]byte, localLen)
	if _, err := r.ReadAt(local, p.header); err != nil && err != io.EOF {
		return 0, err
	}
	at := p.header + localLen + int64(uint16At(local[26:])) + int64(uint16At(local[28:]))
	if string(local[:4]) != "PK\x03\x04" || at > size || p.size > uint64(size-at) {
		return 0, ErrFormat
	}
	return at, nil
}
