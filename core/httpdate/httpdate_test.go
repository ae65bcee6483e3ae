package httpdate

import (
	"testing"
	"time"
)

var testNow = time.Date(2025, 11, 23, 12, 0, 0, 0, time.UTC)

func TestParseDate(t *testing.T) {
	for value, want := range map[string]string{
		"Sun, 06 Nov 1994 08:49:37 GMT":     "1994-11-06T08:49:37Z",
		"Sunday, 06-Nov-94 08:49:37 GMT":    "1994-11-06T08:49:37Z",
		"Sun Nov  6 08:49:37 1994":          "1994-11-06T08:49:37Z",
		"Sun Nov 16 08:49:37 1994":          "1994-11-16T08:49:37Z",
		"Mon, 06 Nov 1994 08:49:37 GMT":     "1994-11-06T08:49:37Z",
		"Thu, 29 Feb 2024 00:00:00 GMT":     "2024-02-29T00:00:00Z",
		"Sat, 31 Dec 2016 23:59:60 GMT":     "2017-01-01T00:00:00Z",
		"Wednesday, 01-Jan-75 00:00:00 GMT": "2075-01-01T00:00:00Z",
		"Wednesday, 01-Jan-76 00:00:00 GMT": "1976-01-01T00:00:00Z",
		"Saturday, 01-Jan-00 00:00:00 GMT":  "2000-01-01T00:00:00Z",
		"Fri, 31 Dec 9999 23:59:59 GMT":     "9999-12-31T23:59:59Z",

		"":                                 "",
		"Sun":                              "",
		"Sun, ":                            "",
		"Sun Nov":                          "",
		"sun, 06 Nov 1994 08:49:37 GMT":    "",
		"Sun, 06 nov 1994 08:49:37 GMT":    "",
		"Sun, 06 November 1994 08:49 GMT":  "",
		"Sun, 6 Nov 1994 08:49:37 GMT":     "",
		"Sun, 06 Nov 1994 8:49:37 GMT":     "",
		"Sun, 06 Nov 1994 08:49:37 UTC":    "",
		"Sun, 06 Nov 1994 08:49:37 +0000":  "",
		"Sun, 06 Nov 1994 08:49:37":        "",
		"Sun, 06 Nov 94 08:49:37 GMT":      "",
		"Sun, 06-Nov-1994 08:49:37 GMT":    "",
		"Sunday, 06 Nov 1994 08:49:37 GMT": "",
		"Sun, 32 Nov 1994 08:49:37 GMT":    "",
		"Sun, 31 Nov 1994 08:49:37 GMT":    "",
		"Sun, 00 Nov 1994 08:49:37 GMT":    "",
		"Thu, 29 Feb 2023 00:00:00 GMT":    "",
		"Sun, 06 Nov 0000 08:49:37 GMT":    "",
		"Sun, 06 Nov 1994 24:00:00 GMT":    "",
		"Sun, 06 Nov 1994 08:60:37 GMT":    "",
		"Sun, 06 Nov 1994 08:49:61 GMT":    "",
		"Sun, 06 Nov 1994 08-49-37 GMT":    "",
		"Sun, +6 Nov 1994 08:49:37 GMT":    "",
		" Sun, 06 Nov 1994 08:49:37 GMT":   "",
		"Sun, 06 Nov 1994 08:49:37 GMT ":   "",
		"Sun Nov 6 08:49:37 1994":          "",
		"Sun Nov 06 08:49:37 94":           "",
		"Xxx, 06 Nov 1994 08:49:37 GMT":    "",
		"1994-11-06T08:49:37Z":             "",
		"784111777":                        "",
	} {
		got := ""
		if at, ok := Parse(value, testNow); ok {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("Parse(%q) = %q, want %q", value, got, want)
		}
	}
}

