package osfs

import "golang.org/x/sys/unix"

// Files of these sizes are mapped into memory while they are kept, and all
// mappings together have at most maxMapped bytes. A smaller file is read: what
// was cut short inside its last page a mapping shows as zeros.
const (
	minMapping = 32<<10 + 1
	maxMapping = 256 << 10
	maxMapped  = 64 << 20
)

// mapping is the content of a file, shared with all who write it: it is as
// fresh as a read. Only the kernel may look at it, in a system call, where the
// end of a file that was cut short is EFAULT. Anything else would be ended by a
// signal.
type mapping struct{ bytes []byte }

// mapIn maps the file unless it is too small, too large, or mapped bytes leave
// no room. Without a mapping it is read.
func (e *keptFile) mapIn(mapped int64) {
	size := e.stamp.size
	if size < minMapping || size > maxMapping || size > maxMapped-mapped {
		return
	}
	e.mapping.bytes, _ = unix.Mmap(e.fd, 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
}

// unmap returns how many bytes were mapped.
func (e *keptFile) unmap() (n int64) {
	n = int64(len(e.mapping.bytes))
	if n > 0 {
		unix.Munmap(e.mapping.bytes)
		e.mapping.bytes = nil
	}
	return n
}

// Mapped returns the first of n bytes of the file from off on, in memory that
// is valid until Close; nil if they are not in memory. Only a system call may
// look at them, and the file may have become shorter: then it fails with EFAULT.
func (f *File) Mapped(off, n int64) *byte {
	if f.kept == nil || off < 0 || n <= 0 || n > int64(len(f.kept.mapping.bytes))-off {
		return nil
	}
	return &f.kept.mapping.bytes[off]
}
