package trace

import "vitrine/core/http1"

// Part is a part of a header section: its text, and the bytes of the message
// that it came from. After Redact the text may be another than those bytes.
type Part struct {
	Text string
	Off  int32 // of its first byte, from the first byte of the message
	Len  int32
}

// Field is a field line, its value without the white space around it.
type Field struct{ Name, Value Part }

// Fields are the field lines of a header section, in the order of the wire.
type Fields []Field

// Lookup returns the value of the first field line of that name, in any case
// of letters.
func (f Fields) Lookup(name string) (value string, ok bool) {
	for i := range f {
		if http1.EqualFold(f[i].Name.Text, name) {
			return f[i].Value.Text, true
		}
	}
	return "", false
}

// Request is the parsed header section of a request: after a fault, as far as
// it was understood.
type Request struct {
	Method, Target, Proto Part
	Fields                Fields
}

// Response is the parsed header section of the final response.
type Response struct {
	Proto, Code, Reason Part
	Fields              Fields
}

// Head is what Request and Response have in common: the three parts of the
// start line, and the field lines.
type Head struct {
	Start  [3]*Part
	Fields *Fields
}

// Head returns the parts of r.
func (r *Request) Head() Head { return Head{[3]*Part{&r.Method, &r.Target, &r.Proto}, &r.Fields} }

// Head returns the parts of r.
func (r *Response) Head() Head { return Head{[3]*Part{&r.Proto, &r.Code, &r.Reason}, &r.Fields} }

// Browser is what a Request object tells beside the fields. What the browser
// does not tell is empty.
type Browser struct {
	Mode, Destination, Cache, Redirect, Referrer string
	Client                                       string // id of the client that asks
}

// Navigates reports whether a frame was loaded.
func (b *Browser) Navigates() bool { return b.Mode == "navigate" && b.Destination == "iframe" }

// facts are the fields of b by name, in the order of a transcript.
func (b *Browser) facts() [6]struct {
	Name  string
	Value *string
} {
	return [...]struct {
		Name  string
		Value *string
	}{
		{"mode", &b.Mode}, {"destination", &b.Destination}, {"cache", &b.Cache},
		{"redirect", &b.Redirect}, {"referrer", &b.Referrer}, {"client", &b.Client},
	}
}
