//go:build js

// Package idb keeps sites in IndexedDB from one visit of the page to the next:
// what they are, the handles of their folders, and copies of small folders
// that have none.
//
// The one rule: what is read back is input. Where sites share the tool's
// origin their scripts could write it, so there nothing is kept at all, see
// [Delete].
package idb
