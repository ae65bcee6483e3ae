//go:build js

// Package intake takes in what the person hands to the page: by a drop, a
// folder picker or a file input, in whatever form the browser has for it, and
// makes folders of it that can be served and counted.
//
// The one rule: what is handed over in an event can only be taken within it.
// So [TakeDrop], [Pick] and [TakeFileList] are called from the event and return
// at once, and what they return does the waiting.
package intake
