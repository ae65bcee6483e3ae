// Package zipfs is a zip archive as a folder, read where it lies: only its
// directory is read into memory. A stored entry is a slice of the archive; a
// deflated one is inflated by the browser when it is asked for, outside the
// program's memory too.
//
// The one rule: the directory belongs to the archive as it is now. An archive
// that has changed is read again at the next Open.
package zipfs
