package server

import (
	"errors"
	"io"
	"os"
	"sync"

	"vitrine/core/handler"
	"vitrine/core/session"
)

// copyThreshold is up to which size content leaves together with what comes
// before it, from memory: that of the system's, where the file is mapped, or
// read into ours. Larger sections of files are sent by the kernel.
const copyThreshold = 32 << 10

// buffers hold a response's head and content up to copyThreshold, or a part of
// larger content that the kernel cannot send.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, copyThreshold+2<<10)
	return &b
}}

// Write implements session.Transport.
func (c *conn) Write(p []byte) (int, error) {
	if c.raw != nil {
		return c.writeRaw(p)
	}
	for n := 0; ; {
		c.sending()
		m, err := c.wire.Write(p[n:min(len(p), n+maxWrite)])
		n += m
		if m > 0 && c.wire == c.tcp && isTimeout(err) {
			err = nil // slow is not stalled
		}
		if err != nil || n == len(p) {
			return n, err
		}
	}
}

// maxWrite is how much one write may have. In TLS, where a write that was begun
// must end in time, it is what a client must take within WriteStallTimeout.
const maxWrite = 32 << 10

func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// SendContent implements session.Transport.
func (c *conn) SendContent(head []byte, content handler.Content) (sent int64, err error) {
	if inMemory := c.mapped(content); inMemory != nil {
		if head, sent, err = c.sendMapped(head, inMemory); err != errNotMapped {
			return sent, err
		}
		s := *content.(*handler.Section)
		s.Off, s.N = s.Off+sent, s.N-sent
		content = &s
	}
	c.acquire()
	c.out = append(c.out, head...)
	n, err := c.content(content)
	// What is there leaves even after a failure: the client sees a short
	// response, not none.
	if ferr := c.flush(); err == nil {
		err = ferr
	}
	c.release()
	return sent + n, err
}

// errNotMapped says that content is not where it was in memory any more: the file
// was cut short.
var errNotMapped = errors.New("server: not in memory")

// mapped returns content where it is in memory, for system calls alone; nil if it
// is not, or is better read or sent by the kernel.
func (c *conn) mapped(content handler.Content) []byte {
	if s, ok := content.(*handler.Section); ok && c.raw != nil && s.N <= copyThreshold {
		if file, ok := s.File.(interface{ Mapped(off, n int64) []byte }); ok {
			return file.Mapped(s.Off, s.N)
		}
	}
	return nil
}

var _ session.Ending = (*conn)(nil)

// Ending implements session.Ending.
func (c *conn) Ending() { c.last = true }

// acquire makes c.out a buffer from the pool, unless it is one already.
func (c *conn) acquire() {
	if c.pooled == nil {
		c.pooled = buffers.Get().(*[]byte)
		c.out = (*c.pooled)[:0]
	}
}

// release returns the buffer, which must be flushed.
func (c *conn) release() {
	if c.pooled == nil {
		return
	}
	if *c.pooled = c.out[:0]; cap(c.out) <= 2*copyThreshold {
		buffers.Put(c.pooled)
	}
	c.pooled, c.out = nil, nil
}

// content sends content behind what waits in c.out, of which it may leave
// some.
func (c *conn) content(content handler.Content) (int64, error) {
	switch content := content.(type) {
	case handler.Bytes:
		n, err := bufferedWriter{c}.Write(content)
		return int64(n), err
	case *handler.Section:
		return c.section(content)
	case handler.Parts:
		var sent int64
		for _, part := range content {
			n, err := c.content(part)
			if sent += n; err == nil && n < part.Size() {
				err = io.ErrUnexpectedEOF
			}
			if err != nil {
				return sent, err
			}
		}
		return sent, nil
	}
	return content.WriteTo(bufferedWriter{c})
}

// section sends exactly the section's bytes, or fails (F-4, X-8).
func (c *conn) section(s *handler.Section) (int64, error) {
	file, ok := s.File.(io.ReaderAt)
	if !ok {
		return s.WriteTo(bufferedWriter{c})
	}
	if s.N > copyThreshold && c.raw != nil {
		if err := c.flush(); err != nil {
			return 0, err
		}
		c.release() // a slow download needs none
		if n, err := c.sendFile(s); err != errNoSendfile {
			return n, err
		}
	}
	c.acquire()
	var sent int64
	for sent < s.N {
		free := c.out[len(c.out):cap(c.out)]
		if len(free) == 0 {
			if err := c.flush(); err != nil {
				return sent, err
			}
			continue
		}
		free = free[:min(int64(len(free)), s.N-sent)]
		n, err := file.ReadAt(free, s.Off+sent)
		c.out = c.out[:len(c.out)+n]
		sent += int64(n)
		if n < len(free) {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return sent, err
		}
	}
	return sent, nil
}

// flush writes what waits in c.out.
func (c *conn) flush() error {
	if len(c.out) == 0 {
		return nil
	}
	_, err := c.Write(c.out)
	c.out = c.out[:0]
	return err
}

// bufferedWriter writes behind what waits in c.out; what does not fit leaves at
// once.
type bufferedWriter struct{ c *conn }

func (w bufferedWriter) Write(p []byte) (int, error) {
	c := w.c
	c.acquire()
	if len(p) > cap(c.out)-len(c.out) {
		if err := c.flush(); err != nil {
			return 0, err
		}
		if len(p) > cap(c.out) {
			return c.Write(p)
		}
	}
	c.out = append(c.out, p...)
	return len(p), nil
}
