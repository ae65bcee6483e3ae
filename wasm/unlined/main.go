package main

import (
	"fmt"
	"os"
)

func main() {
	for _, name := range os.Args[1:] {
		if err := rewrite(name); err != nil {
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
	if program, err = Unline(program); err != nil {
		return err
	}
	return os.WriteFile(name, program, 0o755)
}

// Unline returns a program without the numbers of its lines.
func Unline(program []byte) ([]byte, error) {
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
	if err := t.dropLines(); err != nil {
		return nil, err
	}
	return m.withMemory(memory), nil
}
