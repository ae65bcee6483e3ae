// Peers serves a folder with the file server of fasthttp or of net/http, for
// the benchmark beside them. It is a module of its own: what it needs is not
// needed by anything else.
//
//	peers fasthttp|nethttp ADDRESS FOLDER
package main

import (
	"log"
	"net"
	"net/http"
	"os"

	"github.com/valyala/fasthttp"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: peers fasthttp|nethttp ADDRESS FOLDER")
	}
	l, err := net.Listen("tcp4", os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	dir := os.Args[3]
	switch os.Args[1] {
	case "fasthttp":
		// As its documentation has it: an open file is trusted for 10 s.
		fs := &fasthttp.FS{Root: dir, AcceptByteRange: true, GenerateIndexPages: true, IndexNames: []string{"index.html"}}
		err = (&fasthttp.Server{Handler: fs.NewRequestHandler(), Concurrency: 20000}).Serve(l)
	case "nethttp":
		err = http.Serve(l, http.FileServer(http.Dir(dir)))
	}
	log.Fatal(err)
}
