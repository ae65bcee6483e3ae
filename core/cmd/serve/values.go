package main

import (
	"strconv"
	"strings"
	"time"

	"vitrine/core/handler"
)

// The setters of options: each keeps the value, or says what is wrong with it.

func text(to *string) func([]string) error {
	return func(v []string) error {
		*to = v[0]
		return nil
	}
}

func setTrue(to *bool) func([]string) error {
	return func([]string) error {
		*to = true
		return nil
	}
}

// oneOf takes one of a few words.
//
// Differs from http.server for --protocol, which takes any text and prints it
// in status-lines.
func oneOf(to *string, name string, words ...string) func([]string) error {
	return func(v []string) error {
		for _, w := range words {
			if v[0] == w {
				*to = w
				return nil
			}
		}
		return brief(name, "invalid choice: "+handler.Repr(v[0])+" (choose from "+strings.Join(words, ", ")+")")
	}
}

// brief is a mistake that one line tells.
func brief(name, text string) error {
	return &usageError{text: "argument " + name + ": " + text, brief: true}
}

// isFieldValue reports whether s can stand in a field line (RFC 9110 §5.5).
func isFieldValue(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// parsePort reads a port as Python reads an int.
//
// Differs from http.server, which takes 70000 for 4464 and breaks off at -1
//
func parsePort(name, s string) (int, error) {
	n, err := parseInt(name, s)
	if err != nil {
		return 0, err
	}
	if n < 0 || n > 65535 {
		return 0, brief(name, "a port is a number from 0 to 65535, not "+strings.TrimSpace(s))
	}
	return n, nil
}

// parseInt reads a decimal number with Python's int(): white space around it, a
// sign, single underscores between digits.
func parseInt(name, s string) (int, error) {
	digits := strings.TrimSpace(s)
	invalid := strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__") ||
		strings.HasPrefix(digits, "+_") || strings.HasPrefix(digits, "-_")
	n, err := strconv.ParseInt(strings.ReplaceAll(digits, "_", ""), 10, 64)
	if ne, ok := err.(*strconv.NumError); ok && ne.Err == strconv.ErrRange {
		err = nil // n is as near as can be
	}
	if err != nil || invalid {
		return 0, argumentError(name, "invalid int value: "+handler.Repr(s))
	}
	return int(min(max(n, -1<<31), 1<<31-1)), nil
}

// count is a limit of at least one.
func count(to *int, name string) func([]string) error {
	return func(v []string) error {
		n, err := parseInt(name, v[0])
		if err == nil && n < 1 {
			err = brief(name, "must be at least 1, not "+v[0])
		}
		*to = n
		return err
	}
}

// duration is a time such as 90, 90s, 1.5s or 2m; a bare number counts in
// seconds and 0 takes the bound away.
func duration(to *time.Duration, name string) func([]string) error {
	return func(v []string) error {
		s := v[0]
		if strings.Trim(s, "0123456789.") == "" {
			s += "s"
		}
		d, err := time.ParseDuration(s)
		if err != nil || d < 0 {
			return brief(name, "invalid time value: "+handler.Repr(v[0])+" (write 30, 30s, 500ms or 2m)")
		}
		if d == 0 {
			d = -1 // none
		}
		*to = d
		return nil
	}
}
