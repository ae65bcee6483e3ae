//go:build !unix && !windows

package cgi

import (
	"strings"

	"vitrine/core/handler"
)

func absolute(root string) string { return root }

func join(root, name string) string {
	return strings.TrimSuffix(root, "/") + "/" + strings.TrimPrefix(name, "/")
}

// isHidden has no links to look for: a file system of a program has one
// spelling for a name.
func (h *Handler) isHidden(*handler.Exchange, string) bool { return false }
