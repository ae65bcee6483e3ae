//go:build js

package remotefs

import (
	"syscall/js"

	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/hosting"
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
		// Index are names to look for in a directory, in order: the response
		// brings what the first of them that exists leads to.
		Index []string
		// List asks for the entries of a directory that has none of Index.
		List bool
	}
	// Record is one exchange for the log.
	Record struct {
		Record *trace.Record
		Lost   int64 // records that could not be kept before this one
		// Serial is the number that Repeats name it by; 0 if none will.
		Serial int64
	}
	// Repeats are exchanges whose response was given again by worker/repeat.js,
	// which alone sends them.
	Repeats []Repeat
	// Ping asks for a Pong.
	Ping struct{}
)

// From the page to the worker.
type (
	// Hello is the first message on a port, so that a worker of another
	// version is found out before it asks.
	Hello struct{}
	// Found responds to a Look.
	Found struct {
		Number int
		Node   *Node
	}
	// Pong responds to a Ping.
	Pong struct{}
	// Bye says that the page goes away: do not wait for it. From a worker it
	// says that it has another port now, maybe of another page.
	Bye struct{}
	// Hosting says how the site is to be served. It comes before the first
	// Found on a port, and whenever it changes.
	Hosting struct{ hosting.Options }
	// FolderChanged says that something in the folder is not what it was.
	FolderChanged struct{}
)

// Encode makes the object to post.
func Encode(m Message) js.Value {
	o := object()
	o.Set("vitrine", Version)
	o.Set("type", m.fill(o))
	return o
}

// Bounds of what is taken from the other side; no honest message passes them.
const (
	maxIndex  = 16      // index pages that a question names
	maxRecord = 4 << 20 // bytes of a record
	maxList   = 1 << 20 // UTF-16 code units of a list of repeats
)

// Decode reads an object that was posted, whatever it is. The error is a
// *VersionError if the other side is of another version.
func Decode(o js.Value) (Message, error) { return decode(o, nil) }

// DecodeFromWorker is Decode for the page, which takes nothing but what a
// worker sends: scripts of a previewed site can post to the page, too.
func DecodeFromWorker(o js.Value) (Message, error) { return decode(o, decodeRecord) }

// decode reads a message. record reads one with a record, which only the page
// takes: nil leaves its code out of the worker's program.
func decode(o js.Value, record func(js.Value) (Message, error)) (m Message, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, Error("a value that cannot be read")
		}
	}()
	v := property(o, "vitrine")
	if v.Type() != js.TypeNumber {
		return nil, Error("not one of ours")
	}
	if v.Float() != Version {
		return nil, &VersionError{int(Number(o, "vitrine"))}
	}
	switch Text(o, "type") {
	case contract.Look:
		return decodeLook(o)
	case contract.Found:
		if record != nil {
			return nil, Error("only the page may say what was found")
		}
		n, err := decodeNode(property(o, "node"), true)
		return Found{int(Number(o, "number")), n}, err
	case contract.Record, contract.Repeats:
		if record == nil {
			return nil, Error("only a worker sends records")
		}
		return record(o)
	case "hello":
		return Hello{}, nil
	case "ping":
		return Ping{}, nil
	case "pong":
		return Pong{}, nil
	case contract.Bye:
		return Bye{}, nil
	case "hosting":
		encoded, ok := text(property(o, "options"))
		if !ok {
			return nil, Error("options that are no text")
		}
		options, err := hosting.Parse(encoded)
		return Hosting{options}, err
	case contract.Changed, contract.Watched: // for worker/repeat.js
		return FolderChanged{}, nil
	default:
		return nil, Error("unknown type")
	}
}

func decodeRecord(o js.Value) (Message, error) {
	if Text(o, "type") == contract.Repeats {
		return decodeRepeats(o)
	}
	p, err := recordBytes(property(o, "record"))
	if err != nil {
		return nil, err
	}
	r, err := DecodeRecord(p)
	return Record{r, max(0, Number(o, "lost")), max(0, Number(o, "serial"))}, err
}

func decodeRepeats(o js.Value) (Message, error) {
	list, ok := textOf(property(o, "list"), maxList)
	if !ok {
		return nil, Error("repeats without a list")
	}
	repeats, err := ParseRepeats(list)
	return Repeats(repeats), err
}

func decodeLook(o js.Value) (Message, error) {
	m := Look{Number: int(Number(o, "number")), List: Bool(o, "list")}
	var ok bool
	if m.Name, ok = text(property(o, "name")); !ok {
		return nil, Error("a question without a name")
	}
	list := property(o, "index")
	for i := range min(Number(list, "length"), maxIndex) {
		if name, ok := text(property(list, i)); ok {
			m.Index = append(m.Index, name)
		}
	}
	return m, nil
}

// recordBytes copies the bytes of a record, if they are bytes and not too
// many.
func recordBytes(b js.Value) ([]byte, error) {
	if b.Type() != js.TypeObject || !b.InstanceOf(bytesClass) {
		return nil, Error("a record without bytes")
	}
	n := Number(b, "length")
	if n > maxRecord {
		return nil, Error("a record that is too long")
	}
	p := make([]byte, n)
	js.CopyBytesToGo(p, b)
	return p, nil
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
	return contract.Look
}

func (m Found) fill(o js.Value) string {
	o.Set("number", m.Number)
	o.Set("node", m.Node.encode())
	return contract.Found
}

func (m Record) fill(o js.Value) string {
	o.Set("record", EncodeRecord(m.Record))
	o.Set("lost", m.Lost)
	o.Set("serial", m.Serial)
	return contract.Record
}

// EncodeRecord makes the bytes that a message has for a record.
func EncodeRecord(r *trace.Record) js.Value {
	p := AppendRecord(nil, r)
	b := bytesClass.New(len(p))
	js.CopyBytesToJS(b, p)
	return b
}

func (Repeats) fill(js.Value) string { panic("repeats come from worker/repeat.js") }

func (Hello) fill(js.Value) string { return "hello" }

func (Ping) fill(js.Value) string { return "ping" }
func (Pong) fill(js.Value) string { return "pong" }
func (Bye) fill(js.Value) string  { return contract.Bye }

func (m Hosting) fill(o js.Value) string {
	o.Set("options", m.Encode())
	return "hosting"
}

func (FolderChanged) fill(js.Value) string { return contract.Changed }

func object() js.Value { return objectClass.New() }
