package trace

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ReadTranscript reads back what [AppendTranscript] wrote, and transcripts
// made by hand: bytes alone are enough for a record. Notes between records
// are skipped.
func ReadTranscript(text string) ([]*Record, error) {
	var records []*Record
	rd := transcriptReader{}
	for number := 1; text != ""; number++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		if line == "" {
			if err := rd.end(); err != nil {
				return nil, lineError(number, err)
			}
			continue
		}
		begun := rd.r != nil
		if err := rd.line(line); err != nil {
			return nil, lineError(number, err)
		}
		if !begun && rd.r != nil {
			records = append(records, rd.r)
		}
	}
	if err := rd.end(); err != nil {
		return nil, err
	}
	return records, nil
}

func lineError(number int, err error) error {
	return errors.New("trace: line " + strconv.Itoa(number) + ": " + err.Error())
}

type transcriptReader struct {
	r     *Record
	bytes bool // the last line was of bytes, or said which follow
	told  bool // it said which
	heads []headLine
}

// headLine is the line of a header section, for when all bytes are known.
type headLine struct {
	kind Kind
	text string
}

func (rd *transcriptReader) line(line string) error {
	// Bytes and words escape alike, but words may have quotes to look at first.
	kind := Kind(line[0])
	word, rest, ok := strings.Cut(line[1:], " ")
	if !ok {
		return errors.New("no SP after the sign")
	}
	from := Wire
	if word != "" {
		i := slices.Index(provenances[:], word)
		if i < 0 {
			return errors.New("unknown provenance")
		}
		from = Provenance(i)
	}
	first, tail, _ := strings.Cut(rest, " ")
	switch {
	case kind == Note && (first == "exchange" || first == "record"):
		if rd.r != nil {
			return errors.New("a record within another")
		}
		rd.r = new(Record)
		return rd.summary(tail)
	case kind == Note && rd.r == nil:
		return nil
	case rd.r == nil:
		rd.r = new(Record)
	}
	switch kind {
	case In, Out:
		return rd.addBytes(kind, from, rest)
	case Event:
		rd.bytes = false
		switch side, code, _ := strings.Cut(first, "."); {
		case first == "request":
			rd.heads = append(rd.heads, headLine{In, tail})
			return nil
		case first == "response":
			rd.heads = append(rd.heads, headLine{Out, tail})
			return nil
		case side == "in" && len(first) > 2:
			rd.bytes, rd.told = true, true
			return rd.step(Step{Kind: In, From: from, Code: Code(code)}, tail)
		case side == "out" && len(first) > 3:
			rd.bytes, rd.told = true, true
			return rd.step(Step{Kind: Out, From: from, Code: Code(code)}, tail)
		}
	case Fault, Note:
		rd.bytes = false
	default:
		return errors.New("no sign of a transcript line")
	}
	s := Step{Kind: kind, From: from}
	sc := scanner{rest: rest}
	code, _, err := sc.token()
	if err != nil {
		return err
	}
	s.Code = Code(code)
	return rd.step(s, sc.rest)
}

func (rd *transcriptReader) addBytes(kind Kind, from Provenance, text string) error {
	text, err := Unescape(text)
	if err != nil {
		return err
	}
	if n := len(rd.r.Steps); rd.bytes && n > 0 && rd.r.Steps[n-1].Kind == kind && rd.r.Steps[n-1].From == from {
		s := &rd.r.Steps[n-1]
		if !rd.told {
			s.Len += int64(len(text))
		}
		s.Bytes += text
		return nil
	}
	rd.bytes, rd.told = true, false
	rd.r.AddBytes(kind, from, 0, "", text)
	return nil
}

// step reads what follows the code.
func (rd *transcriptReader) step(s Step, rest string) error {
	sc := scanner{rest: rest}
	for {
		if ref, ok := strings.CutPrefix(sc.rest, "("); ok {
			ref, rest, ok := strings.Cut(ref, ")")
			if !ok {
				return errors.New("a reference without end")
			}
			var err error
			if s.Ref, err = Unescape(ref); err != nil {
				return err
			}
			sc.rest = strings.TrimPrefix(rest, " ")
			continue
		}
		text, quoted, err := sc.token()
		switch {
		case err != nil:
			return err
		case quoted:
			s.Args = append(s.Args, text)
		case text == "" || text == "|":
			rd.r.Steps = append(rd.r.Steps, s)
			return nil
		case text[0] == '@':
			if s.Off, s.Len, err = parseRange(text[1:]); err != nil {
				return err
			}
		case text[0] == '+':
			if s.At, err = time.ParseDuration(text[1:]); err != nil {
				return errors.New("no time")
			}
		default:
			s.Args = append(s.Args, text)
		}
	}
}

