package osfs

import "golang.org/x/sys/unix"

// isLocal reports whether fd is on a file system whose attributes are those of
// this moment: NFS, 9p and some of FUSE remember them for a while, and any of
// these can make a look at them wait without end.
func isLocal(fd int) bool {
	var st unix.Statfs_t
	if _, err := retry(func() (int, error) { return 0, unix.Fstatfs(fd, &st) }); err != nil {
		return false
	}
	switch uint32(st.Type) {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC, unix.TMPFS_MAGIC: // EXT4 is ext2 and ext3, too
		return true
	}
	return false
}