// spec: N-3 N-4
func TestParseMailDate(t *testing.T) {
	const at = "2023-11-14T22:13:20Z"
	for value, want := range map[string]string{
		"Tue, 14 Nov 2023 22:13:20 GMT":            at,
		"14 Nov 2023 22:13:20 GMT":                 at,
		"Mon, 14 Nov 2023 22:13:20 GMT":            at,
		"Tuesday, 14 Nov 2023 22:13:20 GMT":        at,
		"tUE, 14 nOV 2023 22:13:20 gmt":            at,
		"Tue 14 Nov 2023 22:13:20 GMT":             at,
		"Tue,14 Nov 2023 22:13:20 GMT":             at,
		"14-Nov-2023 22:13:20 GMT":                 at,
		"Nov 14 2023 22:13:20 GMT":                 at,
		"Tue, Nov 14, 2023 22:13:20 GMT":           at,
		"14 November 2023 22:13:20 GMT":            at,
		"Tue Nov 14 22:13:20 2023":                 at,
		"Tuesday, 14-Nov-23 22:13:20 GMT":          at,
		"14 Nov 69 22:13:20 GMT":                   "1969-11-14T22:13:20Z",
		"14 Nov 99 22:13:20 GMT":                   "1999-11-14T22:13:20Z",
		"14 Nov 00 22:13:20 GMT":                   "2000-11-14T22:13:20Z",
		"14 Nov 68 22:13:20 GMT":                   "2068-11-14T22:13:20Z",
		"14 Nov 2023 22:13 GMT":                    "2023-11-14T22:13:00Z",
		"14 Nov 2023 22.13.20 GMT":                 at,
		"14 Nov 2023 22:13:20 UTC":                 at,
		"14 Nov 2023 22:13:20 UT":                  at,
		"14 Nov 2023 22:13:20 Z":                   at,
		"14 Nov 2023 22:13:20 +0000":               at,
		"14 Nov 2023 22:13:20 -0000":               at,
		"14 Nov 2023 22:13:20":                     at,
		"14 Nov 2023 22:13:20+0000":                at,
		"14 Nov 2023 22:13:20 XYZ":                 at,
		"Tue, 14 Nov 2023 22:13:20 GMT; length=13": at,
		"Tue, 14 Nov 2023 22:13:20 GMT more words": at,
		"  Tue,\t14  Nov 2023 22:13:20 GMT ":       at,

		"14 Nov 2023 23:13:20 +0100":      "",
		"14 Nov 2023 17:13:20 EST":        "",
		"14 Nov 2023 14:13:20 pdt":        "",
		"14 Nov 2023 22:13:20 -0001":      "",
		"14 Nov 2023 22:13:20 +2400":      "",
		"32 Nov 2023 22:13:20 GMT":        "",
		"31 Nov 2023 22:13:20 GMT":        "",
		"14 Nov 2023 25:13:20 GMT":        "",
		"14 Nov 2023 22:60:20 GMT":        "",
		"14 Nov 2023 22:13:60 GMT":        "",
		"14 Nov 0000 22:13:20 GMT":        "",
		"14 Nov 10000 22:13:20 GMT":       "",
		"2023-11-14T22:13:20Z":            "",
		"1700000000":                      "",
		"":                                "",
		"GMT":                             "",
		"Tue,":                            "",
		"14 Foo 2023 22:13:20 GMT":        "",
		"14 Nov":                          "",
		"14 Nov 2023":                     "",
		"14 Nov 2023 22 GMT":              "",
		"14 Nov 2023 ::: GMT":             "",
		"14 Nov , 22:13:20 GMT":           "",
		"a b c d e":                       "",
		"14 Nov 99999999999 22:13:20 GMT": "",
	} {
		got := ""
		if at, ok := ParseMail(value); ok {
			got = at.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("ParseMail(%q) = %q, want %q", value, got, want)
		}
	}
}

// spec: W-4
func TestDatesRoundTrip(t *testing.T) {
	for _, at := range []time.Time{
		time.Unix(0, 0), time.Unix(784111777, 0), time.Unix(-1, 5e8), time.Unix(-62135596800, 0), time.Unix(253402300799, 0),
	} {
		text := Format(at)
		strict, ok := Parse(text, testNow)
		if !ok || strict.Unix() != at.Unix() {
			t.Errorf("Parse(%q) = %v, %v", text, strict, ok)
		}
		if lenient, ok := ParseMail(text); !ok || lenient.Unix() != at.Unix() {
			t.Errorf("ParseMail(%q) = %v, %v", text, lenient, ok)
		}
	}
	if got := Format(time.Unix(-1, 5e8)); got != "Wed, 31 Dec 1969 23:59:59 GMT" {
		t.Errorf("half a second before 1970: %q", got)
	}
}
