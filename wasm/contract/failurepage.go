package contract

// FailurePage is the page for a site that cannot be served now. The worker's
// program sends it while the tool's page is away, and sw.js where the program
// itself failed. Every second part between percent signs is the name of a hole:
// a value goes there, escaped, with its quotes, since one is an attribute's.
const FailurePage = `<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light dark; font-family: system-ui; } body { max-width: 38rem; margin: 3rem auto; padding: 0 1rem; line-height: 1.5; }</style>
<title>%` + HoleStatus + `%</title>
</head>
<body>
<h1>%` + HoleTitle + `%</h1>
<p>Error code: %` + HoleStatus + `%. Reason: %` + HoleReason + `%.</p>
<p>%` + HoleAdvice + `%</p>
<p><a href="%` + HoleTool + `%" target="_blank" rel="noopener">Open the tool</a></p>
</body>
</html>
`

// Holes of FailurePage.
const (
	HoleStatus = "status" // code and reason phrase
	HoleTitle  = "title"  // what happened
	HoleReason = "reason" // why
	HoleAdvice = "advice" // what to do
	HoleTool   = "tool"   // URL of the tool
)

// What FailurePage says of a site whose tool is closed. Both the program and
// sw.js say it.
const (
	ClosedStatus = "503 Service Unavailable"
	ClosedTitle  = "This site is not being served now"
	ClosedReason = "the tool's page is closed, or this site is not open there any more, and its files are with that page"
	ClosedAdvice = "Open the tool again in a tab of this browser, and the folder of this site if it is not there; then reload this page."
)
