//go:build js

package promise

import (
	"errors"
	"syscall/js"
	"testing"
)

func function(body string) js.Value { return js.Global().Get("Function").New(body) }

func TestAwait(t *testing.T) {
	for _, tc := range []struct {
		title, code string
		want        int    // value
		name        string // of the error
	}{
		{"fulfilled", "return Promise.resolve(7)", 7, ""},
		{"later", "return new Promise((ok) => setTimeout(ok, 1, 7))", 7, ""},
		{"no promise", "return 7", 7, ""},
		{"rejected", `return Promise.reject(new DOMException("gone", "NotFoundError"))`, 0, "NotFoundError"},
		{"rejected with nothing", "return Promise.reject()", 0, "Error"},
		{"rejected with a text", `return Promise.reject("no")`, 0, "Error"},
		{"thrown", "throw new TypeError()", 0, "TypeError"},
	} {
		object := js.Global().Get("Object").New()
		object.Set("f", function(tc.code))
		v, err := Call(object, "f")
		if tc.name == "" && (err != nil || v.Int() != tc.want) {
			t.Errorf("%s: got %v, %v", tc.title, v, err)
		}
		if tc.name != "" && !Is(err, tc.name) {
			t.Errorf("%s: got %v, want a %s", tc.title, err, tc.name)
		}
	}
}

func TestCallback(t *testing.T) {
	object := js.Global().Get("Object").New()
	object.Set("f", js.Global().Get("Function").New("x", "ok", "failed", `
		if (x === "throw") throw new TypeError();
		setTimeout(() => x === "fail" ? failed(new DOMException("", "NotFoundError")) : ok(x));`))
	if v, err := Callback(object, "f", "fine"); err != nil || v.String() != "fine" {
		t.Errorf("got %v, %v", v, err)
	}
	for x, want := range map[string]string{"fail": "NotFoundError", "throw": "TypeError"} {
		if _, err := Callback(object, "f", x); !Is(err, want) {
			t.Errorf("%s: got %v, want a %s", x, err, want)
		}
	}
}

func TestNew(t *testing.T) {
	v, err := Await(New(func() (js.Value, error) { return js.ValueOf(7), nil }))
	if err != nil || v.Int() != 7 {
		t.Errorf("got %v, %v", v, err)
	}
	_, err = Await(New(func() (js.Value, error) { return js.Undefined(), errors.New("no") }))
	var e *Error
	if !errors.As(err, &e) || e.Message != "no" {
		t.Errorf("got %v", err)
	}
}

// A panic of Go is no exception of JavaScript: it passes.
func TestTryLetsPanicsPass(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Try caught a panic of Go")
		}
	}()
	Try(func() js.Value { panic("mine") })
}
