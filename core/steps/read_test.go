package steps

import (
	"strings"
	"testing"
)

const chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: u\r\n\r\n"

func TestRead(t *testing.T) {
	for _, tc := range []struct {
		name, input string
		cuts        []int
		profile     Profile
		end         bool
		want        string
	}{
		{"what is not as usual is told", "\r\nGET  /a HTTP/1.1\r\nX:\t y \r\n\n", []int{9}, Compat, false, `
0 "\r\n" empty-line
2 "GET" method
5 " " sp
6 " " space
7 "/a" target
9 "" wait 1: the end of the request-line
9 " " sp
10 "HTTP/1.1" version
18 "\r\n" line-end
20 "X" field-name 1
21 ":" colon 1
22 "\t " ows 1
24 "y" field-value 1
25 " " ows
26 "\r\n" line-end
28 "\n" section-end
29 "" complete
29 "" closed: server
`},
		{"the strict profile stops at the second SP", "GET  /a HTTP/1.1\r\n\r\n", []int{9}, Strict, false, `
0 "GET" method
3 " " sp
9 "" wait 1: the end of the request-line
4 " " fault bad-syntax 400 at 4
5 "/a HTTP/1.1\r\n\r\n" closed: fault
`},
		{"a version behind a word too many", "GET /a b HTTP/9.1\r\n", nil, Compat, false, `
0 "GET" method
3 " " sp
4 "/a" target
6 " " sp
7 "b" word
8 " " sp
9 "HTTP/9" fault unsupported-version 505 at 14
15 ".1\r\n" closed: fault
`},
		{"what the section means is judged behind it", "GET / HTTP/1.1\r\nX: y\r\n\r\n", nil, Strict, false, `
0 "GET" method
3 " " sp
4 "/" target
5 " " sp
6 "HTTP/1.1" version
14 "\r\n" line-end
16 "X" field-name 1
17 ":" colon 1
18 " " ows 1
19 "y" field-value 1
20 "\r\n" line-end
22 "\r\n" section-end
24 "" fault missing-host 400 at 24
24 "" closed: fault
`},
		{"chunks and what comes behind them", chunked + "GE", nil, Strict, false, `
0 "POST" method
4 " " sp
5 "/" target
6 " " sp
7 "HTTP/1.1" version
15 "\r\n" line-end
17 "Host" field-name 1
21 ":" colon 1
22 " " ows 1
23 "a" field-value 1
24 "\r\n" line-end
26 "Transfer-Encoding" field-name 2
43 ":" colon 2
44 " " ows 2
45 "chunked" field-value 2
52 "\r\n" line-end
54 "\r\n" section-end
56 "5" chunk-size 5
57 ";a=b" chunk-ext
61 "\r\n" line-end
63 "hello" content
68 "\r\n" chunk-end
70 "0" chunk-size
71 "\r\n" line-end
73 "T" field-name 1
74 ":" colon 1
75 " " ows 1
76 "u" field-value 1
77 "\r\n" line-end
79 "\r\n" section-end
81 "" complete
81 "GE" buffered
83 "" wait 1: the end of the request-line
`},
		{"content that is cut off", "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nabc", []int{39}, Compat, true, `
0 "POST" method
4 " " sp
5 "/" target
6 " " sp
7 "HTTP/1.0" version
15 "\r\n" line-end
17 "Content-Length" field-name 1
31 ":" colon 1
32 " " ows 1
33 "5" field-value 1
34 "\r\n" line-end
36 "\r\n" section-end
38 "a" content
39 "" wait 1: 4 of 5 bytes of content
39 "bc" content
41 "" fault truncated 400 at 41
41 "" closed: fault
`},
		{"a request and then the end", "GET / HTTP/1.1\r\nHost:\r\n\r\n", nil, Strict, true, `
0 "GET" method
3 " " sp
4 "/" target
5 " " sp
6 "HTTP/1.1" version
14 "\r\n" line-end
16 "Host" field-name 1
20 ":" colon 1
21 "\r\n" line-end
23 "\r\n" section-end
25 "" complete
25 "" end: end
`},
		{"nothing", "", nil, Strict, false, `
0 "" wait 1: a request
`},
	} {
		tr := Read(tc.profile, cut(tc.input, tc.cuts...), tc.end)
		if got := render(tr, tc.input); got != strings.TrimPrefix(tc.want, "\n") {
			t.Errorf("%s: got\n%swant%s", tc.name, got, tc.want)
		}
		checkTiling(t, tr, tc.input)
		checkTiling(t, tr.Single(), tc.input)
	}
}

// More steps than fit are folded into one, but where the parser stopped is told.
func TestFolded(t *testing.T) {
	input := strings.Replace(chunked, "0\r\nT", strings.Repeat("1\r\nx\r\n", 4000)+"1\r\nxx", 1)
	tr := Read(Strict, cut(input), false)
	checkTiling(t, tr, input)
	n := len(tr.Steps)
	if n != MaxSteps+3 {
		t.Fatalf("got %d steps, want %d", n, MaxSteps+3)
	}
	folded, fault := tr.Steps[n-3], tr.Steps[n-2]
	if folded.Code != Folded || folded.Number < 10_000 || fault.Code != Fault || fault.At() != strings.Index(input, "xx")+1 {
		t.Errorf("got %+v, %+v", folded, fault)
	}
	one := tr.Single()
	checkTiling(t, one, input)
	if n := len(one.Steps); n > MaxSteps+4 || one.Steps[n-2].Code != Fault {
		t.Errorf("got %d steps, the last but one %+v", n, one.Steps[n-2])
	}
	large := strings.Repeat("x", MaxInput+7)
	if tr := Read(Compat, cut(large), false); tr.Cut != 7 {
		t.Errorf("%d bytes are cut, want 7", tr.Cut)
	}
}
