//go:build unix

package osfs

import "os"

const insideFlags = os.O_RDONLY | openFlags
