//go:build unix

package folder

import "os"

const insideFlags = os.O_RDONLY | openFlags
