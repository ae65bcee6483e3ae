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
// with the exceptions of the File System Standard, and a path rather than a
// thing: what is at the path now counts.
var fakeDirectory = js.Global().Get("Function").New(`
	const files = new Map(); // path to File, directories to null
	files.set("", null);
	const below = (path, name) => path ? path + "/" + name : name;
	const missing = () => { throw new DOMException("no such entry", "NotFoundError"); };
	const asked = new Map(); // path to number of questions put to it
	class Handle {
		constructor(path, kind) { this.path = path; this.kind = kind; this.name = path.split("/").pop(); }
		async getFile() { return files.get(this.path) ?? missing(); }
		get(name, kind) {
			asked.set(this.path, (asked.get(this.path) ?? 0) + 1);
			if (name.startsWith("hidden")) throw new TypeError("Name is not allowed.");
			if (name === "" || name === "." || name === ".." || name.includes("/")) throw new TypeError("Name is not allowed.");
			const path = below(this.path, name);
			if (files.get(this.path) !== null || !files.has(path)) missing();
			if ((files.get(path) === null) !== (kind === "directory")) throw new DOMException("other kind", "TypeMismatchError");
			return new Handle(path, kind);
		}
		async getFileHandle(name) { return this.get(name, "file"); }
		async getDirectoryHandle(name) { return this.get(name, "directory"); }
		async *values() {
			if (files.get(this.path) !== null) missing();
			for (const [path, file] of files) {
				const slash = path.lastIndexOf("/");
				if (/(^|\/)hidden/.test(path)) continue;
				if (path && path.slice(0, Math.max(slash, 0)) === this.path) yield new Handle(path, file ? "file" : "directory");
			}
		}
		add(path, file) {
			let dir = "";
			for (const name of path.split("/").slice(0, -1)) files.set(dir = below(dir, name), null);
			files.set(path, file);
		}
		remove(path) {
			for (const p of [...files.keys()]) if (p === path || p.startsWith(path + "/")) files.delete(p);
		}
		asked(path) { return asked.get(path) ?? 0; }
	}
	// The same folder as a FileSystemDirectoryEntry, which hides no names.
	class Entry {
		constructor(path) {
			this.path = path;
			this.name = path.split("/").pop();
			this.isFile = !!files.get(path);
			this.isDirectory = !this.isFile;
		}
		file(ok, failed) {
			const file = files.get(this.path);
			setTimeout(() => file ? ok(file) : failed(new DOMException("gone", "NotFoundError")));
		}
		getFile(name, options, ok, failed) { this.get(name, false, ok, failed); }
		getDirectory(name, options, ok, failed) { this.get(name, true, ok, failed); }
		get(name, dir, ok, failed) {
			const path = below(this.path, name);
			setTimeout(() => {
				if (!files.has(path)) failed(new DOMException("none", "NotFoundError"));
				else if ((files.get(path) === null) !== dir) failed(new DOMException("other", "TypeMismatchError"));
				else ok(new Entry(path));
			});
		}
		createReader() {
			const all = [...files.keys()].filter((p) => p && p.slice(0, Math.max(p.lastIndexOf("/"), 0)) === this.path);
			return { readEntries: (ok) => setTimeout(() => ok(all.splice(0, 2).map((p) => new Entry(p)))) }; // in batches
		}
	}
	const root = new Handle("", "directory");
	root.entry = new Entry("");
	return root;
`)

func newHandles(t *testing.T) *Handles {
	root := fakeDirectory.Invoke()
	for name, content := range tree {
		root.Call("add", name, jsFile(name, content))
	}
	return NewHandles(root)
}

func newEntries(t *testing.T) *Entries { return NewEntries(newHandles(t).root.Get("entry")) }

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
