package cgi

import (
	"errors"
	"io"
	"time"

	"vitrine/core/handler"
	"vitrine/core/http1"
)

// pieceSize is how much output is read at once, in bytes.
const pieceSize = 32 << 10

// What ends a conversation early.
var (
	errTimedOut   = errors.New("cgi: the script timed out")
	errTooMuch    = errors.New("cgi: the script wrote too much")
	errMoreIn     = errors.New("cgi: the content of the request is too large")
	errKilled     = errors.New("cgi: the script was ended by a signal")
	errShort      = errors.New("cgi: the script wrote less than its Content-Length")
	errHeadLength = OutputError("the field lines are longer than 65536 bytes")
	errNoHead     = OutputError("it ended before the empty line that ends the field lines")
)

// conversation is a script at work: content goes in, output comes out, and
// both at once, so that neither side can block the other for ever. The
// goroutine that has the exchange is the only one that touches it; two more
// move bytes to and from the script.
type conversation struct {
	h *Handler
	x *handler.Exchange
	p Process

	feed chan []byte // content for the script; closed at its end
	fed  chan error  // one for each piece that went in
	out  chan []byte // output; closed at its end
	quit chan struct{}

	took  int64 // bytes of content
	head  []byte
	seen  int // bytes of head that hold no end of it
	begun bool
	empty bool  // the answer has no content, whatever comes
	left  int64 // of what the script has announced; -1 if it has not
	wrote int64
}

// converse runs the conversation to its end. When it returns nothing of it is
// left: no process, no goroutine, no open file.
func (h *Handler) converse(x *handler.Exchange, p Process) error {
	c := &conversation{
		h: h, x: x, p: p,
		feed: make(chan []byte), fed: make(chan error, 1),
		out: make(chan []byte), quit: make(chan struct{}),
		left: -1,
	}
	type exit struct {
		code int
		err  error
	}
	readerOver, writerOver, exited := make(chan struct{}), make(chan struct{}), make(chan exit, 1)
	go func() { c.write(p.Stdin()); close(writerOver) }()
	go func() { c.read(p.Stdout()); close(readerOver) }()
	ended := make(chan struct{})
	go func() {
		code, err := p.Wait()
		exited <- exit{code, err}
		close(ended)
	}()

	err := c.talk(ended)
	if err != nil {
		p.Kill()
	}
	close(c.quit)
	e := <-exited
	p.Stdin().Close()
	p.Stdout().Close()
	<-readerOver
	<-writerOver
	return c.conclude(err, e.code, e.err)
}

// write hands content to the script until it ends or nobody reads it.
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
	var buffer []byte
	if c.x.Request.Length == 0 {
		stopFeeding()
	} else {
		buffer = make([]byte, pieceSize)
	}
	out, exit := c.out, ended
	for out != nil || exit != nil {
		if feeding && idle && !over(exit) {
			// This waits for the client, and the script's output waits, too:
			// only as long as the client holds back what it has announced.
			n, err := c.x.Content.Read(buffer)
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
		}
		rearm(timer, c.h.timeout())
	}
	return nil
}

// over reports whether the script has ended: then nobody waits for content
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

// take is one piece of output.
func (c *conversation) take(piece []byte) error {
	if c.begun {
		return c.content(piece)
	}
	c.head = append(c.head, piece...)
	end := headEnd(c.head, c.seen)
	c.seen = len(c.head)
	if end > MaxHead || end == 0 && len(c.head) > MaxHead {
		return errHeadLength
	}
	if end == 0 {
		return nil
	}
	head, err := ParseHead(c.head[:end])
	if err != nil {
		return err
	}
	rest := c.head[end:]
	c.head = nil
	if err := c.begin(head); err != nil {
		return err
	}
	if len(rest) == 0 {
		return c.x.FlushHeaders()
	}
	return c.content(rest)
}

// begin sends the head of the answer.
//
// Differs from http.server (G-12, X-6), which has sent its own before the
// script runs: here Status and Location count, and the client can always
// tell where the answer ends (G-18).
func (c *conversation) begin(h *Head) error {
	x := c.x
	c.begun, c.left = true, h.Length
	c.empty = x.Command == "HEAD" || h.Status == 204 || h.Status == 205 || h.Status == 304
	x.SendResponse(h.Status, h.Reason)
	for _, f := range h.Fields {
		if http1.EqualFold(f.Name, "Content-Length") && (h.Status == 204 || h.Status == 205) {
			continue // RFC 9110 §8.6 and §15.3.6
		}
		x.SendHeader(f.Name, f.Value)
	}
	if h.Status == 205 {
		x.SendHeader("Content-Length", "0")
	}
	return x.EndHeaders()
}

// content is a piece of the answer's content: it leaves at once. What goes
// past the announced length is dropped.
func (c *conversation) content(p []byte) error {
	c.wrote += int64(len(p))
	if c.wrote > bound(c.h.MaxOutput, DefaultMaxOutput) {
		return errTooMuch
	}
	if c.empty {
		return nil
	}
	if c.left >= 0 {
		p = p[:min(int64(len(p)), c.left)]
		c.left -= int64(len(p))
	}
	if len(p) == 0 {
		return nil
	}
	if _, err := c.x.Write(p); err != nil {
		return err
	}
	return c.x.FlushHeaders()
}

// conclude says how it went: to the log, and to the client if it has no
// answer yet. An error means that the answer was cut.
func (c *conversation) conclude(early error, code int, waited error) error {
	x, err := c.x, early
	switch {
	case err != nil:
	case waited != nil:
		err = waited
	case !c.begun:
		err = errNoHead
	case code < 0 && c.left < 0:
		err = errKilled // who knows what was still to come
	case c.left > 0 && !c.empty:
		err = errShort
	}
	killed := early != nil
	var output OutputError
	var fault *http1.Error
	var slow interface{ Timeout() bool }
	status := 0
	switch {
	case err == nil:
	case errors.As(err, &output):
		x.LogError("CGI script gave no answer: " + string(output))
		status = 502
	case errors.Is(err, errTimedOut):
		x.LogError("CGI script timed out after " + c.h.timeout().String())
		status = 504
	case errors.Is(err, errMoreIn):
		status = 413
	case errors.Is(err, errTooMuch), errors.Is(err, errShort):
		x.LogError("CGI script answer cut: " + err.Error())
	case errors.As(err, &fault):
		if !x.Answered() {
			return x.SendFault(fault)
		}
	case errors.As(err, &slow) && slow.Timeout():
		status = 408
	}
	var answered error
	if status != 0 && !x.Answered() {
		answered, err = x.SendError(status, "", ""), nil
	}
	if !killed || code > 0 { // our own signal is no news
		logExit(x, code)
	}
	return errors.Join(err, answered)
}
