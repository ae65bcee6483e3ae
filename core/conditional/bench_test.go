package conditional

import "testing"

func BenchmarkDecide(b *testing.B) {
	for name, lines := range map[string]string{
		"nothing":   "Host: localhost:8000\nUser-Agent: curl\nAccept: */*\nAccept-Encoding: gzip\nAccept-Language: en\nConnection: keep-alive\nReferer: /\nCookie: a=b",
		"not-given": "Host: a\nIf-None-Match: \"x\"\nIf-Modified-Since: " + testMod,
		"range":     "Host: a\nRange: bytes=1-2",
	} {
		fields := fieldsOf(lines)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Decide("GET", fields, testValidators, 10)
			}
		})
	}
}
