package http1_test

import (
	"strings"
	"testing"

	"vitrine/core/http1"
)

const eight = "GET /x HTTP/1.1\r\n" +
	"Host: www.example.com\r\n" +
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" +
	"Accept-Language: en-GB,en;q=0.5\r\n" +
	"Accept-Encoding: gzip, deflate, br\r\n" +
	"Connection: keep-alive\r\n" +
	"Cookie: session=0123456789abcdef0123456789abcdef\r\n" +
	"If-None-Match: \"0123456789abcdef\"\r\n\r\n"

// run takes all that msg holds, responds to requests, and returns how many
// there were.
func run(b *testing.B, c *http1.Conn, msg []byte) (n int) {
	c.Filled(copy(c.Space(len(msg)), msg))
	for {
		ev, err := c.Next()
		if err != nil {
			b.Fatal(err)
		}
		switch ev.(type) {
		case http1.NeedData:
			return n
		case *http1.End:
			n++
			if scratch, err = c.Append(scratch[:0], &okay); err == nil {
				scratch, err = c.Append(scratch, &theEnd)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

var scratch []byte

// benchmark runs the messages in turn.
func benchmark(b *testing.B, requests int, msgs ...string) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	var in [][]byte
	for _, m := range msgs {
		in = append(in, []byte(m))
	}
	b.SetBytes(int64(len(msgs[0])))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if n := run(b, c, in[i%len(in)]); n != requests {
			b.Fatalf("%d requests, want %d", n, requests)
		}
		i++
	}
}

func other(msg string) string { return strings.Replace(msg, "GET /x", "GET /y", 1) }

func BenchmarkGet1Field(b *testing.B) {
	const msg = "GET /x HTTP/1.1\r\nHost: www.example.com\r\n\r\n"
	benchmark(b, 1, msg, other(msg))
}

func BenchmarkGet8Fields(b *testing.B)     { benchmark(b, 1, eight, other(eight)) }
func BenchmarkGet8FieldsSame(b *testing.B) { benchmark(b, 1, eight) }

// BenchmarkGet8FieldsRotating is a page with its files: other targets, of
// other lengths, under the same fields.
func BenchmarkGet8FieldsRotating(b *testing.B) {
	var msgs []string
	for i := range 64 {
		msgs = append(msgs, strings.Replace(eight, "/x", "/"+strings.Repeat("a", i+1), 1))
	}
	benchmark(b, 1, msgs...)
}

func BenchmarkPipelined16(b *testing.B) {
	benchmark(b, 16, strings.Repeat(eight+other(eight), 8))
}

func BenchmarkByteByByte(b *testing.B) {
	c := http1.NewConn(http1.Server, http1.Rules{})
	b.SetBytes(int64(len(eight)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for i := range len(eight) {
			n += run(b, c, []byte{eight[i]})
		}
		if n != 1 {
			b.Fatal(n)
		}
	}
}

func BenchmarkChunked(b *testing.B) {
	chunk := "1000\r\n" + strings.Repeat("x", 4096) + "\r\n"
	benchmark(b, 1, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"+strings.Repeat(chunk, 8)+"0\r\n\r\n")
}

func BenchmarkAppendChunks(b *testing.B) {
	piece := &http1.Data{Bytes: make([]byte, 4096)}
	head := &http1.Response{Status: 200, Reason: "OK", Fields: http1.Fields{{Name: "Transfer-Encoding", Value: "chunked"}}}
	c := http1.NewConn(http1.Server, http1.Rules{})
	b.SetBytes(4096)
	b.ReportAllocs()
	c.Receive([]byte(small))
	c.Next()
	c.Next()
	scratch, _ = c.Append(scratch[:0], head)
	for b.Loop() {
		var err error
		if scratch, err = c.Append(scratch[:0], piece); err != nil {
			b.Fatal(err)
		}
	}
}
