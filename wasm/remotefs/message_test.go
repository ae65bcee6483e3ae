//go:build js

package remotefs

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"syscall/js"
	"testing"

	"vitrine/wasm/hosting"
)

// clone is what a port does to an object.
func clone(v js.Value) js.Value { return js.Global().Call("structuredClone", v) }

func TestMessages(t *testing.T) {
	blob := js.Global().Get("Blob").New([]any{"x"})
	for _, want := range []Message{
		Look{Number: 7, Name: "docs/a b"},
		Look{Number: 1 << 40, Name: ".", Index: []string{"index.html", "index.htm"}, List: true},
		Found{1, &Node{Code: NotExist, Reason: "open x: file does not exist"}},
		Found{2, &Node{Code: Unavailable, Reason: "grant"}},
		Found{2, &Node{Code: Changed, Reason: "open x: the file was changed"}},
		Found{3, &Node{Dir: true}},
		Found{4, &Node{Dir: true, Listed: true, Entries: []Entry{{"a", false}, {"ü \U0001f600", true}, {"f", false}}}},
		Found{5, &Node{Dir: true, Listed: true}},
		Found{6, &Node{Dir: true, Index: "index.htm", IndexNode: &Node{Code: Permission, Reason: "no"}}},
		Record{Record: sampleRecord(), Lost: 3, Serial: 5},
		Hello{}, Ping{}, Pong{}, Bye{}, FolderChanged{},
		Hosting{}, Hosting{hosting.Options{Unknown: hosting.Application, CleanURLs: true, Fields: hosting.Isolation}},
	} {
		decode := Decode
		if _, ok := want.(Record); ok {
			decode = DecodeFromWorker
		}
		got, err := decode(clone(Encode(want)))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	m, err := Decode(clone(Encode(Found{9, &Node{Size: 1 << 50, Time: 1_700_000_000_123, Blob: blob}})))
	if n := m.(Found).Node; err != nil || n.Size != 1<<50 || n.Time != 1_700_000_000_123 || n.Blob.Get("size").Int() != 1 {
		t.Errorf("a file: got %+v, %v", n, err)
	}
}

// Whatever comes over a port is a message or an error, never a panic.
func TestNoMessages(t *testing.T) {
	object := func(fields map[string]any) js.Value { return js.ValueOf(fields) }
	// An object may contain itself, and texts and arrays have any length.
	cycle := object(map[string]any{"dir": true, "index": "i"})
	cycle.Set("indexNode", cycle)
	long := strings.Repeat("x", maxText+1)
	bigInt := js.Global().Call("BigInt", 1)
	for title, v := range map[string]js.Value{
		"a node in itself":    object(map[string]any{"vitrine": Version, "type": "found", "node": cycle}),
		"a long name":         object(map[string]any{"vitrine": Version, "type": "look", "name": long}),
		"a long type":         object(map[string]any{"vitrine": Version, "type": long}),
		"a long record":       object(map[string]any{"vitrine": Version, "type": "record", "record": js.Global().Get("Uint8Array").New(2_000_000_000)}),
		"a BigInt":            bigInt,
		"a BigInt within":     js.Global().Call("eval", "({vitrine: 1n})"),
		"a BigInt as type":    object(map[string]any{"vitrine": Version, "type": bigInt}),
		"a BigInt as name":    object(map[string]any{"vitrine": Version, "type": "look", "name": bigInt}),
		"a getter":            js.Global().Call("eval", "({get vitrine() { throw new Error() }})"),
		"a proxy":             js.Global().Call("eval", "new Proxy({}, {get() { throw 1n }})"),
		"a list that throws":  js.Global().Call("eval", `({vitrine: `+strconv.Itoa(Version)+`, type: "look", name: ".", index: {length: 1, get 0() { throw 1 }}})`),
		"an unknown code":     object(map[string]any{"vitrine": Version, "type": "found", "node": map[string]any{"code": 300}}),
		"a fraction":          object(map[string]any{"vitrine": Version + 0.5, "type": "ping"}),
		"nothing":             js.Undefined(),
		"null":                js.Null(),
		"text":                js.ValueOf("look"),
		"no version":          object(map[string]any{"type": "ping"}),
		"unknown type":        object(map[string]any{"vitrine": Version, "type": "destroy"}),
		"a framing field":     object(map[string]any{"vitrine": Version, "type": "hosting", "options": "\nConnection: close"}),
		"options by a BigInt": object(map[string]any{"vitrine": Version, "type": "hosting", "options": bigInt}),
		"no node":             object(map[string]any{"vitrine": Version, "type": "found", "number": 1}),
		"a file without Blob": object(map[string]any{"vitrine": Version, "type": "found", "number": 1, "node": map[string]any{"size": 1}}),
		"no record":           object(map[string]any{"vitrine": Version, "type": "record", "lost": "many"}),
		"no bytes":            object(map[string]any{"vitrine": Version, "type": "record", "record": map[string]any{"length": 5}}),
		"a broken record":     object(map[string]any{"vitrine": Version, "type": "record", "record": js.Global().Get("Uint8Array").New(3)}),
		"a list for an index": object(map[string]any{"vitrine": Version, "type": "found", "node": map[string]any{"dir": true, "index": "i", "indexNode": map[string]any{"dir": true, "index": "i", "indexNode": map[string]any{"dir": true}}}}),
		"index without node":  object(map[string]any{"vitrine": Version, "type": "found", "node": map[string]any{"dir": true, "index": "i"}}),
	} {
		if m, err := Decode(v); err == nil {
			t.Errorf("%s: got %+v, want an error", title, m)
		}
	}
	if m, err := DecodeFromWorker(clone(Encode(Found{1, &Node{Dir: true}}))); err == nil {
		t.Errorf("what a worker says was found: got %+v, want an error", m)
	}
	if _, err := DecodeFromWorker(clone(Encode(Look{Number: 1, Name: strings.Repeat("x", maxText)}))); err != nil {
		t.Errorf("a worker's question: %v", err)
	}
	var version *VersionError
	if _, err := Decode(object(map[string]any{"vitrine": Version + 1, "type": "ping"})); !errors.As(err, &version) || version.Got != Version+1 {
		t.Errorf("another version: got %v", err)
	}
}
