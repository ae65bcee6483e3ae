package remotefs

import (
	"strconv"
	"strings"
	"time"

	"vitrine/core/http1"
	"vitrine/core/trace"
	"vitrine/wasm/contract"
	"vitrine/wasm/decimal"
)

// Repeat is an exchange whose response was one of another exchange, given
// again.
type Repeat struct {
	Serial  int64 // of the record of the other exchange
	Start   time.Time
	Elapsed time.Duration
	Proof   trace.Code // that the file is the same: RepeatRead, RepeatWatched or RepeatAsked
	Date    string     // value of the Date field
	Target  string
	Browser trace.Browser
}

// repeatFields is how many lines an exchange has in a list.
const repeatFields = 12

// ParseRepeats reads what worker/repeat.js posts: twelve lines for each
// exchange.
func ParseRepeats(list string) ([]Repeat, error) {
	const fault = Error("a broken list of repeats")
	n := strings.Count(list, "\n") + 1
	if n%repeatFields != 0 || n/repeatFields > contract.MaxBatch {
		return nil, fault
	}
	repeats := make([]Repeat, n/repeatFields)
	bad := false
	next := func() (line string) {
		line, list, _ = strings.Cut(list, "\n")
		return line
	}
	number := func() int64 {
		v, ok := decimal.Parse(next())
		bad = bad || !ok || v > 1<<53
		return v
	}
	for i := range repeats {
		p := &repeats[i]
		p.Serial = number()
		p.Start = time.UnixMicro(number())
		p.Elapsed = time.Duration(min(number(), int64(time.Hour/time.Microsecond))) * time.Microsecond
		p.Proof = trace.Code("repeat." + next())
		p.Date, p.Target = next(), next()
		for _, s := range browserTexts(&p.Browser) {
			*s = next()
		}
		if p.Proof != trace.RepeatRead && p.Proof != trace.RepeatWatched && p.Proof != trace.RepeatAsked {
			return nil, fault
		}
		if bad || !isDate(p.Date) || p.Target == "" || strings.ContainsAny(p.Target, " \r\n") {
			return nil, fault
		}
	}
	return repeats, nil
}

// isDate reports whether s has the length of an IMF-fixdate and no control
// character.
func isDate(s string) bool {
	if len(s) != len("Sun, 06 Nov 1994 08:49:37 GMT") {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Record is the record of the exchange. of is that of the other one: what the
// two have in common is taken from it, and none of its reasons, because
// nothing was decided this time.
func (p *Repeat) Record(of *trace.Record) *trace.Record {
	r := &trace.Record{
		Site: of.Site, Client: of.Client, Source: of.Source, Start: p.Start, Elapsed: p.Elapsed,
		Request: of.Request, Browser: p.Browser, Response: of.Response,
		Status: of.Status, Size: of.Size, Omitted: of.Omitted,
	}
	longer := p.retarget(&r.Request)
	date := p.redate(&r.Response)
	told := false
	for i := range of.Steps {
		s := of.Steps[i]
		s.At = 0
		switch {
		case s.Kind == trace.In && s.Code == trace.Header:
			s.Bytes = replaced(s.Bytes, &of.Request.Target, p.Target)
			s.Len = int64(len(s.Bytes))
		case s.Code == trace.MessageEnd:
			s.Off += int64(longer)
		case s.Kind == trace.Out:
			if !told {
				told = true
				p.tell(r, of)
			}
			s.At = p.Elapsed
			if date != nil && s.Code == trace.Header {
				s.Bytes = replaced(s.Bytes, date, p.Date)
			}
		case s.Kind == trace.Note && strings.HasPrefix(string(s.Code), "fetch."):
		default:
			continue
		}
		r.Steps = append(r.Steps, s)
	}
	return r
}

// replaced returns a header section with another text in the place of a part,
// if that is within it: a record can be made up by scripts of the site.
func replaced(head string, part *trace.Part, by string) string {
	from, to := int(part.Off), int(part.Off)+int(part.Len)
	if from < 0 || to < from || to > len(head) {
		return head
	}
	return head[:from] + by + head[to:]
}

// tell notes where the response is from, and why it still stands.
func (p *Repeat) tell(r, of *trace.Record) {
	r.Add(trace.Note, trace.Rebuilt, 0, trace.RepeatOf, strconv.FormatInt(of.ID, 10))
	r.Add(trace.Note, trace.Rebuilt, 0, p.Proof)
}

// retarget gives a request the target of p, and returns how many bytes longer
// its head is.
func (p *Repeat) retarget(q *trace.Request) (longer int32) {
	old := q.Target
	longer = int32(len(p.Target)) - old.Len
	q.Target.Text, q.Target.Len = p.Target, int32(len(p.Target))
	if longer == 0 {
		return 0
	}
	q.Proto.Off += longer
	fields := make(trace.Fields, len(q.Fields))
	for i, f := range q.Fields {
		f.Name.Off += longer
		f.Value.Off += longer
		fields[i] = f
	}
	q.Fields = fields
	return longer
}

// redate gives a response the date of p and returns the place of it, nil if it
// has none of that length.
func (p *Repeat) redate(q *trace.Response) *trace.Part {
	for i := range q.Fields {
		if f := &q.Fields[i]; http1.EqualFold(f.Name.Text, "Date") && int(f.Value.Len) == len(p.Date) {
			fields := append(trace.Fields(nil), q.Fields...)
			fields[i].Value.Text = p.Date
			q.Fields = fields
			return &fields[i].Value
		}
	}
	return nil
}
