package main

import (
	"os"

	"github.com/syumai/workers"

	"vitrine/core/nethttp"
)

func main() {
	s := newSite()
	s.ErrorLog = os.Stderr // the worker's console
	workers.Serve(edge(nethttp.Handler(s)))
}
