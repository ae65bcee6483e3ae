//go:build js

package main

import (
	"errors"
	"io/fs"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/contract"
	"vitrine/wasm/hosting"
	"vitrine/wasm/promise"
	"vitrine/wasm/remotefs"
)

// folder is the folder of a site, in the page's worker. It serves what it can
// be sure of: files that are there, and that there is no such file. The rest is
// the page's, which knows more ways to a folder, and what to do about it.
type folder struct {
	fsys    fs.FS
	hosting hosting.Options
	changes int
}

var objectClass = js.Global().Get("Object")

// errElsewhere says that the page has to be asked.
var errElsewhere = errors.New("only the page can tell")

// openFolder takes the folder of a site: open(site, handle, options).
func (w *worker) openFolder(_ js.Value, args []js.Value) any {
	h := browserfs.NewHandles(args[1])
	h.Rest = elsewhere{} // names that the browser hides from handles
	w.mu.Lock()
	w.folders[args[0].String()] = &folder{fsys: h}
	w.mu.Unlock()
	return w.hostFolder(js.Undefined(), []js.Value{args[0], args[2]})
}

// hostFolder says how a site is to be served: host(site, options).
func (w *worker) hostFolder(_ js.Value, args []js.Value) any {
	options, err := hosting.Parse(args[1].String())
	w.mu.Lock()
	defer w.mu.Unlock()
	if f := w.folders[args[0].String()]; f != nil && err == nil {
		f.hosting = options
		f.changes++
	}
	return nil
}

// closeFolder is for a site that is gone: close(site).
func (w *worker) closeFolder(_ js.Value, args []js.Value) any {
	w.mu.Lock()
	delete(w.folders, args[0].String())
	w.mu.Unlock()
	return nil
}

// serveFetch serves a fetch that a service worker relays; see
// contract.ServeFetch.
func (w *worker) serveFetch(_ js.Value, args []js.Value) any {
	r := newSiteRequest(args[1], args[2])
	r.site = args[0].String() // whatever the route says
	return promise.New(func() (js.Value, error) {
		w.slots <- struct{}{}
		defer func() { <-w.slots }()
		w.mu.Lock()
		f := w.folders[r.site]
		w.mu.Unlock()
		if f == nil {
			return js.Null(), nil
		}
		return r.respondFrom(f)
	})
}

// respondFrom makes the Response with a folder that is at hand; null if the
// page has to be asked.
func (r *siteRequest) respondFrom(f *folder) (response js.Value, err error) {
	defer survive(&err)
	if err := r.Prepare(); err != nil {
		return js.Null(), err
	}
	s, away, err := r.serve(f)
	if away != nil || err != nil || s.Content.IsUndefined() {
		return js.Null(), nil
	}
	o := objectClass.New()
	o.Set(contract.ServedResponse, s.Response)
	o.Set(contract.ServedContent, s.Content)
	o.Set(contract.ServedRecord, remotefs.EncodeRecord(s.Record())) // there is no stream to wait for
	name, n := s.lasting()
	if n != nil && !n.Provable {
		name = ""
	}
	o.Set(contract.ServedName, name)
	if name != "" && !s.File.Equal(s.Content) {
		o.Set(contract.ServedFile, s.File)
	}
	return o, nil
}

func (f *folder) ask(look remotefs.Look) (*remotefs.Node, error) {
	list := look.List
	look.List = false
	n := remotefs.Lookup(f.fsys, look)
	known := n.Code == remotefs.Exists || n.Code == remotefs.NotExist
	if n.IndexNode != nil {
		known = n.IndexNode.Code == remotefs.Exists
	} else if n.Dir && list {
		known = false // names that handles hide belong to a listing
	}
	if !known || look.Name == "." && n.Code == remotefs.NotExist {
		return nil, errElsewhere
	}
	return n, nil
}

func (f *folder) options() (o hosting.Options, changes int) { return f.hosting, f.changes }

// elsewhere is a folder of which only the page knows what is in it.
type elsewhere struct{}

func (elsewhere) Open(string) (fs.File, error) { return nil, errElsewhere }
