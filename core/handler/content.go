package handler

import (
	"errors"
	"io"
	"io/fs"
)

// Content is what a response carries, by reference: the transport decides how
// it travels. WriteTo writes all of it; Size is its length in bytes, or
// Unknown. A Content that is also an io.Closer is closed once, sent or not.
type Content interface {
	Size() int64
	io.WriterTo
}

// CloseContent closes content that is not going to be sent. nil is no content.
func CloseContent(c Content) error {
	if closer, ok := c.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// Unknown is the size of content whose end only its source knows.
const Unknown = -1

// Bytes is content held in memory.
type Bytes []byte

func (b Bytes) Size() int64 { return int64(len(b)) }

func (b Bytes) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(b)
	return int64(n), err
}

// Section is N bytes of an open file from Off on. Closing it closes the file.
// A file that ends early makes WriteTo fail with io.ErrUnexpectedEOF; bytes
// past the section are never sent, whatever the file has become (F-4, X-8).
type Section struct {
	File   fs.File
	Off, N int64
}

func (s *Section) Size() int64  { return s.N }
func (s *Section) Close() error { return s.File.Close() }

// Reader returns the section's bytes as a stream, without a guard against a
// file that shrank: it just ends early.
func (s *Section) Reader() (io.Reader, error) {
	switch f := s.File.(type) {
	case io.ReaderAt:
		return io.NewSectionReader(f, s.Off, s.N), nil
	case io.Seeker:
		if _, err := f.Seek(s.Off, io.SeekStart); err != nil {
			return nil, err
		}
	default:
		if _, err := io.CopyN(io.Discard, s.File, s.Off); err != nil {
			return nil, err
		}
	}
	return io.LimitReader(s.File, s.N), nil
}

func (s *Section) WriteTo(w io.Writer) (int64, error) {
	r, err := s.Reader()
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(w, r)
	if err == nil && n < s.N {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Parts is several contents sent as one. All sizes must be known.
type Parts []Content

func (p Parts) Size() (n int64) {
	for _, c := range p {
		n += c.Size()
	}
	return n
}

func (p Parts) WriteTo(w io.Writer) (n int64, err error) {
	for _, c := range p {
		m, err := c.WriteTo(w)
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

// Close closes every part that can be closed. Closing a file twice is
// harmless, so parts may share one.
func (p Parts) Close() error {
	var errs []error
	for _, c := range p {
		if closer, ok := c.(io.Closer); ok {
			if err := closer.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// Stream is content whose length only its end tells.
type Stream struct{ io.Reader }

func (Stream) Size() int64 { return Unknown }

func (s Stream) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, s.Reader) }

// Close closes the reader if it can be closed.
func (s Stream) Close() error {
	if c, ok := s.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
