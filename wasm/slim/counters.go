package main

import "encoding/binary"

// sortCounters puts the tables of counters in the order in which functions
// refer to them, and leaves out what no function does: references to the next
// are more alike so, and smaller.
func (t *tables) sortCounters() error {
	old := t.bytes(t.counters)
	sorted := []byte{0} // the place of none
	moved := map[int]int{0: 0}
	move := func(ref int) error {
		from := t.get(ref)
		to, ok := moved[from]
		if !ok {
			size := counterSize(old[min(from, len(old)):])
			if to = len(sorted); size == 0 || to+size > len(old) {
				return errTables
			}
			sorted = append(sorted, old[from:from+size]...)
			moved[from] = to
		}
		t.set(ref, to)
		return nil
	}
	for _, f := range t.functions {
		if err := move(f + stackAt); err != nil {
			return err
		}
		counters, _ := t.lists(f)
		for at := counters.at; at < counters.end; at += 4 {
			if err := move(at); err != nil {
				return err
			}
		}
	}
	clear(old)
	copy(old, sorted)
	return nil
}

// counterSize is how many bytes the table at the front of b has, 0 if it does
// not end. It is pairs of a difference of values and one of counters, until a
// difference of values is 0; that of the first pair may be (runtime.step).
func counterSize(b []byte) (size int) {
	for first := true; ; first = false {
		for _, isValue := range []bool{true, false} {
			n, taken := binary.Uvarint(b[size:])
			if taken <= 0 {
				return 0
			}
			size += taken
			if isValue && n == 0 && !first {
				return size
			}
		}
	}
}
