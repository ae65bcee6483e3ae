package why

import (
	"strings"

	"vitrine/core/trace"
)

// How much a step says about the whole exchange. Of two the higher one is the
// cause; of two alike, the later one.
const (
	aside     = iota
	found     // a file was found, and nothing else is to say
	missed    // a file was not
	chosen    // it stands for what was asked for
	unheeded  // a condition was looked at and changed nothing
	sent      // a directory or a script made the response
	stoodIn   // another file stands in
	redirects // to the directory's own path
	decided   // a condition decided
	refused   // before a file was looked for, or in its place
	broke     // the response could not be made or sent
	faulty    // the request broke the rules
)

// ranks are the causes that there are, except faults of requests and conditions.
var ranks = []struct {
	code trace.Code
	rank int
}{
	{trace.FileFound, found},
	{trace.FileNotOpened, missed},
	{trace.PathIndex, chosen},
	{trace.PathListing, sent},
	{trace.CGIRun, sent},
	{trace.LiveEvents, sent},
	{trace.FallbackClean, stoodIn},
	{trace.FallbackPage, stoodIn},
	{trace.FallbackNotFound, stoodIn},
	{trace.FallbackNoPage, stoodIn},
	{trace.PathRedirect, redirects},
	{trace.PathNUL, refused},
	{trace.PathSurrogate, refused},
	{trace.PathWindows, refused},
	{trace.PathRefused, refused},
	{trace.PathNotDirectory, refused},
	{trace.FileForbidden, refused},
	{trace.MethodUnsupported, refused},
	{trace.MethodNotAllowed, refused},
	{trace.MethodOptions, refused},
	{trace.ExpectRefused, refused},
	{trace.TargetNoURL, refused},
	{trace.HostRefused, refused},
	{trace.LiveFull, refused},
	{trace.CGIMissing, refused},
	{trace.CGINotFile, refused},
	{trace.CGINotExecutable, refused},
	{trace.CGIFragment, refused},
	{trace.CGICrossSite, refused},
	{trace.CGIPostElsewhere, refused},
	{trace.CGITooMuch, refused},
	{trace.CGINUL, refused},
	{trace.CGITooLong, refused},
	{trace.CGIBusy, refused},
	{trace.CGIUnsupported, refused},
	{trace.CGINotStarted, refused},
	{trace.CGIContent, refused},
	{trace.CGINoResponse, refused},
	{trace.CGITimeout, refused},
	{trace.CGISlowContent, refused},
	{trace.CGICut, broke},
	{trace.SiteAway, broke},
	{trace.ResponseFailed, broke},
	{trace.ResponseCut, broke},
	{trace.ResponseNotSent, broke},
	{trace.FetchRefused, broke},
	{trace.FetchFailed, broke},
	{trace.FetchStatus, broke},
	{trace.FetchIncomplete, broke},
}

// rankOf is how much a step says about the whole, and under which name words
// has a sentence for it as the cause.
func rankOf(s *trace.Step) (rank int, cause string) {
	code := string(s.Code)
	switch {
	case strings.HasPrefix(code, trace.FaultPrefix):
		return faulty, "fault"
	case s.Code == trace.CondMultipart:
		return decided, code
	case strings.HasPrefix(code, "cond.") && len(s.Args) >= 3:
		return condition(s)
	}
	for i := range ranks {
		if ranks[i].code == s.Code {
			return ranks[i].rank, code
		}
	}
	return aside, ""
}

// condition is rankOf for the outcome of a field.
func condition(s *trace.Step) (rank int, cause string) {
	switch code, verdict, reason := string(s.Code), s.Args[1], s.Args[2]; {
	case s.Code == trace.CondIfRange && verdict == "decided":
		return unheeded, code // the whole file is sent
	case s.Code == trace.CondIfRange:
		return aside, ""
	case verdict == "decided":
		return decided, code + "." + reason
	case verdict == "ignored":
		return unheeded, code + ".ignored"
	case verdict == "passed" && (reason == "new" || reason == "modified"):
		return unheeded, code + "." + reason
	}
	return aside, ""
}

// Causes are all names that [Verdict.Cause] can have: package words has a
// sentence behind "said." for each.
func Causes() []string {
	causes := []string{
		"fault", "head", "none", "other", string(trace.CondMultipart), string(trace.CondIfRange),
		string(trace.FileNotOpened) + ".route", string(trace.FileNotOpened) + ".missing",
	}
	for i := range ranks {
		if ranks[i].rank != aside {
			causes = append(causes, string(ranks[i].code))
		}
	}
	for _, c := range [...]struct {
		code    trace.Code
		reasons string
	}{
		{trace.CondIfMatch, "no-match ignored"},
		{trace.CondIfUnmodifiedSince, "modified ignored"},
		{trace.CondIfNoneMatch, "client-has-it new ignored"},
		{trace.CondIfModifiedSince, "unmodified modified ignored"},
		{trace.CondRange, "satisfiable unsatisfiable ignored"},
	} {
		for reason := range strings.SplitSeq(c.reasons, " ") {
			causes = append(causes, string(c.code)+"."+reason)
		}
	}
	return causes
}
