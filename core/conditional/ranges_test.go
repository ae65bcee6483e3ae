package conditional

import (
	"slices"
	"strings"
	"testing"
)

func TestParseRange(t *testing.T) {
	const max = "9223372036854775807"
	for _, tc := range []struct {
		value   string
		size    int64
		want    []ByteRange
		verdict RangeVerdict
	}{
		{"bytes=0-499", 10000, []ByteRange{{0, 500}}, RangeSatisfiable},
		{"bytes=500-999", 10000, []ByteRange{{500, 500}}, RangeSatisfiable},
		{"bytes=-500", 10000, []ByteRange{{9500, 500}}, RangeSatisfiable},
		{"bytes=9500-", 10000, []ByteRange{{9500, 500}}, RangeSatisfiable},
		{"bytes=0-0,-1", 10000, []ByteRange{{0, 1}, {9999, 1}}, RangeSatisfiable},
		{"bytes= 0-999, 4500-5499, -1000", 10000, []ByteRange{{0, 1000}, {4500, 1000}, {9000, 1000}}, RangeSatisfiable},
		{"BYTES=0-0", 10, []ByteRange{{0, 1}}, RangeSatisfiable},
		{"bytes=,,0-0,,", 10, []ByteRange{{0, 1}}, RangeSatisfiable},
		{"bytes=\t0-0 ,\t1-1", 10, []ByteRange{{0, 1}, {1, 1}}, RangeSatisfiable},
		{"bytes=5-99", 10, []ByteRange{{5, 5}}, RangeSatisfiable},
		{"bytes=-99", 10, []ByteRange{{0, 10}}, RangeSatisfiable},
		{"bytes=0-", 10, []ByteRange{{0, 10}}, RangeSatisfiable},
		{"bytes=00-009", 10, []ByteRange{{0, 10}}, RangeSatisfiable},
		{"bytes=3-3,1-1", 10, []ByteRange{{3, 1}, {1, 1}}, RangeSatisfiable},
		{"bytes=0-3,2-5", 10, []ByteRange{{0, 4}, {2, 4}}, RangeSatisfiable},
		{"bytes=20-30,0-1", 10, []ByteRange{{0, 2}}, RangeSatisfiable},
		{"bytes=-0,0-1", 10, []ByteRange{{0, 2}}, RangeSatisfiable},
		{"bytes=0-" + max, 10, []ByteRange{{0, 10}}, RangeSatisfiable},
		{"bytes=0-9" + max, 10, []ByteRange{{0, 10}}, RangeSatisfiable},
		{"bytes=-9" + max, 10, []ByteRange{{0, 10}}, RangeSatisfiable},

		{"bytes=10-", 10, nil, RangeUnsatisfiable},
		{"bytes=10-20", 10, nil, RangeUnsatisfiable},
		{"bytes=-0", 10, nil, RangeUnsatisfiable},
		{"bytes=9" + max + "-", 10, nil, RangeUnsatisfiable},
		{"bytes=9" + max + "-8" + max, 10, nil, RangeUnsatisfiable},
		{"bytes=0-0", 0, nil, RangeUnsatisfiable},
		{"bytes=0-", 0, nil, RangeUnsatisfiable},
		{"bytes=-0", 0, nil, RangeUnsatisfiable},
		{"bytes=-1", 0, nil, RangeEmpty},
		{"bytes=5-,-1", 0, nil, RangeEmpty},

		{"bytes=5-4", 10, nil, RangeInvalid},
		{"bytes=20-15", 10, nil, RangeInvalid},
		{"bytes=0-1,5-4", 10, nil, RangeInvalid},
		{"bytes=", 10, nil, RangeInvalid},
		{"bytes=,", 10, nil, RangeInvalid},
		{"bytes=-", 10, nil, RangeInvalid},
		{"bytes=--1", 10, nil, RangeInvalid},
		{"bytes=0", 10, nil, RangeInvalid},
		{"bytes=0-1-2", 10, nil, RangeInvalid},
		{"bytes=+0-1", 10, nil, RangeInvalid},
		{"bytes=0x0-1", 10, nil, RangeInvalid},
		{"bytes=0 -1", 10, nil, RangeInvalid},
		{"bytes=0- 1", 10, nil, RangeInvalid},
		{"bytes=a-b", 10, nil, RangeInvalid},
		{"bytes=1_0-", 10, nil, RangeInvalid},
		{"bytes=0-1;2-3", 10, nil, RangeInvalid},
		{"bytes", 10, nil, RangeInvalid},
		{"", 10, nil, RangeInvalid},
		{"=0-1", 10, nil, RangeInvalid},
		{"bytes 0-1", 10, nil, RangeInvalid},

		{"items=0-1", 10, nil, RangeUnknownUnit},
		{"bytes =0-1", 10, nil, RangeUnknownUnit},
		{"seconds=5-4", 10, nil, RangeUnknownUnit},

		{"bytes=0-9,0-0", 10, nil, RangeTooMany},
		{"bytes=0-,0-", 10, nil, RangeTooMany},
		{"bytes=-10,-1", 10, nil, RangeTooMany},
		{"bytes=0-9,0-0,x", 10, nil, RangeInvalid},
		{"bytes=" + strings.Repeat("0-0,", 17), 1000, nil, RangeTooMany},
		{"bytes=" + strings.Repeat("2000-,", 17), 1000, nil, RangeTooMany},
		{"bytes=" + strings.Repeat("0-0,", 5000), 1 << 40, nil, RangeTooMany},
		{"bytes=" + strings.Repeat("0-0,", 16), 1000, slices.Repeat([]ByteRange{{0, 1}}, 16), RangeSatisfiable},
	} {
		got, verdict := ParseRange(tc.value, tc.size)
		if !slices.Equal(got, tc.want) || verdict != tc.verdict {
			t.Errorf("ParseRange(%.60q, %d) = %v, %d, want %v, %d", tc.value, tc.size, got, verdict, tc.want, tc.verdict)
		}
	}
}

func TestContentRange(t *testing.T) {
	r := ByteRange{42, 1193}
	if got := r.ContentRange(1234567); got != "bytes 42-1234/1234567" {
		t.Errorf("got %q", got)
	}
}
