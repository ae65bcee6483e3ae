//go:build js

package remotefs

import "syscall/js"

// A posted value is input, whatever it is. Package syscall/js panics where it
// meets a BigInt (golang/go#72050), and breaks where reading a property throws,
// as a getter may. So properties are read by a call, which turns what is thrown
// into a panic, and whatever reads a posted value does it under Guard or under
// the recover of Decode, and drops the value then.

// maxText is the longest text that is taken, in UTF-16 code units.
const maxText = 64 << 10

// Guard is deferred by a callback that takes a message: a panic that the
// message caused ends the callback, not the program.
func Guard() { _ = recover() }

var reflectGet = js.Global().Get("Reflect").Get("get")

// Asked for once: each look at an object makes one of Go, which the garbage
// collector has to follow.
var (
	objectClass = js.Global().Get("Object")
	bytesClass  = js.Global().Get("Uint8Array")
	blobClass   = js.Global().Get("Blob")
)

// property is a property of o, undefined if o is no object.
func property(o js.Value, key any) js.Value {
	if o.Type() != js.TypeObject {
		return js.Undefined()
	}
	return reflectGet.Invoke(o, key)
}

// Text is a text property of o: "" if it is no text or longer than maxText.
func Text(o js.Value, key string) string {
	s, _ := text(property(o, key))
	return s
}

// text returns the text that v is. Its length is asked for in JavaScript:
// here it would have been copied already.
func text(v js.Value) (s string, ok bool) { return textOf(v, maxText) }

func textOf(v js.Value, most int) (s string, ok bool) {
	if v.Type() != js.TypeString || objectClass.Invoke(v).Get("length").Int() > most {
		return "", false
	}
	return v.String(), true
}

// Number is a property of o as a whole number: 0 if it is no number, or none
// that a float64 holds exactly.
func Number(o js.Value, key string) int64 {
	const maxSafe = 1<<53 - 1
	v := property(o, key)
	if v.Type() != js.TypeNumber {
		return 0
	}
	if f := v.Float(); f >= -maxSafe && f <= maxSafe {
		return int64(f)
	}
	return 0
}

// Bool reports whether a property of o is true, and not merely counts as true.
func Bool(o js.Value, key string) bool {
	v := property(o, key)
	return v.Type() == js.TypeBoolean && v.Bool()
}

// Bytes is a copy of the bytes that a property of o holds. It reports false if
// the property holds no bytes, or more than a record may have.
func Bytes(o js.Value, key string) ([]byte, bool) {
	p, err := recordBytes(property(o, key))
	return p, err == nil
}
