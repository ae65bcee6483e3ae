// Command cloudflare is Vitrine at the edge: the handlers of core, joined by
// core/nethttp to github.com/syumai/workers, serve a site that is embedded in
// the program.
//
//	node worker/cloudflare/test.mjs              # builds it and tries it in Node and in workerd
//	cd worker/cloudflare && npx wrangler dev     # on this machine
//	cd worker/cloudflare && npx wrangler deploy  # at the edge
//
// One program serves all requests of an isolate (program.mjs). That works as
// long as a response is made without waiting for anything outside, which is so
// for embedded files: a worker may not finish one request while it handles
// another.
//
// What differs from a socket: the reason phrase is the standard one, names of
// fields are in lower case, connections are the edge's own business, and
// requests reach us as the edge's URL parser understands them.
//
// Built for another target than js it serves the same site on a socket, which
// is of use for trying things.
package main
