package main

import (
	"strings"
)

const prog = "serve"

const (
	pageWidth  = 78 // of usage and help
	helpColumn = 24 // where the words about an option begin
)

// usage is the summary of the command line, as argparse lays it out.
func (c *commandLine) usage() string {
	var parts []string
	for _, o := range c.options {
		name := o.short
		if name == "" {
			name = o.long
		}
		parts = append(parts, "["+name+o.valueText()+"]")
	}
	for _, o := range c.positional {
		parts = append(parts, "["+o.values[0]+"]")
	}
	const start = "usage: " + prog
	return wrap(start, len(start)+1, parts) + "\n"
}

func (o *option) valueText() string {
	if o.optional {
		return "[=" + o.values[0] + "]"
	}
	if len(o.values) == 0 {
		return ""
	}
	return " " + strings.Join(o.values, " ")
}

// helpText is what --help prints.
func (c *commandLine) helpText() string {
	var b strings.Builder
	b.WriteString(c.usage())
	b.WriteString("\nServe a directory as a web site, as python -m http.server does.\n")
	b.WriteString("\npositional arguments:\n")
	for _, o := range c.positional {
		entry(&b, o.values[0], o.help)
	}
	b.WriteString("\noptions:\n")
	for _, o := range c.options {
		name := o.long + o.valueText()
		if o.short != "" {
			name = o.short + ", " + name
		}
		entry(&b, name, o.help)
	}
	b.WriteString(examples)
	return b.String()
}

const examples = `
A TIME is in seconds, or has a unit: 500ms, 30s, 2m; 0 is no limit.
Listening sockets that a service manager passes (LISTEN_FDS, on Unix) are used
in place of port and --bind.

examples:
  serve                     this directory, port 8000, all interfaces
  serve -b 127.0.0.1 0      only for this computer, any free port
  serve -d public -p HTTP/1.1
  serve --tls-self-signed 8443
  serve --trace /tmp/trace.txt
  serve --lint=warn         what clients and pages get wrong
`

// entry writes one option and the words about it.
func entry(b *strings.Builder, name, help string) {
	line := "  " + name
	if len(line) > helpColumn-2 {
		b.WriteString(line + "\n")
		line = ""
	}
	line += strings.Repeat(" ", helpColumn-1-len(line))
	b.WriteString(wrap(line, helpColumn, strings.Fields(help)) + "\n")
}

// wrap puts words behind start, with SP before each, and begins new
// lines at the column indent.
func wrap(start string, indent int, words []string) string {
	var b strings.Builder
	line := start
	for _, w := range words {
		if len(line)+1+len(w) > pageWidth && len(line) > indent {
			b.WriteString(line + "\n")
			line = strings.Repeat(" ", indent-1)
		}
		line += " " + w
	}
	b.WriteString(line)
	return b.String()
}
