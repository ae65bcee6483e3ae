package server

import (
	"io"
	"unsafe"

	"golang.org/x/sys/unix"

	"vitrine/core/handler"
)

// sendMapped sends what waits in c.out, and behind it a section of a file that
// is mapped into memory: one call for head and content, and no copy of ours.
//
// The last byte is withheld until the file is seen to be as long as before.
// What was cut short inside a page is zeros there: the response ends before its
// end then, as it does where whole pages are missing (F-4, X-8).
func (c *conn) sendMapped(section *handler.Section) (int64, error) {
	file, ok := section.File.(interface {
		Mapped(off, n int64) *byte
		Fd() uintptr
	})
	if !ok {
		return 0, errNotMapped
	}
	content := file.Mapped(section.Off, section.N)
	if content == nil {
		return 0, errNotMapped
	}
	t := &c.transfer
	t.mapped = true
	head := len(c.out)
	t.setPieces(c.out, content, section.N-1, unix.MSG_MORE)
	err := c.drive()
	c.out = c.out[:copy(c.out, c.out[head-int(t.pieces[0].Len):])]
	sent := section.N - 1 - int64(t.pieces[1].Len)
	if err == nil {
		var st unix.Stat_t
		if unix.Fstat(int(file.Fd()), &st) != nil || st.Size < section.Off+section.N {
			return sent, io.ErrUnexpectedEOF
		}
		t.setPieces(nil, (*byte)(unsafe.Add(unsafe.Pointer(content), sent)), 1, 0)
		err = c.drive()
		sent = section.N - int64(t.pieces[1].Len)
	}
	t.setPieces(nil, nil, 0, 0)
	return sent, c.wrap("write", "sendmsg", err)
}
