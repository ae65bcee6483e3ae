package address

import (
	"strings"

	"vitrine/core/trace"
)

// staysAway reports whether the page in the frame stays where it is although
// the frame was sent on: there is no content, or the browser saves it.
func staysAway(r *trace.Record) bool {
	switch {
	case r.Status == 204 || r.Status == 205:
		return true
	case r.Status < 200 || r.Status > 299:
		return false
	}
	disposition, _ := r.Response.Fields.Lookup("Content-Disposition")
	kind, _, _ := strings.Cut(disposition, ";")
	return strings.EqualFold(strings.TrimSpace(kind), "attachment") || !shows(r.Type())
}

// shows reports whether browsers show content of a media type in a frame, if
// only in a box of their own. Where they differ, this is Chromium.
func shows(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	top, sub, _ := strings.Cut(mediaType, "/")
	switch top {
	case "", "image", "audio", "video":
		return true
	case "text":
		switch sub {
		case "calendar", "comma-separated-values", "csv", "directory", "rtf", "tab-separated-values", "vcard":
			return false
		}
		return true
	case "application":
		switch sub {
		case "json", "xml", "javascript", "ecmascript", "x-javascript", "pdf":
			return true
		}
		return strings.HasSuffix(sub, "+json") || strings.HasSuffix(sub, "+xml")
	}
	return false
}
