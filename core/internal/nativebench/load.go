//go:build linux

package main

import (
	"fmt"
	"time"
)

// load is one kind of request, sent by wrk as often as the server takes it.
type load struct {
	name   string
	server string // which of a program's servers it goes to: see family
	path   string
	fields []string
	conns  int
	script string        // Lua of wrk that makes the requests; empty for the same one each time
	begin  time.Duration // more time, for what comes before the first response
	status int           // of the response
	unit   string        // what one costs: of a request, or of so many bytes
	per    float64
}

// manyFiles is the number of files of which one is asked for at random, in
// folders of filesInFolder each.
const (
	manyFiles     = 50_000
	filesInFolder = 1_000
	listed        = 10_000 // files of the folder that is listed
)

// loads are what is measured. The date of a conditional request is that of
// the tree: see fileTime.
var loads = []load{
	{name: "1 KiB, keep-alive", path: "/1k.html", conns: 64, status: 200},
	{name: "1 KiB, keep-alive, with access log", server: "log", path: "/1k.html", conns: 64, status: 200},
	{name: "100 KiB, keep-alive", path: "/100k.bin", conns: 64, status: 200},
	{name: "1 KiB, one connection per request", path: "/1k.html", fields: []string{"Connection: close"}, conns: 64, status: 200},
	{name: "50,000 files of 1 KiB at random", path: "/many/0/0", conns: 64, status: 200, script: fmt.Sprintf(
		`request = function() local n = math.random(0, %d) return wrk.format("GET", "/many/" .. math.floor(n / %d) .. "/" .. n %% %d) end`,
		manyFiles-1, filesInFolder, filesInFolder)},
	{name: "304", path: "/1k.html", fields: []string{"If-Modified-Since: " + fileDate}, conns: 64, status: 304},
	{name: "range of 1 KiB", path: "/100k.bin", fields: []string{"Range: bytes=1024-2047"}, conns: 64, status: 206},
	{name: "listing of 10,000", path: "/listed/", conns: 8, status: 200},
	{name: "1 GiB", path: "/1g.bin", conns: 2, begin: 2 * time.Second, status: 200, unit: "ms/GiB", per: 1 << 30},
	{name: "1 KiB, keep-alive, HTTPS", server: "tls", path: "/1k.html", begin: time.Second, conns: 64, status: 200},
}

func (l *load) unitText() string {
	if l.unit == "" {
		return "µs"
	}
	return l.unit
}
