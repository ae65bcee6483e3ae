// Package osfs is a folder of the host as an [io/fs.FS]: what the native
// server serves.
//
// The one rule: names are relative to the folder and made of bytes. A name is
// "." or parts joined by slashes, none of them empty, "." or "..", none with
// a NUL; unlike [io/fs.ValidPath] asks, a part need not be UTF-8, so every
// file that a listing shows can be opened.
//
// The folder is opened once and files below it are opened relative to that
// handle: renaming it, or mounting something over it, changes nothing for a
// running server. What links may do is one choice, [Links].
//
// Open returns regular files and directories. Anything else is
// [ErrNotServable]: opening a FIFO, a socket or a device never waits and never
// reads.
package osfs
