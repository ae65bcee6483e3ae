package main

import "encoding/binary"

// What functions are written with (WebAssembly Core §5.4).
const (
	loop              = 0x03
	end               = 0x0b
	branchIf          = 0x0d
	localGet          = 0x20
	localSet          = 0x21
	localTee          = 0x22
	i32Load           = 0x28
	i32Store          = 0x36
	i32Const          = 0x41
	i32NotEqual       = 0x47
	i32Add            = 0x6a
	i32Multiply       = 0x6c
	i32DivideUnsigned = 0x6e

	i32      = 0x7f // the type
	noResult = 0x40 // of a loop

	wordAlignment = 2 // 1<<2 bytes
)

func get(local byte) []byte { return []byte{localGet, local} }
func set(local byte) []byte { return []byte{localSet, local} }

// tee is set that leaves the value on the stack.
func tee(local byte) []byte { return []byte{localTee, local} }

func constant(n int) []byte { return appendVarint([]byte{i32Const}, int64(n)) }

// load and store are for the word that is so far behind the address on the stack.
func load(behind int) []byte  { return access(i32Load, behind) }
func store(behind int) []byte { return access(i32Store, behind) }

func access(instruction byte, behind int) []byte {
	return binary.AppendUvarint([]byte{instruction, wordAlignment}, uint64(behind))
}
