// Package view turns records into what is read: rows of the log, the lines of
// an exchange with every line end in sight, the steps that led to the response.
// It makes descriptions (package fragment) and knows no browser, so it is
// tested natively.
//
// The one rule: what was rebuilt never looks like what was real. Each line
// carries the provenance of its bytes, by pattern and by word.
package view
