package lint_test

import (
	"fmt"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/lint"
	"vitrine/core/lint/english"
	"vitrine/core/session"
	"vitrine/core/session/sessiontest"
	"vitrine/core/trace"
)

// What there is to say about each exchange of a log.
func Example() {
	log := &trace.Log{Watch: func(r *trace.Record) {
		for _, n := range lint.Check(r) {
			fmt.Println(n.Level, n.ID, english.Sentences.Summary(n.ID, n.Args...), lint.Ref(n.ID))
			for _, s := range n.Subject {
				fmt.Printf("  %c %d+%d\n", s.Kind, s.Off, s.Len)
			}
		}
	}}
	h := &handler.Base{ProtocolVersion: "HTTP/1.1"}
	sessiontest.Talk(&session.Config{Handler: h, Rules: http1.Rules{}, Log: log}, "GET /a HTTP/1.1\r\nHost : b\r\n\r\n")
	// Output:
	// bad B2 White space stands between a field name and its colon RFC 9112 §5.1
	//   > 21+1
}
