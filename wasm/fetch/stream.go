//go:build js

package fetch

import (
	"errors"
	"sync"
	"syscall/js"

	"vitrine/wasm/promise"
)

// stream is content whose length only its end tells, as a ReadableStream. A
// piece is handed over when the reader asks for one, so a slow reader slows
// the writer down.
type stream struct {
	readable js.Value
	pieces   chan []byte
	gone     chan struct{} // closed when the reader does not want any more
	failure  error         // set before pieces is closed
	release  sync.Once
	pull     js.Func
	cancel   js.Func
}

var errReaderGone = errors.New("the page stopped reading")

// newStream makes a stream; cancelled is called when the reader leaves it.
func newStream(cancelled func()) *stream {
	s := &stream{pieces: make(chan []byte), gone: make(chan struct{})}
	s.pull = js.FuncOf(func(_ js.Value, args []js.Value) any {
		controller := args[0]
		return promise.New(func() (js.Value, error) {
			p, ok := <-s.pieces
			switch {
			case ok:
				a := bytesClass.New(len(p))
				js.CopyBytesToJS(a, p)
				controller.Call("enqueue", a)
			case s.failure != nil:
				controller.Call("error", js.Global().Get("Error").New(s.failure.Error()))
				s.free()
			default:
				controller.Call("close")
				s.free()
			}
			return js.Undefined(), nil
		})
	})
	s.cancel = js.FuncOf(func(js.Value, []js.Value) any {
		close(s.gone)
		cancelled()
		s.free()
		return nil
	})
	source := objectClass.New()
	source.Set("pull", s.pull)
	source.Set("cancel", s.cancel)
	s.readable = js.Global().Get("ReadableStream").New(source)
	return s
}

// push hands a piece over and waits until it is taken.
func (s *stream) push(p []byte) error {
	if len(p) == 0 {
		return nil
	}
	select {
	case s.pieces <- append([]byte(nil), p...):
		return nil
	case <-s.gone:
		return errReaderGone
	}
}

func (s *stream) end(err error) {
	s.failure = err
	close(s.pieces)
}

// free releases the callbacks: neither is called after the stream is over.
func (s *stream) free() {
	s.release.Do(func() {
		go func() { // not from within one of them
			s.pull.Release()
			s.cancel.Release()
		}()
	})
}
