//go:build js

// Package host is the page's half of the engine. It joins what takes folders
// in (wasm/intake), what is known of sites (wasm/sites), what is kept of them
// (wasm/idb) and the way to their workers (wasm/bridge), and has the words for
// what the person should know of it.
//
// The one rule: files stay with the page. A worker is stopped at any moment
// and asks again when it wakes; what the page must remember over a reload
// (handles, small copies, names) is in IndexedDB.
//
// Everything reachable from one site's worker is that site, read-only.
package host
