package osfs

import (
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// What is mapped of files that are kept, in bytes.
const (
	maxMapping  = 256 << 10 // of one
	maxMappings = 64 << 20  // of all of a folder
)

// mapping is the content of a kept file in memory: the pages in which the system
// has the file, not a copy. So it is never older than what a read would give.
type mapping struct {
	bytes []byte        // nil if it is not mapped
	of    *atomic.Int64 // how much is mapped of all files
}

// mapFile maps a file of that size, if there is room for it.
func (k *keeper) mapFile(fd int, size int64) mapping {
	if size <= 0 || size > maxMapping {
		return mapping{}
	}
	if k.mapped.Add(size) <= maxMappings {
		if b, err := unix.Mmap(fd, 0, int(size), unix.PROT_READ, unix.MAP_SHARED|unix.MAP_POPULATE); err == nil {
			return mapping{b, &k.mapped}
		}
	}
	k.mapped.Add(-size)
	return mapping{}
}

func (m *mapping) release() {
	if m.bytes == nil {
		return
	}
	m.of.Add(-int64(len(m.bytes)))
	unix.Munmap(m.bytes)
}

// Mapped returns n bytes of the file from off on, where they are in memory; nil
// where they are not. They are valid until Close, and for system calls alone: if
// the file was cut short, such a call fails with EFAULT, and a program that
// looks at them itself gets SIGBUS.
func (f *File) Mapped(off, n int64) []byte {
	if f.fd < 0 || f.kept == nil || off < 0 || n <= 0 || off > int64(len(f.kept.mapping.bytes))-n {
		return nil
	}
	return f.kept.mapping.bytes[off : off+n : off+n]
}
