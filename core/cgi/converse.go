package cgi

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"vitrine/core/handler"
)

// pieceSize is how much output is read at once, in bytes.
const pieceSize = 32 << 10

// What ends a conversation early.
var (
	errTimedOut    = errors.New("cgi: the script timed out")
	errTooMuch     = errors.New("cgi: the script wrote too much")
	errMoreIn      = errors.New("cgi: the content of the request is too large")
	errSlowContent = errors.New("cgi: the content of the request comes too slowly")
	errKilled      = errors.New("cgi: the script was ended by a signal")
	errShort       = errors.New("cgi: the script wrote less than its Content-Length")
	errHeadLength  = OutputError("the field lines are longer than 65536 bytes")
	errNoHead      = OutputError("it ended before the empty line that ends the field lines")
)

// goneError is why a script was ended whose client has gone.
type goneError struct{ cause error }

func (e *goneError) Error() string { return "cgi: the script was ended: " + e.cause.Error() }
func (e *goneError) Unwrap() error { return e.cause }

// conversation is a script at work: content goes in, output comes out, and
// both at once, so that neither side can block the other for ever. The
// goroutine that has the exchange is the only one that touches it; two more
// move bytes to and from the script.
type conversation struct {
	h *Handler
	x *handler.Exchange

	feed chan []byte // content for the script; closed at its end
	fed  chan error  // one for each piece that went in
	out  chan []byte // output; closed at its end
	quit chan struct{}

	request requestContent
	took    int64         // bytes of content
	waited  time.Duration // for content
	head    []byte
	seen    int // bytes of head that hold no end of it
	begun   bool
	empty   bool  // the response has no content, whatever comes
	left    int64 // of what the script has announced; -1 if it has not
	wrote   int64
}

// converse runs the conversation to its end. When it returns nothing of it is
// left: no process, no goroutine, no open file.
func (h *Handler) converse(x *handler.Exchange, p Process, content requestContent) error {
	c := &conversation{
		h: h, x: x, left: -1, request: content, took: int64(len(content.first)),
		feed: make(chan []byte), fed: make(chan error, 1),
		out: make(chan []byte), quit: make(chan struct{}),
	}
	var movers sync.WaitGroup
	movers.Go(func() { c.write(p.Stdin()) })
	movers.Go(func() { c.read(p.Stdout()) })
	var code int
	var waited error
	ended := make(chan struct{})
	go func() {
		code, waited = p.Wait()
		close(ended)
	}()

	err := c.talk(ended)
	if err != nil {
		p.Kill()
	}
	close(c.quit)
	<-ended
	p.Stdin().Close()
	p.Stdout().Close()
	movers.Wait()
	return c.conclude(err, code, waited)
}

// write hands content to the script until it ends or the script reads no more.
func (c *conversation) write(stdin io.WriteCloser) {
	defer stdin.Close()
	for {
		select {
		case piece, more := <-c.feed:
			if !more {
				return
			}
			_, err := stdin.Write(piece)
			c.fed <- err
			if err != nil {
				return
			}
		case <-c.quit:
			return
		}
	}
}

// read hands on what the script writes. Two buffers take turns: while one is
// with the other side, the next is filled.
func (c *conversation) read(stdout io.Reader) {
	defer close(c.out)
	var buffers [2][]byte
	for turn := 0; ; turn ^= 1 {
		if buffers[turn] == nil {
			buffers[turn] = make([]byte, pieceSize)
		}
		n, err := stdout.Read(buffers[turn])
		if n > 0 {
			select {
			case c.out <- buffers[turn][:n]:
			case <-c.quit:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// talk moves content and output until the script has ended and all of its
// output is here.
func (c *conversation) talk(ended <-chan struct{}) error {
	feeding, idle := true, true
	stopFeeding := func() {
		if feeding {
			feeding = false
			close(c.feed)
		}
	}
	defer stopFeeding()
	var timer *time.Timer
	var late <-chan time.Time
	if limit := c.h.timeout(); limit > 0 {
		timer = time.NewTimer(limit)
		defer timer.Stop()
		late = timer.C
	}
	if len(c.request.first) > 0 {
		c.feed <- c.request.first
		idle = false
	}
	var buffer []byte
	if c.request.whole {
		stopFeeding()
	} else {
		buffer = make([]byte, pieceSize)
	}
	out, exit := c.out, ended
	ctx := c.x.Context()
	for out != nil || exit != nil {
		if feeding && idle && !over(exit) {
			// This waits for the client, and the script's output waits, too:
			// only as long as the client holds back what it has announced.
			began := time.Now()
			n, err := c.x.Content.Read(buffer)
			if c.waited += time.Since(began); int64(c.waited) > bound(int64(c.h.ContentTimeout), int64(DefaultContentTimeout)) {
				return errSlowContent
			}
			if c.took += int64(n); c.took > bound(c.h.MaxContent, DefaultMaxContent) {
				return errMoreIn
			}
			if n > 0 {
				c.feed <- buffer[:n]
				idle = false
			}
			if err == io.EOF {
				stopFeeding()
			} else if err != nil {
				return err
			}
			rearm(timer, c.h.timeout())
			continue
		}
		select {
		case piece, more := <-out:
			if !more {
				out = nil
				break
			}
			if err := c.take(piece); err != nil {
				return err
			}
		case err := <-c.fed:
			if idle = true; err != nil {
				stopFeeding() // it does not want the rest
			}
		case <-exit:
			exit = nil
			stopFeeding()
		case <-late:
			return errTimedOut
		case <-ctx.Done():
			return &goneError{context.Cause(ctx)}
		}
		rearm(timer, c.h.timeout())
	}
	return nil
}

// over reports whether the script has ended: then content is of no use
// that it will not read.
func over(exit <-chan struct{}) bool {
	select {
	case <-exit:
		return true
	default:
		return exit == nil
	}
}

func rearm(t *time.Timer, limit time.Duration) {
	if t != nil {
		t.Reset(limit)
	}
}
