package conditional

import "testing"

// A range never leaves the content, and ranges are never more than it.
func FuzzRange(f *testing.F) {
	for _, s := range []string{"bytes=0-1", "bytes=-5,0-0", "bytes=9223372036854775807-", "bytes=1-0", "x=1", "bytes=,0-"} {
		f.Add(s, int64(10))
		f.Add(s, int64(0))
		f.Add(s, int64(1)<<62)
	}
	f.Fuzz(func(t *testing.T, value string, size int64) {
		if size < 0 {
			return
		}
		ranges, verdict := ParseRange(value, size)
		if (verdict == RangeSatisfiable) != (len(ranges) > 0) || len(ranges) > MaxRanges {
			t.Fatalf("verdict %d with %v", verdict, ranges)
		}
		var sum int64
		for _, r := range ranges {
			sum += r.N
			if r.Off < 0 || r.N < 1 || r.Off > size-r.N || sum > size {
				t.Fatalf("%q of %d: %v", value, size, ranges)
			}
		}
	})
}
