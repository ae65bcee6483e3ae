package main

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// pack takes out what can be counted up: the numbers of functions and the
// buckets; of descriptions and names the index keeps how far each is behind the
// one before. Numbers that grow do not compress, differences do.
func (t *tables) pack() error {
	description, name := t.index, 0
	for i, f := range t.functions {
		entry := t.index + i*indexSize
		if t.get(entry) != t.first+i || t.get(f+entryAt) != t.first+i {
			return errTables
		}
		next := t.get(f + nameAt)
		t.set(entry, f-description)
		t.set(entry+4, next-name)
		description, name = f, next
		t.set(f+entryAt, 0)
		t.set(f+nameAt, 0)
	}
	buckets := t.bytes(span{t.buckets, t.endOfBuckets()})
	for i := range t.bucketCount {
		bucket := buckets[i*bucketSize:]
		bucket = bucket[:min(bucketSize, len(bucket))]
		if int(binary.LittleEndian.Uint32(bucket)) != i/bucketsEach || len(bytes.TrimLeft(bucket[4:], "\x00")) > 0 {
			return errTables
		}
	}
	clear(buckets)
	return nil
}

// bucketsEach is how many buckets a function has.
const bucketsEach = 1 << pcBits / perBucket

// unpack is the body of a function that puts back what pack took out:
//
//	for entry != end of the index {
//		description += entry[0]
//		name += entry[1]
//		entry[0], entry[1] = function, description
//		index[description].entry, index[description].name = function, name
//		function++
//		entry++
//	}
//	for bucket != number of buckets {
//		buckets[bucket] = bucket / bucketsEach
//		bucket++
//	}
//
// Programs have functions and buckets, so that both loops end with their condition.
func (t *tables) unpack() []byte {
	const (
		entry, function, description, name = 0, 1, 2, 3
		bucket                             = 4
		locals                             = 5
	)
	return slices.Concat(
		[]byte{1, locals, i32}, // one group of locals, all of them 0

		constant(t.index), set(entry),
		constant(t.first), set(function),
		[]byte{loop, noResult},
		get(description), get(entry), load(0), []byte{i32Add}, set(description),
		get(name), get(entry), load(4), []byte{i32Add}, set(name),
		get(entry), get(function), store(0),
		get(entry), get(description), store(4),
		get(description), get(function), store(t.index+entryAt),
		get(description), get(name), store(t.index+nameAt),
		get(function), constant(1), []byte{i32Add}, set(function),
		get(entry), constant(indexSize), []byte{i32Add}, tee(entry),
		constant(t.index+len(t.functions)*indexSize), []byte{i32NotEqual, branchIf, 0},
		[]byte{end},

		[]byte{loop, noResult},
		get(bucket), constant(bucketSize), []byte{i32Multiply},
		get(bucket), constant(bucketsEach), []byte{i32DivideUnsigned}, store(t.buckets),
		get(bucket), constant(1), []byte{i32Add}, tee(bucket),
		constant(t.bucketCount), []byte{i32NotEqual, branchIf, 0},
		[]byte{end},

		[]byte{end},
	)
}
