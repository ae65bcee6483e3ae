//go:build js

package idb

import (
	"syscall/js"
	"time"

	"vitrine/wasm/hosting"
	"vitrine/wasm/sites"
)

// Site is a site as it is stored.
type Site struct {
	ID, Name string
	Kind     sites.Kind
	Created  time.Time
	Whole    bool         // it is one folder or archive of that name
	Archive  bool         // its copy is the archive that it is in
	Copied   time.Time    // when the copy of its files was made; zero without one
	NoCopy   sites.NoCopy // why it was not made
	Roots    []Root       // handles of its folder
	Hosting  hosting.Options
}

// Root is a handle and where in the site it lies: "." for the whole.
type Root struct {
	At     string
	Handle js.Value
}

// Save writes a site down.
func (s *Store) Save(site Site) error {
	o := js.Global().Get("Object").New()
	o.Set("id", site.ID)
	o.Set("name", site.Name)
	o.Set("kind", int(site.Kind))
	o.Set("created", site.Created.UnixMilli())
	o.Set("whole", site.Whole)
	o.Set("archive", site.Archive)
	o.Set("noCopy", int(site.NoCopy))
	if !site.Copied.IsZero() {
		o.Set("copied", site.Copied.UnixMilli())
	}
	if !site.Hosting.IsZero() {
		o.Set("hosting", site.Hosting.Encode())
	}
	roots := js.Global().Get("Array").New()
	for _, r := range site.Roots {
		root := js.Global().Get("Object").New()
		root.Set("at", r.At)
		root.Set("handle", r.Handle)
		roots.Call("push", root)
	}
	o.Set("roots", roots)
	return s.update("sites", func(sites js.Value) { sites.Call("put", o) })
}

// Sites returns what was saved.
func (s *Store) Sites() ([]Site, error) {
	transaction, err := s.transaction("sites", "readonly")
	if err != nil {
		return nil, err
	}
	list, err := request(transaction.Call("objectStore", "sites").Call("getAll"))
	if err != nil {
		return nil, err
	}
	all := make([]Site, list.Length())
	for i := range all {
		o := list.Index(i)
		site := Site{
			ID: o.Get("id").String(), Name: o.Get("name").String(), Kind: sites.Kind(o.Get("kind").Int()),
			Created: time.UnixMilli(int64(o.Get("created").Float())),
		}
		site.Whole, site.Archive = o.Get("whole").Truthy(), o.Get("archive").Truthy()
		if n := o.Get("noCopy"); n.Type() == js.TypeNumber {
			site.NoCopy = sites.NoCopy(n.Int())
		}
		if t := o.Get("copied"); t.Type() == js.TypeNumber {
			site.Copied = time.UnixMilli(int64(t.Float()))
		}
		if h := o.Get("hosting"); h.Type() == js.TypeString {
			site.Hosting, _ = hosting.Parse(h.String()) // of another version: none
		}
		roots := o.Get("roots")
		for j := range roots.Length() {
			site.Roots = append(site.Roots, Root{At: roots.Index(j).Get("at").String(), Handle: roots.Index(j).Get("handle")})
		}
		all[i] = site
	}
	return all, nil
}

// Remove forgets a site and its copy.
func (s *Store) Remove(id string) error {
	err := s.update("sites", func(sites js.Value) { sites.Call("delete", id) })
	if e := s.RemoveCopy(id); err == nil {
		err = e
	}
	return err
}
