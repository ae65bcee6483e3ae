package osfs

import "golang.org/x/sys/unix"

// folderFlags open the folder itself: as a place to open from, which needs no
// permission to list it.
const folderFlags = unix.O_PATH
