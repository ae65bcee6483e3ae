//go:build js

package message

import (
	"syscall/js"

	"vitrine/core/trace"
)

// Message is one of the types below.
type Message interface {
	fill(o js.Value) (kind string)
}

// From the worker to the page.
type (
	// Look asks where a name leads.
	Look struct {
		Number int    // of this question, for Found
		Name   string // as io/fs has it: "." for the root
		// Index are names to look for in a directory, in order: the answer
		// brings what the first of them that exists leads to.
		Index []string
		// List asks for the entries of a directory that has none of Index.
		List bool
	}
	// Record is one exchange for the log.
	Record struct {
		Record *trace.Record
		Lost   int64 // records that could not be kept before this one
	}
	// Ping asks whether anybody listens.
	Ping struct{}
)

// From the page to the worker.
type (
	// Hello is the first message on a port, so that a worker of another
	// version is found out before it asks.
	Hello struct{}
	// Found answers a Look.
	Found struct {
		Number int
		Node   *Node
	}
	// Pong answers a Ping.
	Pong struct{}
	// Bye says that the page goes away: do not wait for it.
	Bye struct{}
)

// Encode makes the object to post.
func Encode(m Message) js.Value {
	o := object()
	o.Set("vitrine", Version)
	o.Set("type", m.fill(o))
	return o
}

// maxIndex is how many index pages a question may name.
const maxIndex = 16

// Decode reads an object that was posted, whatever it is: scripts of a
// previewed site can post to the page, too. The error is a *VersionError if the
// other side is of another version.
func Decode(o js.Value) (Message, error) {
	if o.Type() != js.TypeObject || o.Get("vitrine").Type() != js.TypeNumber {
		return nil, Error("not one of ours")
	}
	if v := o.Get("vitrine").Int(); v != Version {
		return nil, &VersionError{v}
	}
	switch kind := text(o, "type"); kind {
	case "look":
		m := Look{Number: int(number(o, "number")), Name: text(o, "name"), List: o.Get("list").Truthy()}
		if list := o.Get("index"); list.Type() == js.TypeObject {
			for i := range min(list.Length(), maxIndex) {
				m.Index = append(m.Index, list.Index(i).String())
			}
		}
		return m, nil
	case "found":
		n, err := decodeNode(o.Get("node"))
		return Found{int(number(o, "number")), n}, err
	case "record":
		b := o.Get("record")
		if b.Type() != js.TypeObject || !b.InstanceOf(js.Global().Get("Uint8Array")) {
			return nil, Error("a record without bytes")
		}
		p := make([]byte, b.Get("length").Int())
		js.CopyBytesToGo(p, b)
		r, err := DecodeRecord(p)
		return Record{r, number(o, "lost")}, err
	case "hello":
		return Hello{}, nil
	case "ping":
		return Ping{}, nil
	case "pong":
		return Pong{}, nil
	case "bye":
		return Bye{}, nil
	default:
		return nil, Error("unknown type " + kind)
	}
}

func (m Look) fill(o js.Value) string {
	o.Set("number", m.Number)
	o.Set("name", m.Name)
	if m.List {
		o.Set("list", true)
	}
	if len(m.Index) > 0 {
		list := make([]any, len(m.Index))
		for i, name := range m.Index {
			list[i] = name
		}
		o.Set("index", list)
	}
	return "look"
}

func (m Found) fill(o js.Value) string {
	o.Set("number", m.Number)
	o.Set("node", m.Node.encode())
	return "found"
}

func (m Record) fill(o js.Value) string {
	p := AppendRecord(nil, m.Record)
	b := js.Global().Get("Uint8Array").New(len(p))
	js.CopyBytesToJS(b, p)
	o.Set("record", b)
	o.Set("lost", m.Lost)
	return "record"
}

func (Hello) fill(js.Value) string { return "hello" }

func (Ping) fill(js.Value) string { return "ping" }
func (Pong) fill(js.Value) string { return "pong" }
func (Bye) fill(js.Value) string  { return "bye" }

func object() js.Value { return js.Global().Get("Object").New() }

func text(o js.Value, key string) string {
	if v := o.Get(key); v.Type() == js.TypeString {
		return v.String()
	}
	return ""
}

func number(o js.Value, key string) int64 {
	if v := o.Get(key); v.Type() == js.TypeNumber {
		return int64(v.Float())
	}
	return 0
}
