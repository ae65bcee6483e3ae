package view

import (
	"strings"

	"vitrine/wasm/page/editor"
	"vitrine/wasm/page/fragment"
)

// Lit is a range of bytes that a step is about.
type Lit struct {
	From, To int
	Bad      bool // they are refused
}

// at reports whether some of n bytes from off are lit.
func (r Lit) at(off, n int) bool { return off < r.To && off+n > r.From }

func (r Lit) class() string {
	if r.Bad {
		return "at bad"
	}
	return "at"
}

// Block is some lines of what an editor shows, drawn together: a step of the
// parser draws those again that it is about, and no others.
type Block struct {
	tokens   []editor.Token
	off, end int  // its bytes
	plain    bool // it is drawn as its text alone
}

// Lines of a block, how many blocks are drawn with all their marks (a browser
// takes seconds to lay out ten thousand lines), and the lines of those behind.
const (
	blockLines = 50
	maxBlocks  = 20
	plainLines = 500
)

// Blocks parts what an editor shows.
func Blocks(s *editor.Shown) []Block {
	var all []Block
	from, lines := 0, 0
	for i := range s.Tokens {
		if strings.HasSuffix(s.Tokens[i].Text, "\n") {
			lines++
		}
		plain, most := len(all) >= maxBlocks, blockLines
		if plain {
			most = plainLines
		}
		if lines == most {
			all = append(all, Block{tokens: s.Tokens[from : i+1], plain: plain})
			from, lines = i+1, 0
		}
	}
	all = append(all, Block{tokens: s.Tokens[from:], plain: len(all) >= maxBlocks})
	for i := range all {
		if t := all[i].tokens; len(t) > 0 {
			all[i].off, all[i].end = t[0].Off, t[len(t)-1].Off+t[len(t)-1].Len
		}
	}
	return all
}

// Shows reports whether a block has bytes that are lit.
func (b *Block) Shows(lit Lit) bool { return lit.at(b.off, b.end-b.off) }

// Append appends the lines of a block, drawn behind the text of the editor so
// that each byte can be seen: letter on letter. Only the last block of a text
// has the line that is not ended.
func (b *Block) Append(l *fragment.List, lit Lit, last bool) {
	d := typed{l: l, lit: lit}
	if b.plain {
		d.rest(b.tokens)
		if n := len(b.tokens); last && (n == 0 || strings.HasSuffix(b.tokens[n-1].Text, "\n")) {
			d.endLine()
		}
		return
	}
	for i := range b.tokens {
		k := &b.tokens[i]
		for text, off := k.Text, k.Off; ; {
			line, rest, broken := strings.Cut(text, "\n")
			d.token(k, line, off)
			if !broken {
				break
			}
			d.endLine()
			text = rest
			if text == "" {
				break
			}
		}
	}
	if last && !d.open {
		d.begin()
	}
	if d.open {
		d.endLine()
	}
}

type typed struct {
	l    *fragment.List
	lit  Lit
	open bool // a line is
}

func (d *typed) begin() {
	d.l.Open("typed-line")
	d.open = true
}

// rest appends lines behind the last one that is drawn with its marks: only what
// is lit is told apart.
func (d *typed) rest(tokens []editor.Token) {
	if len(tokens) == 0 {
		return
	}
	var before, lit, behind []byte
	for i := range tokens {
		k := &tokens[i]
		from, to := 0, 0
		if k.To-k.From != k.Len {
			if d.lit.at(k.Off, k.Len) {
				to = len(k.Text)
			}
		} else {
			from, to = min(max(d.lit.From-k.Off, 0), len(k.Text)), min(max(d.lit.To-k.Off, 0), len(k.Text))
		}
		switch {
		case from < to:
			before = append(before, k.Text[:from]...)
			lit = append(lit, k.Text[from:to]...)
			behind = append(behind, k.Text[to:]...)
		case len(lit) == 0:
			before = append(before, k.Text...)
		default:
			behind = append(behind, k.Text...)
		}
	}
	d.l.Open("typed-rest")
	d.l.Text(string(before))
	if len(lit) > 0 {
		d.l.Open("typed-lit")
		d.l.Attr("class", d.lit.class())
		d.l.Text(string(lit))
		d.l.Close()
		d.l.Text(string(behind))
	}
	d.l.Close()
}

func (d *typed) endLine() {
	if !d.open {
		d.begin()
	}
	d.l.Close()
	d.open = false
}

// token appends the part of a token that stands in one line.
func (d *typed) token(k *editor.Token, text string, off int) {
	if text == "" {
		return
	}
	if k.Kind == editor.Mark {
		if d.open {
			d.endLine()
		}
		d.l.Open("typed-mark")
		d.l.Text(text)
		d.open = true
		return
	}
	if !d.open {
		d.begin()
	}
	if k.To-k.From != k.Len { // it is lit as a whole
		d.piece(k.Kind, text, d.lit.at(off, k.Len))
		return
	}
	from, to := min(max(d.lit.From-off, 0), len(text)), min(max(d.lit.To-off, 0), len(text))
	d.piece(k.Kind, text[:from], false)
	d.piece(k.Kind, text[from:to], true)
	d.piece(k.Kind, text[max(from, to):], false)
}

func (d *typed) piece(kind editor.Kind, text string, lit bool) {
	switch {
	case text == "":
	case lit:
		d.l.Open("typed-lit")
		d.l.Attr("class", d.lit.class())
		d.l.Text(text)
		d.l.Close()
	case kind == editor.Name:
		d.name(text)
	case kind == editor.Space:
		d.l.Put("typed-space", text)
	default:
		d.l.Text(text)
	}
}

// name appends a name; that of a line end is two.
func (d *typed) name(text string) {
	if text == "CRLF" {
		d.l.Put("typed-name", "CR")
		text = "LF"
	}
	d.l.Put("typed-name", text)
}

// stripBytes is how many bytes the line of numbers shows.
const stripBytes = 24

// Strip appends bytes as numbers, those that are lit among them.
func Strip(l *fragment.List, b []byte, lit Lit) {
	const digits = "0123456789abcdef"
	from := max(0, min(lit.From-stripBytes/3, len(b)-stripBytes))
	to := min(from+stripBytes, len(b))
	l.Put("strip-offset", string([]byte{digits[from>>12&0xf], digits[from>>8&0xf], digits[from>>4&0xf], digits[from&0xf]}))
	for i := from; i < to; i++ {
		text := string([]byte{digits[b[i]>>4], digits[b[i]&0xf]})
		if lit.at(i, 1) {
			l.Open("typed-lit")
			l.Attr("class", lit.class())
			l.Text(text)
			l.Close()
			l.Text(" ")
			continue
		}
		l.Text(text + " ")
	}
	if to < len(b) {
		l.Text("…")
	}
}
