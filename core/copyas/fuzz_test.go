package copyas

import (
	"strconv"
	"strings"
	"testing"

	"vitrine/core/trace"
)

func seeds(f *testing.F) {
	for _, s := range []string{
		"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /'$(id)`id`%s%n\\0 HTTP/1.1\r\nHost: a\r\n\r\n",                // what shells act on
		"GET / HTTP/1.1\r\nHost: a'; touch /tmp/x; '\r\nX: $PATH\r\n\r\n",   // out of the quotes
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n@x\x00\xff", // a file's name for curl, a NUL
		"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n\"\\",       // strings of Python and JavaScript
		"GET / HTTP/1.1\r\nHost: a\r\nX: ```\r\n\r\n``````\n</script>",      // fences and markup
		"-n\\c\n\n# x\r",
		"\r\n\r\n",
	} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(trace.Rebuilt))
	}
}

// Whatever the bytes are, a copy is lines of printable ASCII, and the words of
// its command are those that we put there.
func FuzzShell(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, in string, source uint8) {
		r := record(trace.Provenance(source%3), in, in)
		for _, format := range Formats() {
			if got := AppendWithCredentials(nil, format.ID, r, base); !printable(strings.ReplaceAll(string(got), "\n", "")) {
				t.Errorf("%s: %q", format.ID, got)
			}
		}
		if in == "" {
			return
		}
		pipe, commands := commandOf(t, string(AppendWithCredentials(nil, NC, r, base)))
		if !pipe || len(commands) != 2 || strings.Join(commands[1], " ") != "nc 127.0.0.1 8000" || len(commands[0]) != 2 || commands[0][0] != "printf" {
			t.Fatalf("got the commands %q", commands)
		}
		if got := printf(t, commands[0][1]); got != in {
			t.Errorf("printf writes %q, want %q", got, in)
		}

		_, commands = commandOf(t, string(AppendWithCredentials(nil, Curl, r, base)))
		last := commands[len(commands)-1]
		if last[0] != "curl" && last[0] != "nc" {
			t.Fatalf("got the commands %q", commands)
		}
		if last[0] == "curl" {
			if url := last[len(last)-1]; !strings.HasPrefix(url, "http://127.0.0.1:8000/") {
				t.Errorf("the URL is %q", url)
			}
			for i, word := range last[1 : len(last)-1] {
				if word[0] == '-' && !takesValue(last[i]) && !option(word) {
					t.Errorf("an option that is not ours: %q in %q", word, last)
				}
			}
		}
	})
}

func option(word string) bool {
	return takesValue(word) || word == "--include" || word == "--head" || word == "--http1.0" || word == "--http1.1" || word == "--path-as-is"
}

func takesValue(word string) bool {
	return word == "-H" || word == "-X" || word == "--request-target" || word == "--data-binary"
}

// commandOf reads the one line of text that is no comment as a POSIX shell
// does, as far as single quotes go; anything else that a shell acts on is an
// error.
func commandOf(t *testing.T, text string) (pipe bool, commands [][]string) {
	line := ""
	for l := range strings.Lines(text) {
		if l[0] != '#' {
			if line != "" {
				t.Fatalf("more than one command in %q", text)
			}
			line = strings.TrimSuffix(l, "\n")
		}
	}
	commands = [][]string{nil}
	word, in, some := "", false, false
	flush := func() {
		if some {
			n := len(commands) - 1
			commands[n] = append(commands[n], word)
		}
		word, some = "", false
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\'':
			in, some = !in, true
		case in:
			word += string(c)
		case c == '\\' && i+1 < len(line) && line[i+1] == '\'':
			i++
			word += "'"
		case c == ' ':
			flush()
		case c == '|' && !some:
			pipe = true
			commands = append(commands, nil)
		case strings.IndexByte("`$&;|<>(){}*?[]!#~\"\\%", c) >= 0:
			t.Fatalf("%q stands outside quotes in %q", c, line)
		default:
			word += string(c)
			some = true
		}
	}
	if in {
		t.Fatalf("a quote is not closed in %q", line)
	}
	flush()
	return pipe, commands
}

// printf is what printf writes for a format without arguments.
func printf(t *testing.T, format string) string {
	var b strings.Builder
	if strings.HasPrefix(format, "-") {
		t.Fatalf("%q is an option", format)
	}
	for i := 0; i < len(format); i++ {
		switch c := format[i]; c {
		case '%':
			i++
			if i == len(format) || format[i] != '%' {
				t.Fatalf("a conversion in %q", format)
			}
			b.WriteByte('%')
		case '\\':
			i++
			switch {
			case format[i] == 'r':
				b.WriteByte('\r')
			case format[i] == 'n':
				b.WriteByte('\n')
			default:
				n, err := strconv.ParseUint(format[i:i+3], 8, 8)
				if err != nil {
					t.Fatalf("%v in %q", err, format)
				}
				b.WriteByte(byte(n))
				i += 2
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// A string of Python and JavaScript is read back as the bytes it was made of,
// and ends where it should.
func FuzzLiteral(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, in string, _ uint8) {
		var literal text
		literal.literal(in)
		// Of \r \n \" \\ \xNN and plain ASCII, all three languages think the same.
		if got, err := strconv.Unquote(string(literal)); err != nil || got != in {
			t.Errorf("got %q, %v from %s, want %q", got, err, literal, in)
		}
	})
}

// A message cannot end its block, and can be read back from it.
func FuzzMarkdown(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, in string, source uint8) {
		text := string(AppendWithCredentials(nil, Markdown, record(trace.Provenance(source%3), in, in), base))
		blocks, raw, fence := 0, "", ""
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			ticks := len(line) - len(strings.TrimLeft(line, "`"))
			switch {
			case fence == "" && ticks >= 3:
				blocks++
				fence = line[:ticks]
			case fence != "" && ticks >= len(fence) && strings.Trim(line, "` ") == "":
				fence = ""
			case fence != "":
				bytes, err := trace.Unescape(line)
				if err != nil {
					t.Fatal(err)
				}
				raw += bytes
			case line != "" && !strings.HasPrefix(line, "**Request**") && !strings.HasPrefix(line, "**Response**"):
				t.Errorf("outside of a block: %q", line)
			}
		}
		if raw != in+in || in != "" && blocks != 2 {
			t.Errorf("got %d blocks of %q, want %q twice", blocks, raw, in)
		}
	})
}
