package server

import "errors"

var (
	// errNoSendfile says that the kernel cannot send this file. Nothing was sent.
	errNoSendfile = errors.New("server: no sendfile")
	// errNotMapped says that the file is not in memory. Nothing was sent.
	errNotMapped = errors.New("server: not in memory")
)
