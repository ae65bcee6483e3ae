package sites

import (
	"strings"
	"testing"
	"time"
)

func TestReadUnasked(t *testing.T) {
	now := time.UnixMilli(1764504000000)
	for _, tc := range []struct {
		event string
		want  Unasked
		ok    bool
	}{
		{"cache img 1764503999000 /a b.png?x", Unasked{"s", time.UnixMilli(1764503999000), "/a b.png?x", "img", "cache"}, true},
		{"history fragment 1764503999000 /a#b", Unasked{"s", time.UnixMilli(1764503999000), "/a#b", "fragment", "history"}, true},
		{"past object 9764503999000 /", Unasked{"s", now, "/", "object", "past"}, true}, // a clock that is ahead
		{"past object -1 /", Unasked{"s", now, "/", "object", "past"}, true},
		{"past object x /", Unasked{"s", now, "/", "object", "past"}, true},
		{"made-up img 0 /", Unasked{}, false},
		{"cache img 0 http://x/", Unasked{}, false},
		{"cache img 0 ", Unasked{}, false},
		{"cache img", Unasked{}, false},
		{"", Unasked{}, false},
		{"cache " + strings.Repeat("x", 100) + " 0 /", Unasked{}, false},
	} {
		got, ok := ReadUnasked("s", tc.event, now)
		if ok != tc.ok || ok && got != tc.want {
			t.Errorf("%q: got %+v, %v, want %+v, %v", tc.event, got, ok, tc.want, tc.ok)
		}
	}
}

func TestReadPast(t *testing.T) {
	now := time.UnixMilli(1764504000000)
	for event, ok := range map[string]bool{"download /a b": true, "worker /sw.js": true, "websocket /": true, "made-up /": false, "download": false, "": false} {
		got, is := ReadPast("s", event, now)
		if is != ok {
			t.Errorf("%q: got %+v, %v", event, got, is)
		}
	}
	got, _ := ReadPast("s", "download /a b", now)
	if want := (Unasked{"s", now, "/a b", "", "download"}); got != want || got.Message().Code != "unasked.download" {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
