package main

// dropLines makes the tables of files and lines those of functions that have
// none, which the runtime shows as "?", and clears what nothing refers to.
func (t *tables) dropLines() {
	for _, f := range t.functions {
		for _, field := range []int{fileAt, lineAt, unitAt, firstLineAt} {
			t.set(f+field, 0)
		}
	}
	clear(t.bytes(t.files))
}

// References of a function that nothing needs in a browser (internal/abi/symtab.go).
const (
	unsafePoints  = 0 // counters: where a signal must not stop it; there are no signals
	argumentLives = 3 // counters: which arguments a stack trace shows
	argumentInfo  = 5 // data: how it shows them
	liveInfo      = 6

	noCounters = 0
	noData     = 1<<32 - 1
)

// dropArguments makes functions those that have nothing to tell of their
// arguments, which a stack trace shows as "...", and nowhere to be stopped.
func (t *tables) dropArguments() {
	for _, f := range t.functions {
		counters, data := t.lists(f)
		for _, i := range []int{unsafePoints, argumentLives} {
			if at := counters.at + 4*i; at < counters.end {
				t.set(at, noCounters)
			}
		}
		for _, i := range []int{argumentInfo, liveInfo} {
			if at := data.at + 4*i; at < data.end {
				t.set(at, noData)
			}
		}
	}
}
