package main

import (
	"io"
	"testing"

	"vitrine/core/handler"
	"vitrine/core/handler/handlertest"
	"vitrine/core/server"
)

// BenchmarkLogLine is what a line costs the goroutine of a connection.
func BenchmarkLogLine(b *testing.B) {
	for name, use := range map[string]func(*handler.Base, io.Writer){
		"default": func(h *handler.Base, w io.Writer) { h.ErrorLog = w },
		"combined": func(h *handler.Base, w io.Writer) {
			useAccessLog(h, w, io.Discard, appendCombined)
			done := h.Done
			h.LogRequest = func(x *handler.Exchange, _ int, _ int64) { done(x) }
		},
		"none": func(h *handler.Base, w io.Writer) {},
	} {
		b.Run(name, func(b *testing.B) {
			queue := server.NewLogQueue(io.Discard, 0)
			defer queue.Close(logTimeout)
			var base handler.Base
			use(&base, queue)
			base.Methods = map[string]handler.Method{"GET": func(x *handler.Exchange) error {
				b.ReportAllocs()
				for b.Loop() {
					x.LogRequest(200, handler.Unknown)
				}
				x.SendResponse(204, "")
				return x.EndHeaders()
			}}
			handlertest.Serve(&base, "GET /some/file.html HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n\r\n")
		})
	}
}
