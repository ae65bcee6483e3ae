//go:build linux

package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// columns are the servers, the one that the others are compared with first.
func (b *bench) columns() []string {
	names := []string{"nginx"}
	for build := range strings.SplitSeq(b.builds, ",") {
		if name, _, ok := strings.Cut(build, "="); ok {
			names = append(names, name)
		}
	}
	return append(names, "Vitrine", "fasthttp", "net/http")
}

// print writes the table: the median of each server, and of its ratios to nginx
// in the same round, with the least and the greatest of them.
func (b *bench) print(w io.Writer) {
	fmt.Fprintf(w, "%d rounds, %v each, %d processors; median (ratio to nginx in the same round, least to greatest)\n\n", b.rounds, b.span, runtime.NumCPU())
	columns, median := b.columns(), median
	if b.best {
		median = slices.Min[[]float64]
		fmt.Fprintln(w, "(the least of all rounds, and the ratio of these)")
	}
	fmt.Fprintln(w, "| processor time of the server | "+strings.Join(columns, " | ")+" |")
	fmt.Fprintln(w, "| --- "+strings.Repeat("| --- ", len(columns))+"|")
	for _, f := range b.figures {
		fmt.Fprintf(w, "| %s |", f.name)
		base := f.by[columns[0]]
		for _, name := range columns {
			values := f.by[name]
			switch {
			case len(values) == 0:
				fmt.Fprint(w, " – |")
			case name == columns[0] || len(base) != len(values):
				fmt.Fprintf(w, " %s %s |", digits(median(values)), f.unit)
			default:
				if b.best {
					fmt.Fprintf(w, " %s %s (**%.2f**) |", digits(slices.Min(values)), f.unit, slices.Min(values)/slices.Min(base))
					continue
				}
				ratios := make([]float64, len(values))
				for i := range values {
					ratios[i] = values[i] / base[i]
				}
				fmt.Fprintf(w, " %s %s (**%.2f**, %.2f–%.2f) |", digits(median(values)), f.unit, median(ratios), slices.Min(ratios), slices.Max(ratios))
			}
		}
		fmt.Fprintln(w)
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// digits writes v with three digits that count.
func digits(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}
