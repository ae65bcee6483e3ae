//go:build js

// Package promise waits for JavaScript from Go.
//
// The one rule: [Await] blocks its goroutine, so it is never called from a
// js.Func itself. A callback starts a goroutine and returns.
package promise

import (
	"errors"
	"strings"
	"syscall/js"
)

// Error is what JavaScript threw or rejected with.
type Error struct {
	Name    string // "NotFoundError", "TypeError"
	Message string // without the full stop that some browsers put behind it
}

func (e *Error) Error() string { return e.Name + ": " + e.Message }

var class = js.Global().Get("Promise")

// Await waits until p is settled. What is no promise is its own value.
func Await(p js.Value) (js.Value, error) {
	if !p.InstanceOf(class) {
		return p, nil
	}
	var s *settler
	if n := len(idle); n > 0 {
		s, idle = idle[n-1], idle[:n-1]
	} else {
		s = newSettler()
	}
	p.Call("then", s.ok, s.failed)
	r := <-s.done
	if len(idle) < maxIdle { // a promise is settled once: the two are not called again
		idle = append(idle, s)
	} else {
		s.release()
	}
	return r.value, r.err
}

// settler is two functions of which JavaScript calls one. To make functions
// costs more than to wait.
type settler struct {
	ok, failed js.Func
	done       chan settled
}

type settled struct {
	value js.Value
	err   error
}

// idle are settlers that wait for the next promise. A program in a browser has
// one thread, and nothing waits while it takes one.
var idle []*settler

// maxIdle is how many are kept.
const maxIdle = 64

func newSettler() *settler {
	s := &settler{done: make(chan settled, 1)}
	s.ok = js.FuncOf(func(_ js.Value, args []js.Value) any {
		r := settled{value: js.Undefined()}
		if len(args) > 0 {
			r.value = args[0]
		}
		s.done <- r
		return nil
	})
	s.failed = js.FuncOf(func(_ js.Value, args []js.Value) any {
		r := settled{err: &Error{"Error", "rejected without a reason"}}
		if len(args) > 0 {
			r.err = FromValue(args[0])
		}
		s.done <- r
		return nil
	})
	return s
}

func (s *settler) release() {
	s.ok.Release()
	s.failed.Release()
}

// Settle calls start and waits until JavaScript calls one of two functions, or
// returns the error of start.
func Settle(start func(ok, failed js.Func) error) (js.Value, error) {
	s := newSettler()
	defer s.release()
	if err := start(s.ok, s.failed); err != nil {
		return js.Undefined(), err
	}
	r := <-s.done
	return r.value, r.err
}

// Call calls a method that may throw and waits for what it returns.
func Call(object js.Value, method string, args ...any) (js.Value, error) {
	v, err := Try(func() js.Value { return object.Call(method, args...) })
	if err != nil {
		return v, err
	}
	return Await(v)
}

// Try runs f and turns what JavaScript throws into an error. Panics of Go
// pass through.
func Try(f func() js.Value) (v js.Value, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case js.Error:
			v, err = js.Undefined(), FromValue(p.Value)
		case *js.ValueError:
			v, err = js.Undefined(), &Error{"TypeError", p.Error()}
		default:
			panic(p)
		}
	}()
	return f(), nil
}

// FromValue makes an error of what was thrown, whatever it was.
func FromValue(v js.Value) error {
	if v.Type() != js.TypeObject {
		return &Error{"Error", v.String()}
	}
	e := &Error{"Error", ""}
	if name := v.Get("name"); name.Type() == js.TypeString {
		e.Name = name.String()
	}
	if m := v.Get("message"); m.Type() == js.TypeString {
		e.Message = strings.TrimRight(m.String(), ". ")
	}
	return e
}

// Is reports whether err is a JavaScript error of that name.
func Is(err error, name string) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Name == name
}

// New returns a promise that f settles from its own goroutine. f must not
// panic.
func New(f func() (js.Value, error)) js.Value {
	var executor js.Func
	executor = js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve, reject := args[0], args[1]
		go func() {
			defer executor.Release()
			v, err := f()
			if err != nil {
				reject.Invoke(js.Global().Get("Error").New(err.Error()))
				return
			}
			resolve.Invoke(v)
		}()
		return nil
	})
	return class.New(executor)
}

// Callback calls a method of the older kind, whose last two arguments are a
// function for success and one for failure, and waits for either.
func Callback(object js.Value, method string, args ...any) (js.Value, error) {
	return Settle(func(ok, failed js.Func) error {
		_, err := Try(func() js.Value { return object.Call(method, append(args, ok, failed)...) })
		return err
	})
}
