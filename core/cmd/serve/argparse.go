package main

import (
	"strconv"
	"strings"

	"vitrine/core/handler"
)

// option is one option of the command line.
type option struct {
	short, long string   // with their dashes; short may be empty
	values      []string // names of its values; none for a switch
	optional    bool     // has a value only in the form --long=VALUE
	help        string
	set         func(values []string) error
}

// String is the option as argparse names it in messages.
func (o *option) String() string {
	if o.short == "" {
		return o.long
	}
	return o.short + "/" + o.long
}

// usageError is a mistake on the command line, in argparse's words.
type usageError struct {
	text  string
	brief bool // without the usage before it
}

func (e *usageError) Error() string { return e.text }

// argumentError is a mistake in the value of an argument.
func argumentError(name, text string) error {
	return &usageError{text: "argument " + name + ": " + text}
}

// commandLine reads arguments as Python's argparse does: unambiguous prefixes
// of long options, --long=VALUE, -sVALUE, options behind positional arguments
// and -- before those that begin with a dash.
type commandLine struct {
	options    []*option
	positional []*option // each takes one argument, or none

	extras []string
}

func (c *commandLine) parse(args []string) error {
	c.extras = nil
	positional := c.positional
	take := func(arg string) error {
		if len(positional) == 0 {
			c.extras = append(c.extras, arg)
			return nil
		}
		p := positional[0]
		positional = positional[1:]
		return p.set([]string{arg})
	}
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			for _, arg := range args[i+1:] {
				if err := take(arg); err != nil {
					return err
				}
			}
			break
		}
		m, err := c.match(arg)
		if err != nil {
			return err
		}
		if !m.option {
			err = take(arg)
		} else if m.known == nil {
			c.extras = append(c.extras, arg)
		} else {
			var used int
			used, err = c.apply(m, args[i+1:])
			i += used
		}
		if err != nil {
			return err
		}
	}
	if len(c.extras) > 0 {
		return &usageError{text: "unrecognized arguments: " + strings.Join(c.extras, " ")}
	}
	return nil
}

// match is what an argument turned out to be.
type match struct {
	option   bool    // it looks like an option
	known    *option // nil if there is none of that name
	value    string  // after "=", or behind a short option
	hasValue bool
}

func (c *commandLine) match(arg string) (m match, err error) {
	if len(arg) < 2 || arg[0] != '-' {
		return m, nil
	}
	m.option = true
	if m.known = c.named(arg); m.known != nil {
		return m, nil
	}
	name, value, hasValue := strings.Cut(arg, "=")
	if hasValue {
		if m.known = c.named(name); m.known != nil {
			m.value, m.hasValue = value, true
			return m, nil
		}
	}
	var found []*option
	if strings.HasPrefix(arg, "--") {
		for _, o := range c.options {
			if strings.HasPrefix(o.long, name) {
				found = append(found, o)
			}
		}
		m.value, m.hasValue = value, hasValue
	} else if o := c.named(arg[:2]); o != nil {
		found = append(found, o)
		m.value, m.hasValue = arg[2:], true
	}
	switch {
	case len(found) > 1:
		names := make([]string, len(found))
		for i, o := range found {
			names[i] = o.long
		}
		return m, &usageError{text: "ambiguous option: " + arg + " could match " + strings.Join(names, ", ")}
	case len(found) == 1:
		m.known = found[0]
	case isNegativeNumber(arg), strings.Contains(arg, " "):
		return match{}, nil
	}
	return m, nil
}

func (c *commandLine) named(name string) *option {
	for _, o := range c.options {
		if name == o.long || name == o.short {
			return o
		}
	}
	return nil
}

// isNegativeNumber reports whether arg is a number rather than an option.
func isNegativeNumber(arg string) bool {
	_, err := strconv.ParseFloat(arg, 64)
	return err == nil && strings.Trim(arg[1:], "0123456789.") == ""
}

// apply sets an option and returns how many of the following arguments were
// its values.
func (c *commandLine) apply(m match, rest []string) (used int, err error) {
	o := m.known
	switch {
	case len(o.values) == 0 && m.hasValue:
		return 0, argumentError(o.String(), "ignored explicit argument "+handler.Repr(m.value))
	case o.optional && !m.hasValue:
		return 0, o.set(nil)
	case len(o.values) == 1 && m.hasValue:
		return 0, o.set([]string{m.value})
	}
	values := make([]string, 0, 2)
	for len(values) < len(o.values) && len(values) < len(rest) && !m.hasValue {
		next, err := c.match(rest[len(values)])
		if err != nil || next.option {
			break
		}
		values = append(values, rest[len(values)])
	}
	if len(values) < len(o.values) {
		if len(o.values) == 1 {
			return 0, argumentError(o.String(), "expected one argument")
		}
		return 0, argumentError(o.String(), "expected "+strconv.Itoa(len(o.values))+" arguments")
	}
	return len(values), o.set(values)
}
