//go:build js

package zipfs

import (
	"errors"
	"io/fs"
	"slices"
	"sync"
	"syscall/js"

	"vitrine/wasm/browserfs"
	"vitrine/wasm/promise"
)

// Bounds of what is inflated, in bytes.
const (
	maxInflated = 1 << 30   // of one entry
	maxKept     = 256 << 20 // of all entries that are kept inflated
)

// Methods of compression.
const (
	stored   = 0
	deflated = 8
)

const encrypted = 1 << 0 // a flag

// Errors of entries.
var (
	ErrEncrypted = errors.New("the entry is encrypted")
	ErrMethod    = errors.New("the entry is compressed in a way that browsers do not know")
	ErrTooLarge  = errors.New("the entry is too large to be inflated")
	ErrDamaged   = errors.New("the entry is damaged: it does not unfold to what the archive’s directory says")
)

// content returns what an entry holds: a slice of the archive, or a Blob that
// the browser keeps.
func (a *archive) content(z *packed) (js.Value, error) {
	if z.flags&encrypted != 0 {
		return js.Undefined(), ErrEncrypted
	}
	if z.method != stored && z.method != deflated {
		return js.Undefined(), ErrMethod
	}
	return a.inflated.get(z, func() (js.Value, error) {
		at, err := contentAt(readerOf(a.blob, a.size), z, a.size)
		if err != nil {
			return js.Undefined(), err
		}
		packed := a.blob.Call("slice", at, at+int64(z.size))
		switch {
		case z.method == stored && z.size != z.unpacked:
			return js.Undefined(), ErrDamaged
		case z.method == stored:
			return packed, nil
		}
		return inflate(packed, z.unpacked)
	})
}

// inflate makes a Blob of deflated content. Its pieces stay JavaScript's. No
// more than size is taken, whatever the content unfolds to.
func inflate(packed js.Value, size uint64) (js.Value, error) {
	if size > maxInflated {
		return js.Undefined(), ErrTooLarge
	}
	global := js.Global()
	reader, err := promise.Try(func() js.Value {
		return packed.Call("stream").Call("pipeThrough", global.Get("DecompressionStream").New("deflate-raw")).Call("getReader")
	})
	if err != nil {
		return js.Undefined(), err
	}
	pieces := global.Get("Array").New()
	for n := uint64(0); ; {
		step, err := promise.Call(reader, "read")
		switch {
		case err != nil:
			return js.Undefined(), whyNot(err)
		case step.Get("done").Bool() && n == size:
			return global.Get("Blob").New(pieces), nil
		case step.Get("done").Bool():
			return js.Undefined(), ErrDamaged
		}
		piece := step.Get("value")
		if n += uint64(piece.Get("length").Int()); n > size {
			promise.Call(reader, "cancel")
			return js.Undefined(), ErrDamaged
		}
		pieces.Call("push", piece)
	}
}

// whyNot tells an archive that cannot be read from one that does not inflate,
// for which browsers have no word in common.
func whyNot(err error) error {
	for _, known := range []error{fs.ErrNotExist, fs.ErrPermission, browserfs.ErrChanged} {
		if reason := browserfs.Reason(err); errors.Is(reason, known) {
			return reason
		}
	}
	return ErrDamaged
}

// cache keeps the content of entries, those that were made first the shortest.
// Several that ask for one entry wait for the same.
type cache struct {
	mu    sync.Mutex
	all   map[*packed]*entry
	order []*packed // that are made
	kept  uint64    // bytes of all that were inflated
}

type entry struct {
	made    chan struct{} // closed when content or err is there
	content js.Value
	err     error
}

func (c *cache) get(z *packed, content func() (js.Value, error)) (js.Value, error) {
	c.mu.Lock()
	e := c.all[z]
	if e != nil {
		c.mu.Unlock()
		<-e.made
		return e.content, e.err
	}
	e = &entry{made: make(chan struct{})}
	if c.all == nil {
		c.all = make(map[*packed]*entry)
	}
	c.all[z] = e
	c.mu.Unlock()

	e.content, e.err = content()
	close(e.made)
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.err != nil {
		delete(c.all, z) // the next one tries again
		return e.content, e.err
	}
	c.order = append(c.order, z)
	c.kept += heldBy(z)
	for len(c.order) > 1 && c.kept > maxKept {
		old := c.order[0]
		c.order = slices.Delete(c.order, 0, 1)
		c.kept -= heldBy(old)
		delete(c.all, old)
	}
	return e.content, nil
}

// heldBy is what the content of an entry costs; a slice of the archive costs
// nothing.
func heldBy(z *packed) uint64 {
	if z.method == stored {
		return 0
	}
	return z.unpacked
}
