//go:build !linux

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "nativebench: processor time of other processes is read on Linux only")
	os.Exit(1)
}
