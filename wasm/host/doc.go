//go:build js

// Package host is the page's half of the engine: it keeps the folders that
// were dropped, opened or built in, brings each one to the service worker of
// its site, and answers the worker's lookups for as long as the page is open.
//
// The one rule: files stay with the page. A worker is stopped at any moment
// and asks again when it wakes; what the page must remember over a reload
// (handles, small copies, names) is in IndexedDB.
//
// Everything reachable from one site's worker is that site, read-only: a
// lookup never says which site it is for, the port it came through does.
package host
