// Command generate writes the contract of page and worker as JavaScript.
package main

import (
	"os"

	"vitrine/wasm/contract"
)

func main() {
	if _, err := os.Stdout.WriteString(contract.JavaScript()); err != nil {
		os.Exit(1)
	}
}
