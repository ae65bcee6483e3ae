package server

import "errors"

// errNoSendfile says that the kernel cannot send this file. Nothing was sent.
var errNoSendfile = errors.New("server: no sendfile")
