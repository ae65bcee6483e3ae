//go:build js

package filefs

import (
	"io/fs"
	"strings"
	"syscall/js"
	"testing"

	"vitrine/wasm/message"
)

// tree is what all tests serve, path to content.
var tree = map[string]string{
	"index.html":            "<p>root",
	"empty.txt":             "",
	"css/site.css":          "p { color: red }",
	"docs/a b#c?d%20'\".md": "odd name",
	"docs/deep/er/x.js":     "export default 1",
	"docs/ümläut 😀.txt":     "Grüße",
	"big.bin":               strings.Repeat("0123456789abcdef", 64),
}

func paths() (names []string) {
	for name := range tree {
		names = append(names, name)
	}
	return names
}

const modified = 1_600_000_000_123 // ms

func jsFile(name, content string) js.Value {
	options := map[string]any{"lastModified": modified}
	return js.Global().Get("File").New([]any{content}, name, options)
}

func newList(t *testing.T) *List {
	l := new(List)
	for name, content := range tree {
		if err := l.Add(name, jsFile(name, content)); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// fakeDirectory makes a directory handle as Chromium has it: asynchronous,
// with the exceptions of the File System Standard.
var fakeDirectory = js.Global().Get("Function").New(`
	class FakeFile {
		constructor(name, file) { this.kind = "file"; this.name = name; this.file = file; }
		vanish() { this.gone = true; }
		async getFile() {
			if (this.gone) throw new DOMException("gone", "NotFoundError");
			return this.file;
		}
	}
	class FakeDirectory {
		constructor(name) { this.kind = "directory"; this.name = name; this.map = new Map(); this.asked = 0; }
		get(name, kind) {
			this.asked++;
			if (name === "" || name === "." || name === ".." || name.includes("/")) throw new TypeError("Name is not allowed.");
			if (this.gone) throw new DOMException("gone", "NotFoundError");
			const h = this.map.get(name);
			if (!h) throw new DOMException("no such entry", "NotFoundError");
			if (h.kind !== kind) throw new DOMException("other kind", "TypeMismatchError");
			return h;
		}
		async getFileHandle(name) { return this.get(name, "file"); }
		async getDirectoryHandle(name) { return this.get(name, "directory"); }
		async *values() {
			if (this.gone) throw new DOMException("gone", "NotFoundError");
			yield* this.map.values();
		}
		add(path, file) {
			const [first, ...rest] = path.split("/");
			if (rest.length === 0) { this.map.set(first, new FakeFile(first, file)); return; }
			if (!this.map.has(first)) this.map.set(first, new FakeDirectory(first));
			this.map.get(first).add(rest.join("/"), file);
		}
		vanish() {
			this.gone = true;
			for (const h of this.map.values()) h.vanish();
		}
		remove(path) {
			const [first, ...rest] = path.split("/");
			const h = this.map.get(first);
			if (rest.length) return h.remove(rest.join("/"));
			h.vanish();
			this.map.delete(first);
		}
	}
	return new FakeDirectory("root");
`)

func newHandles(t *testing.T) *Handles {
	root := fakeDirectory.Invoke()
	for name, content := range tree {
		root.Call("add", name, jsFile(name, content))
	}
	return NewHandles(root)
}

// newRemote serves fsys over a real port with real structured clones.
func newRemote(t *testing.T, fsys fs.FS) *Remote {
	channel := js.Global().Get("MessageChannel").New()
	near, far := channel.Get("port1"), channel.Get("port2")
	serve := js.FuncOf(func(_ js.Value, args []js.Value) any {
		m, err := message.Decode(args[0].Get("data"))
		if err != nil {
			t.Error(err)
			return nil
		}
		look := m.(message.Look)
		go func() {
			far.Call("postMessage", message.Encode(message.Found{Number: look.Number, Node: Lookup(fsys, look)}))
		}()
		return nil
	})
	waiting := make(map[int]chan *message.Node)
	receive := js.FuncOf(func(_ js.Value, args []js.Value) any {
		m, err := message.Decode(args[0].Get("data"))
		if err != nil {
			t.Error(err)
			return nil
		}
		found := m.(message.Found)
		waiting[found.Number] <- found.Node
		return nil
	})
	far.Set("onmessage", serve)
	near.Set("onmessage", receive)
	t.Cleanup(func() {
		near.Call("close")
		far.Call("close")
		serve.Release()
		receive.Release()
	})
	number := 0
	return &Remote{Ask: func(look message.Look) (*message.Node, error) {
		number++
		look.Number = number
		answer := make(chan *message.Node, 1)
		waiting[look.Number] = answer
		near.Call("postMessage", message.Encode(look))
		return <-answer, nil
	}}
}

// unreadable is a File that the browser refuses to read.
func unreadable(t *testing.T) js.Value {
	f := jsFile("changed.txt", "x")
	refuse := js.FuncOf(func(js.Value, []js.Value) any {
		blob := js.Global().Get("Object").New()
		blob.Set("arrayBuffer", js.Global().Get("Function").New(`return Promise.reject(new DOMException("changed", "NotReadableError"))`))
		return blob
	})
	t.Cleanup(refuse.Release)
	f.Set("slice", refuse)
	return f
}
