package conditional

import (
	"strings"
	"testing"
	"time"

	"vitrine/core/http1"
)

var testNow = time.Date(2025, 11, 23, 12, 0, 0, 0, time.UTC)

// fieldsOf reads "Name: value" lines.
func fieldsOf(lines string) (fields http1.Fields) {
	for line := range strings.Lines(lines) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), ":")
		fields = append(fields, http1.Field{Name: name, Value: http1.TrimOWS(value)})
	}
	return fields
}

const (
	testTag  = `"tag"`
	testMod  = "Sun, 06 Nov 1994 08:49:37 GMT" // of the file in these tests
	earlier  = "Sun, 06 Nov 1994 08:49:36 GMT"
	later    = "Sun, 06 Nov 1994 08:49:38 GMT"
	laterEST = "Sun, 06 Nov 1994 23:49:37 EST"
)

var testValidators = Validators{ETag: testTag, ModTime: time.Unix(784111777, 999), Now: testNow}

// The precedence of RFC 9110 §13.2.2, step by step. why names the preconditions that
// are there and what became of them.
func TestDecide(t *testing.T) {
	for _, tc := range []struct {
		name, method, fields string
		status               int
		why                  string
	}{
		{"nothing", "GET", "Host: x\nRange-Unit: y\nIf: z", 200, ""},

		{"If-Match same", "GET", `If-Match: "tag"`, 200, "If-Match passed"},
		{"If-Match among others", "GET", `If-Match: "x", "tag"`, 200, "If-Match passed"},
		{"If-Match in the second line", "GET", "If-Match: \"x\"\nIF-MATCH: \"tag\"", 200, "If-Match passed"},
		{"If-Match any", "GET", "If-Match: *", 200, "If-Match passed"},
		{"If-Match other", "GET", `If-Match: "x"`, 412, "If-Match decided"},
		{"If-Match weak", "GET", `If-Match: W/"tag"`, 412, "If-Match decided"},
		{"If-Match empty", "GET", "If-Match:", 412, "If-Match decided"},
		{"If-Match no list", "GET", "If-Match: tag", 412, "If-Match decided"},
		{"If-Match HEAD", "HEAD", `If-Match: "x"`, 412, "If-Match decided"},
		{"If-Match outranks If-Unmodified-Since", "GET", "If-Match: \"tag\"\nIf-Unmodified-Since: " + earlier, 200,
			"If-Match passed, If-Unmodified-Since skipped"},
		{"If-Match settles all", "GET", "Range: bytes=0-1\nIf-None-Match: \"tag\"\nIf-Match: \"x\"", 412,
			"If-Match decided, If-None-Match skipped, Range skipped"},

		{"If-Unmodified-Since same", "GET", "If-Unmodified-Since: " + testMod, 200, "If-Unmodified-Since passed"},
		{"If-Unmodified-Since later", "GET", "If-Unmodified-Since: " + later, 200, "If-Unmodified-Since passed"},
		{"If-Unmodified-Since earlier", "GET", "If-Unmodified-Since: " + earlier, 412, "If-Unmodified-Since decided"},
		{"If-Unmodified-Since no date", "GET", "If-Unmodified-Since: yesterday", 200, "If-Unmodified-Since ignored"},
		{"If-Unmodified-Since e-mail date", "GET", "If-Unmodified-Since: 5 Nov 94 08:49:37", 200, "If-Unmodified-Since ignored"},
		{"If-Unmodified-Since settles all", "GET", "If-Modified-Since: " + later + "\nIf-Unmodified-Since: " + earlier, 412,
			"If-Unmodified-Since decided, If-Modified-Since skipped"},

		{"If-None-Match same", "GET", `If-None-Match: "tag"`, 304, "If-None-Match decided"},
		{"If-None-Match HEAD", "HEAD", `If-None-Match: "tag"`, 304, "If-None-Match decided"},
		{"If-None-Match weak", "GET", `If-None-Match: W/"tag"`, 304, "If-None-Match decided"},
		{"If-None-Match list", "GET", `If-None-Match: "a", W/"b" , "tag"`, 304, "If-None-Match decided"},
		{"If-None-Match two lines", "GET", "If-None-Match: \"a\"\nIf-None-Match: \"tag\"", 304, "If-None-Match decided"},
		{"If-None-Match any", "GET", "If-None-Match: *", 304, "If-None-Match decided"},
		{"If-None-Match other", "GET", `If-None-Match: "x"`, 200, "If-None-Match passed"},
		{"If-None-Match no list", "GET", "If-None-Match: tag", 200, "If-None-Match passed"},
		// spec: N-1
		{"If-None-Match outranks If-Modified-Since", "GET", "If-Modified-Since: " + later + "\nIf-None-Match: \"x\"", 200,
			"If-None-Match passed, If-Modified-Since skipped"},
		{"empty If-None-Match counts", "GET", "If-Modified-Since: " + later + "\nIf-None-Match:", 200,
			"If-None-Match passed, If-Modified-Since skipped"},
		{"If-Match, then If-None-Match", "GET", "If-Match: *\nIf-None-Match: \"tag\"", 304,
			"If-Match passed, If-None-Match decided"},
		{"If-None-Match before Range", "GET", "Range: bytes=0-1\nIf-None-Match: \"tag\"", 304,
			"If-None-Match decided, Range skipped"},

		// spec: N-1 N-5
		{"If-Modified-Since same", "GET", "If-Modified-Since: " + testMod, 304, "If-Modified-Since decided"},
		{"If-Modified-Since HEAD", "HEAD", "If-Modified-Since: " + testMod, 304, "If-Modified-Since decided"},
		{"If-Modified-Since later", "GET", "If-Modified-Since: " + later, 304, "If-Modified-Since decided"},
		{"If-Modified-Since in the future", "GET", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT", 304, "If-Modified-Since decided"},
		{"If-Modified-Since earlier", "GET", "If-Modified-Since: " + earlier, 200, "If-Modified-Since passed"},
		// departs: H-5 (RFC 9110 §13.1.3)
		{"If-Modified-Since twice", "GET", "If-Modified-Since: " + later + "\nIf-Modified-Since: " + earlier, 200, "If-Modified-Since ignored"},
		{"If-Modified-Since twice the same", "GET", "If-Modified-Since: " + testMod + "\nif-modified-since: " + testMod, 200, "If-Modified-Since ignored"},
		{"If-Modified-Since list", "GET", "If-Modified-Since: " + later + ", " + later, 200, "If-Modified-Since ignored"},
		{"If-Modified-Since list of one", "GET", "If-Modified-Since: " + later + " ,", 200, "If-Modified-Since ignored"},
		{"If-Modified-Since with a length", "GET", "If-Modified-Since: " + later + "; length=10, 11", 304, "If-Modified-Since decided"},
		{"If-Unmodified-Since twice", "GET", "If-Unmodified-Since: " + earlier + "\nIf-Unmodified-Since: " + earlier, 200, "If-Unmodified-Since ignored"},
		{"If-Unmodified-Since list", "GET", "If-Unmodified-Since: " + earlier + ", " + earlier, 200, "If-Unmodified-Since ignored"},
		// spec: N-3 N-4
		{"If-Modified-Since e-mail date", "GET", "If-Modified-Since: 6 Nov 94 08:49:37", 304, "If-Modified-Since decided"},
		{"If-Modified-Since other zone", "GET", "If-Modified-Since: " + laterEST, 200, "If-Modified-Since ignored"},
		{"If-Modified-Since no date", "GET", "If-Modified-Since: yesterday", 200, "If-Modified-Since ignored"},
		{"If-Modified-Since empty", "GET", "If-Modified-Since:", 200, "If-Modified-Since ignored"},
		{"If-Modified-Since before Range", "GET", "Range: bytes=0-1\nIf-Modified-Since: " + later, 304,
			"If-Modified-Since decided, Range skipped"},

		{"Range", "GET", "Range: bytes=0-1", 206, "Range decided"},
		{"Range of more", "GET", "range: bytes=0-1,4-", 206, "Range decided"},
		{"Range outside", "GET", "Range: bytes=10-", 416, "Range decided"},
		{"Range HEAD", "HEAD", "Range: bytes=0-1", 200, "Range ignored"},
		{"Range HEAD outside", "HEAD", "Range: bytes=10-\nIf-Range: \"tag\"", 200, "If-Range ignored, Range ignored"},
		{"Range twice", "GET", "Range: bytes=0-1\nRange: bytes=2-3", 200, "Range ignored"},
		{"Range of another unit", "GET", "Range: pages=1", 200, "Range ignored"},
		{"Range no range", "GET", "Range: bytes=2-1", 200, "Range ignored"},
		{"Range longer than the file", "GET", "Range: bytes=0-,0-", 200, "Range ignored"},
		{"Range after conditions that hold", "GET",
			"If-Match: *\nIf-None-Match: \"x\"\nIf-Range: \"tag\"\nRange: bytes=1-", 206,
			"If-Match passed, If-None-Match passed, If-Range passed, Range decided"},

		{"If-Range same tag", "GET", "Range: bytes=0-1\nIf-Range: \"tag\"", 206, "If-Range passed, Range decided"},
		{"If-Range other tag", "GET", "Range: bytes=0-1\nIf-Range: \"x\"", 200, "If-Range decided, Range skipped"},
		{"If-Range weak tag", "GET", "Range: bytes=0-1\nIf-Range: W/\"tag\"", 200, "If-Range decided, Range skipped"},
		{"If-Range list", "GET", "Range: bytes=0-1\nIf-Range: \"tag\", \"tag\"", 200, "If-Range decided, Range skipped"},
		{"If-Range twice", "GET", "Range: bytes=0-1\nIf-Range: \"tag\"\nIf-Range: \"tag\"", 200, "If-Range decided, Range skipped"},
		{"If-Range twice a date", "GET", "Range: bytes=0-1\nIf-Range: " + testMod + "\nIf-Range: " + testMod, 200, "If-Range decided, Range skipped"},
		{"If-Range any", "GET", "Range: bytes=0-1\nIf-Range: *", 200, "If-Range decided, Range skipped"},
		{"If-Range same date", "GET", "Range: bytes=0-1\nIf-Range: " + testMod, 206, "If-Range passed, Range decided"},
		{"If-Range later date", "GET", "Range: bytes=0-1\nIf-Range: " + later, 200, "If-Range decided, Range skipped"},
		{"If-Range earlier date", "GET", "Range: bytes=0-1\nIf-Range: " + earlier, 200, "If-Range decided, Range skipped"},
		{"If-Range e-mail date", "GET", "Range: bytes=0-1\nIf-Range: 6 Nov 94 08:49:37", 200, "If-Range decided, Range skipped"},
		{"If-Range empty", "GET", "Range: bytes=0-1\nIf-Range:", 200, "If-Range decided, Range skipped"},
		{"If-Range saves from 416", "GET", "Range: bytes=10-\nIf-Range: \"x\"", 200, "If-Range decided, Range skipped"},
		{"If-Range then 416", "GET", "Range: bytes=10-\nIf-Range: \"tag\"", 416, "If-Range passed, Range decided"},
		{"If-Range alone", "GET", "If-Range: \"x\"", 200, "If-Range ignored"},

		{"POST", "POST", "If-Match: \"x\"\nIf-None-Match: *\nRange: bytes=0-1", 200,
			"If-Match skipped, If-None-Match skipped, Range skipped"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := Decide(tc.method, fieldsOf(tc.fields), testValidators, 10)
			var why []string
			for r, step := range d.Evaluation {
				if step.Verdict == Absent {
					if step.Reason() != "" {
						t.Errorf("%v is absent because %q", Precondition(r), step.Reason())
					}
					continue
				}
				why = append(why, Precondition(r).String()+" "+step.Verdict.String())
				if step.Reason() == "" {
					t.Errorf("%v %v without a reason", Precondition(r), step.Verdict)
				}
				if step.Verdict == Present {
					t.Errorf("%v was not looked at", Precondition(r))
				}
			}
			if got := strings.Join(why, ", "); d.Status != tc.status || got != tc.why {
				t.Errorf("got %d (%s), want %d (%s)", d.Status, got, tc.status, tc.why)
			}
			if (d.Status == 206) != (len(d.Ranges) > 0) {
				t.Errorf("%d with ranges %v", d.Status, d.Ranges)
			}
		})
	}
}

