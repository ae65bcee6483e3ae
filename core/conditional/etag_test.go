package conditional

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEntityTag(t *testing.T) {
	mod := time.Unix(0x655, 0x11)
	for _, tc := range []struct {
		name string
		size int64
		mod  time.Time
		now  time.Time
		want string
	}{
		{"old", 0x10, mod, testNow, `"655.11-10"`},
		{"two seconds old", 0x10, mod, mod.Add(2 * time.Second), `"655.11-10"`},
		{"younger", 0x10, mod, mod.Add(2*time.Second - 1), `W/"655.11-10"`},
		{"of the future", 0x10, mod, mod.Add(-time.Hour), `W/"655.11-10"`},
		{"before 1970", 1, time.Unix(-2, 0), testNow, `"-2.0-1"`},
		{"no time", 1, time.Time{}, testNow, ""},
		{"1970", 1, time.Unix(0, 5), testNow, ""},
		{"1970 and a second", 1, time.Unix(1, 0), testNow, ""},
		{"huge", 1<<63 - 1, time.Unix(1<<40, 999999999), testNow, `W/"10000000000.3b9ac9ff-7fffffffffffffff"`},
	} {
		got := EntityTag(tc.size, tc.mod, tc.now)
		if got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
		}
		if got != "" && !isTag(got) {
			t.Errorf("%s: %s is no entity tag", tc.name, got)
		}
	}
	// Each of size, second and nanosecond makes another tag.
	tags := []string{
		EntityTag(1, time.Unix(100, 0), testNow), EntityTag(2, time.Unix(100, 0), testNow),
		EntityTag(1, time.Unix(101, 0), testNow), EntityTag(1, time.Unix(100, 1), testNow),
	}
	slices.Sort(tags)
	if len(slices.Compact(tags)) != 4 {
		t.Errorf("tags are alike: %q", tags)
	}
}

// The table of RFC 9110 §8.8.3.2.
func TestMatch(t *testing.T) {
	for _, tc := range []struct {
		a, b         string
		strong, weak bool
	}{
		{`W/"1"`, `W/"1"`, false, true},
		{`W/"1"`, `W/"2"`, false, false},
		{`W/"1"`, `"1"`, false, true},
		{`"1"`, `"1"`, true, true},
		{`"1"`, `"2"`, false, false},
		{`"1"`, ``, false, false},
		{``, ``, false, false},
		{`"W/1"`, `"W/1"`, true, true},
	} {
		if StrongMatch(tc.a, tc.b) != tc.strong || StrongMatch(tc.b, tc.a) != tc.strong {
			t.Errorf("StrongMatch(%s, %s) is not %v both ways", tc.a, tc.b, tc.strong)
		}
		if WeakMatch(tc.a, tc.b) != tc.weak || WeakMatch(tc.b, tc.a) != tc.weak {
			t.Errorf("WeakMatch(%s, %s) is not %v both ways", tc.a, tc.b, tc.weak)
		}
	}
}

func TestTagList(t *testing.T) {
	for list, want := range map[string]string{
		`"a"`:             `"a"`,
		`"a","b"`:         `"a" "b"`,
		`"a" , W/"b"`:     `"a" W/"b"`,
		`,, "a",,"b",`:    `"a" "b"`,
		`"a,b", ""`:       `"a,b" ""`,
		"\"\xe9\"":        "\"\xe9\"",
		``:                ``,
		` , `:             ``,
		`a`:               ``,
		`"a`:              ``,
		`"a" "b"`:         ``,
		`"a", b, "c"`:     `"a"`,
		`w/"a"`:           ``,
		`W/ "a"`:          ``,
		`W/`:              ``,
		`"a b"`:           ``,
		"\"a\x7f\"":       ``,
		`"a"x`:            ``,
		`*`:               ``,
		`"a", *, "b"`:     `"a"`,
		`'a'`:             ``,
		`W/"a",W/"b"`:     `W/"a" W/"b"`,
		"\"a\"\t,\t\"b\"": `"a" "b"`,
	} {
		var got []string
		for rest := list; ; {
			tag, more, ok := nextTag(rest)
			if !ok {
				break
			}
			got, rest = append(got, tag), more
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", list, got, want)
		}
	}
}
