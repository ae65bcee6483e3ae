//go:build unix && !linux

package osfs

import "golang.org/x/sys/unix"

// folderFlags open the folder itself.
const folderFlags = unix.O_RDONLY
