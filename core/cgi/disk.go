//go:build unix || windows

package cgi

import (
	"os"
	"path/filepath"

	"vitrine/core/handler"
	"vitrine/core/trace"
)

// absolute is the folder's name for scripts, whose working directory may be
// another.
//
// Differs from http.server, whose PATH_TRANSLATED is relative if --directory
// was.
func absolute(root string) string {
	if path, err := filepath.Abs(root); err == nil {
		return path
	}
	return root
}

// join is the file of the host that a name below root means.
func join(root, name string) string {
	return filepath.Join(root, filepath.FromSlash(name))
}

// isHidden is Site.Forbidden: it reports whether a name that is not CGI leads to a CGI directory or
// below it all the same: over a symbolic link, or because the host takes two
// spellings for one (upper case, Windows short names). Such a file is a
// script, so its text is not for clients (X-5, gh-104711).
func (h *Handler) isHidden(x *handler.Exchange, name string) bool {
	real, err := filepath.EvalSymlinks(join(h.Root, name))
	if err != nil {
		return false // the site will see
	}
	var secret []os.FileInfo
	for _, d := range h.Directories {
		if info, err := os.Stat(join(h.Root, d)); err == nil && d[1:] != name {
			secret = append(secret, info)
		}
	}
	if len(secret) == 0 {
		return false
	}
	for {
		if info, err := os.Stat(real); err == nil {
			for _, s := range secret {
				if os.SameFile(info, s) {
					x.Step(trace.PathScript, name)
					return true
				}
			}
		}
		up := filepath.Dir(real)
		if up == real {
			return false
		}
		real = up
	}
}
