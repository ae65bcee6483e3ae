package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/core/handler/handlertest"
)

// A style changes nothing but the style sheet, in a listing and in an error
// page alike.
func TestPageStyle(t *testing.T) {
	plain, styled := New(fstest.MapFS{"a%b.txt": {}}), New(fstest.MapFS{"a%b.txt": {}})
	styled.PageStyle = QuietStyle
	for _, target := range []string{"/", "/none"} {
		p, s := handlertest.Get(plain, target), handlertest.Get(styled, target)
		if without := strings.Replace(string(s.Content), QuietStyle, "", 1); without != string(p.Content) || len(s.Content) != len(p.Content)+len(QuietStyle) {
			t.Errorf("%s: got\n%s", target, s.Content)
		}
	}
}
