package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// known is the version of Go whose tables are known. Another needs a look at
// its runtime.moduledata and runtime._func, at internal/abi/symtab.go and at
// cmd/link/internal/ld/pcln.go.
const known = "go1.26"

// errUnknown is for a program that may be a good one.
var errUnknown = errors.New("not a program with the tables of " + known)

func main() {
	for _, name := range os.Args[1:] {
		err := rewrite(name)
		if errors.Is(err, errUnknown) {
			fmt.Printf("%s stays as large as it is: %v\n", name, err)
			continue
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
	}
}

func rewrite(name string) error {
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if program, err = Slim(program); err != nil {
		return err
	}
	return os.WriteFile(name, program, 0o755)
}

// Slim returns a program that does the same and is smaller when compressed.
func Slim(program []byte) ([]byte, error) {
	if !strings.HasPrefix(runtime.Version(), known) {
		return nil, fmt.Errorf("%w: this is %s", errUnknown, runtime.Version())
	}
	m, err := parseModule(program)
	if err != nil {
		return nil, err
	}
	memory, err := m.memory()
	if err != nil {
		return nil, err
	}
	t, err := findTables(memory)
	if err != nil {
		return nil, err
	}
	t.dropLines()
	t.dropArguments()
	if err := t.sortCounters(); err != nil {
		return nil, err
	}
	if err := t.pack(); err != nil {
		return nil, err
	}
	if err := m.addStart(t.unpack()); err != nil {
		return nil, err
	}
	m.setMemory(memory)
	return m.bytes(), nil
}
