//go:build js

package browsertest

import "syscall/js"

// Directory is a directory handle of a folder that is changed with Put and
// Remove.
type Directory struct{ Handle js.Value }

// NewDirectory makes an empty folder.
func NewDirectory() Directory { return Directory{newDirectory.Invoke()} }

// TreeDirectory makes a folder with the files of Tree.
func TreeDirectory() Directory {
	d := NewDirectory()
	for name, content := range Tree {
		d.Put(name, File(name, content))
	}
	return d
}

// Put puts a File, or a directory if file is null, at a path.
func (d Directory) Put(path string, file js.Value) { d.Handle.Call("add", path, file) }

// Remove removes what is at a path, with all below it.
func (d Directory) Remove(path string) { d.Handle.Call("remove", path) }

// Asked is how often a directory was asked for what it holds.
func (d Directory) Asked(path string) int { return d.Handle.Call("asked", path).Int() }

// Entry is the folder as a FileSystemDirectoryEntry.
func (d Directory) Entry() js.Value { return d.Handle.Get("entry") }

// newDirectory makes a directory handle as Chromium has it: asynchronous,
// with the exceptions of the File System Standard, and a path rather than a
// thing: what is at the path now counts.
var newDirectory = js.Global().Get("Function").New(`
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