// A file with weak or no validators.
func TestDecideWithoutValidators(t *testing.T) {
	fresh := testValidators
	fresh.ETag = `W/"tag"`
	fresh.Now = fresh.ModTime.Add(time.Second)
	none := Validators{Now: testNow}
	for _, tc := range []struct {
		name   string
		v      Validators
		fields string
		status int
	}{
		{"fresh If-None-Match", fresh, `If-None-Match: "tag"`, 304},
		{"fresh If-Match", fresh, `If-Match: W/"tag"`, 412},
		{"fresh If-Range tag", fresh, "Range: bytes=0-1\nIf-Range: W/\"tag\"", 200},
		{"fresh If-Range date", fresh, "Range: bytes=0-1\nIf-Range: " + testMod, 200},
		{"fresh If-Modified-Since", fresh, "If-Modified-Since: " + testMod, 304},
		{"fresh Range", fresh, "Range: bytes=0-1", 206},
		{"none If-None-Match", none, `If-None-Match: "tag"`, 200},
		{"none If-None-Match empty", none, `If-None-Match: ""`, 200},
		{"none If-None-Match any", none, "If-None-Match: *", 304},
		{"none If-Match any", none, "If-Match: *", 200},
		{"none If-Match", none, `If-Match: "tag"`, 412},
		{"none If-Modified-Since", none, "If-Modified-Since: " + later, 200},
		{"none If-Unmodified-Since", none, "If-Unmodified-Since: " + earlier, 200},
		{"none If-Range date", none, "Range: bytes=0-1\nIf-Range: Mon, 01 Jan 0001 00:00:00 GMT", 200},
		{"none If-Range tag", none, "Range: bytes=0-1\nIf-Range: \"\"", 200},
	} {
		if d := Decide("GET", fieldsOf(tc.fields), tc.v, 10); d.Status != tc.status {
			t.Errorf("%s: got %d, want %d", tc.name, d.Status, tc.status)
		}
	}
	if d := Decide("GET", fieldsOf("Range: bytes=-5"), testValidators, 0); d.Status != 200 {
		t.Errorf("end of an empty file: %d", d.Status)
	}
	if d := Decide("GET", fieldsOf("Range: bytes=0-"), testValidators, 0); d.Status != 416 {
		t.Errorf("start of an empty file: %d", d.Status)
	}
}

func TestDecideNeedsNoMemory(t *testing.T) {
	for _, lines := range []string{
		"Host: a\nAccept: */*", "If-None-Match: \"tag\"", "If-Match: *\nIf-Unmodified-Since: " + testMod, "Range: bytes=99-",
	} {
		fields := fieldsOf(lines)
		if n := testing.AllocsPerRun(10, func() { Decide("GET", fields, testValidators, 10) }); n != 0 {
			t.Errorf("%q: %v allocations", lines, n)
		}
	}
}

func TestPreconditions(t *testing.T) {
	for r, precondition := range preconditions {
		if Precondition(r).String() != precondition.name || !strings.HasPrefix(Precondition(r).Section(), "RFC 9110 §1") {
			t.Errorf("precondition %d: %v, %s", r, Precondition(r), Precondition(r).Section())
		}
	}
	for why, text := range reasons {
		if (text == "") != (reason(why) == whyNothing) || text != "" && strings.ContainsAny(text, " .") {
			t.Errorf("reason %d: %q", why, text)
		}
	}
}
