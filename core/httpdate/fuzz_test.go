package httpdate

import (
	"strings"
	"testing"
)

// What the strict parser takes, the lenient one takes for the same moment,
// except for what only one of them knows.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "6 Nov 94 8:49", "Nov 6 1994 08.49.37 +0000 x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		strict, ok := Parse(value, testNow)
		lenient, ok2 := ParseMail(value)
		for _, at := range []struct {
			ok bool
			s  string
		}{{ok, Format(strict)}, {ok2, Format(lenient)}} {
			if again, fine := Parse(at.s, testNow); at.ok && (!fine || Format(again) != at.s) {
				t.Errorf("%q is %s, which is not read again", value, at.s)
			}
		}
		leap := strings.Contains(value, ":60")
		century := strings.Contains(value, "-")
		if ok && !leap && !century && (!ok2 || !strict.Equal(lenient)) {
			t.Errorf("%q: strict %v, lenient %v %v", value, strict, lenient, ok2)
		}
	})
}
