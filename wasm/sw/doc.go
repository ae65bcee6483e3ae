//go:build js

// Command sw is the program of a site's service worker. worker/sw.js decides
// which fetches are a site's and starts it; all the rest is here: it asks the
// tool's page for files, lets the core respond, and sends the record to the
// page's log.
//
// The page's own worker runs it, too: worker/folders.js gives it the folders of
// sites, and it serves what their service workers relay; see folder.go.
//
// The one rule: the worker can be stopped between any two fetches, so nothing
// that matters is kept here. A port is asked for again, a response is never
// remembered.
package main