// end ends the record: its header sections can be read now.
func (rd *transcriptReader) end() error {
	r, heads := rd.r, rd.heads
	*rd = transcriptReader{}
	for _, h := range heads {
		if err := r.readHead(h.kind, h.text); err != nil {
			return err
		}
	}
	return nil
}

func (r *Record) readHead(k Kind, text string) error {
	h, _ := r.head(k)
	var parts []Part
	for sc := (scanner{rest: text}); sc.rest != ""; {
		at, rest := sc.rest, ""
		if i := strings.IndexAny(at, " =,"); i >= 0 {
			at, rest = at[:i], at[i:]
		}
		off, n, err := parseRange(at)
		if err != nil || int64(int32(off)) != off || int64(int32(n)) != n {
			return errors.New("no range of a header section")
		}
		p := Part{Off: int32(off), Len: int32(n)}
		if quoted, ok := strings.CutPrefix(rest, "="); ok {
			sc.rest = quoted
			if p.Text, rest, err = sc.quoted(); err != nil {
				return err
			}
		} else if p.Text, ok = r.slice(k, &p); !ok {
			return errors.New("a part of a header section without its bytes")
		}
		sc.rest = strings.TrimPrefix(strings.TrimPrefix(rest, ","), " ")
		parts = append(parts, p)
	}
	if len(parts) < 3 || len(parts)%2 == 0 {
		return errors.New("a header section has three parts and pairs")
	}
	for i := range h.Start {
		*h.Start[i] = parts[i]
	}
	for parts = parts[3:]; len(parts) > 0; parts = parts[2:] {
		*h.Fields = append(*h.Fields, Field{parts[0], parts[1]})
	}
	return nil
}

func (rd *transcriptReader) summary(text string) error {
	r := rd.r
	sc := scanner{rest: text}
	for name := ""; ; name = "" {
		value, _, err := sc.token()
		if err != nil {
			return err
		}
		if r.ID == 0 && value != "" && isNumber(value) {
			if r.ID, err = strconv.ParseInt(value, 10, 64); err != nil {
				return errors.New("no number of an exchange")
			}
			continue
		}
		if name = value; name == "" {
			return nil
		}
		if value, _, err = sc.token(); err != nil {
			return err
		}
		if err := r.set(name, value); err != nil {
			return errors.New("malformed " + name)
		}
	}
}

func isNumber(s string) bool { return s[0] == '-' || '0' <= s[0] && s[0] <= '9' }

// set sets what a summary says. What it does not know it leaves aside.
func (r *Record) set(name, value string) (err error) {
	number := func(n *int64) { *n, err = strconv.ParseInt(value, 10, 64) }
	switch name {
	case "connection":
		number(&r.Conn)
	case "site":
		r.Site = value
	case "client":
		r.Client = value
	case "from":
		i := slices.Index(provenances[:], value)
		if r.Source = Provenance(i); i < 0 {
			return errors.New("unknown provenance")
		}
	case "at":
		if us, ok := strings.CutSuffix(value, "us"); ok {
			var n int64
			n, err = strconv.ParseInt(us, 10, 64)
			r.Start = time.UnixMicro(n).UTC()
		} else {
			r.Start, err = time.Parse(time.RFC3339Nano, value)
		}
	case "took":
		r.Elapsed, err = time.ParseDuration(value)
	case "status":
		r.Status, err = strconv.Atoi(value)
	case "size":
		number(&r.Size)
	case "omitted":
		number(&r.Omitted)
	default:
		for _, f := range r.Browser.facts() {
			if name == "browser."+f.Name {
				*f.Value = value
			}
		}
	}
	return err
}

func parseRange(s string) (off, n int64, err error) {
	a, b, ok := strings.Cut(s, "+")
	off, err1 := strconv.ParseInt(a, 10, 64)
	n, err2 := strconv.ParseInt(b, 10, 64)
	if !ok || err1 != nil || err2 != nil {
		return 0, 0, errors.New("no range of bytes")
	}
	return off, n, nil
}

// scanner cuts a line into words at SP; quotes keep together.
type scanner struct{ rest string }

// token returns the next word without its quotes, "" at the end of the line.
func (sc *scanner) token() (text string, quoted bool, err error) {
	if strings.HasPrefix(sc.rest, `"`) {
		text, rest, err := sc.quoted()
		sc.rest = strings.TrimPrefix(rest, " ")
		return text, true, err
	}
	text, sc.rest, _ = strings.Cut(sc.rest, " ")
	return text, false, nil
}

// quoted returns the string that the rest begins with, and what follows it.
func (sc *scanner) quoted() (text, rest string, err error) {
	if !strings.HasPrefix(sc.rest, `"`) {
		return "", "", errors.New("no quote")
	}
	text, rest, ok := strings.Cut(sc.rest[1:], `"`)
	if !ok {
		return "", "", errors.New("a quote without end")
	}
	text, err = Unescape(text)
	return text, rest, err
}
