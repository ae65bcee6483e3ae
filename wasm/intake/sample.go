//go:build js

package intake

import (
	"io/fs"
	"time"

	"vitrine/core/embedfs"
	"vitrine/web"
)

// Sample is the built-in site. It is in memory already, as part of this
// program: hackpadfs/mem would hold a second copy and link package fmt, which
// together cost the page 107 kB after brotli.
func Sample() (Folder, error) {
	built, err := fs.Sub(web.Sample, "sample")
	return Folder{FS: embedfs.Dated(built, sampleTime)}, err
}

// sampleTime is the last change of every file of the sample site: embedded
// files have none, and without one there is no Last-Modified to teach with.
var sampleTime = time.Date(2026, time.November, 1, 12, 0, 0, 0, time.UTC)
