package osfs

// Keep has the folder keep up to n files open that are asked for repeatedly;
// 0, as without the call, keeps none. Call it before the folder is used.
//
// Nothing stale is served: each Open looks the name up again, and a kept file
// is used only if that leads to the same file in the same state: device, inode,
// mode, owner, size and both times in nanoseconds. Anything else is opened again,
// so that the system decides about it. A file is kept from the second Open on,
// if it had been left alone for two seconds by then, and for ten seconds without
// an Open.
//
// Content is kept where the system has it, not as a copy. So it is what a read
// would give, but for a file that is cut short between Open and the end of a
// response: what was cut off may be zeros there, as with sendfile.
//
// Files are kept on Linux with [Follow], on file systems of this computer.
// Elsewhere Keep has no effect.
func (f *Folder) Keep(n int) { f.keep(max(n, 0)) }
