//go:build js

package browserfs

import (
	"io/fs"
	"sort"
)

// SortEntries sorts entries by their names. (slices.SortFunc would be 15 kB of
// the program for each kind of element: package sort has one for all.)
func SortEntries(entries []fs.DirEntry) { sort.Sort(byName(entries)) }

type byName []fs.DirEntry

func (b byName) Len() int           { return len(b) }
func (b byName) Less(i, j int) bool { return b[i].Name() < b[j].Name() }
func (b byName) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
