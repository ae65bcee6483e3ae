// The command probe is a compiled CGI script for tests: it shows what it was
// given.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
)

func main() {
	fmt.Print("Content-Type: text/plain\n\n")
	env := os.Environ()
	slices.Sort(env)
	for _, v := range env {
		fmt.Printf("env %q\n", v)
	}
	fmt.Printf("args %q\n", os.Args)
	content, err := io.ReadAll(os.Stdin)
	fmt.Printf("stdin %q %v\n", content, err)
}
