package site

import (
	"io"
	"io/fs"
	"strconv"
	"sync/atomic"
	"time"

	"vitrine/core/conditional"
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/httpdate"
	"vitrine/core/trace"
)

// sendFile responds with an open regular file: whole, in part, or not at all
// when a precondition says so. It sends the head and returns the content,
// which owns the file.
//
// The fields are in http.server's order, ours after them (F-4):
// Content-type, Content-Length, Last-Modified, ETag, Accept-Ranges,
// Cache-Control; a part has Content-Range after Last-Modified.
func (s *Site) sendFile(x *handler.Exchange, name string, file fs.File, info fs.FileInfo) (handler.Content, error) {
	size, modTime, now := max(info.Size(), 0), info.ModTime(), s.now()
	v := s.validators.get(size, modTime, now)
	d := conditional.Decide(x.Command, x.Headers, conditional.Validators{ETag: v.etag, ModTime: modTime, Now: now}, size)
	if d.Status == 206 && len(d.Ranges) > 1 && !canSeek(file) {
		x.Step(trace.CondNoSeek)
		d.Status, d.Ranges = 200, nil
	}
	if x.Tracing() {
		x.Step(trace.FileFound, name, v.length)
		noteEvaluation(x, &d)
	}
	switch d.Status {
	case 304:
		file.Close()
		// Differs from http.server, whose 304 has no field of its own:
		// RFC 9110 §15.4.5 wants the entity tag and Cache-Control.
		x.SendResponse(304, "")
		if v.etag != "" {
			x.SendHeader("ETag", v.etag)
		}
		s.sendCacheControl(x)
		return nil, x.EndHeaders()
	case 412:
		file.Close()
		return nil, x.SendError(412, "", "")
	case 416:
		file.Close()
		return nil, x.SendError(416, "", "", http1.Field{Name: "Content-Range", Value: "bytes */" + v.length})
	}

	mediaType, known := s.guessType(name)
	code := trace.TypeByName
	if !known {
		code = trace.TypeDefault
	}
	x.Step(code, name, mediaType)
	var content handler.Content
	contentType, length, contentRange := mediaType, v.length, ""
	switch {
	case d.Status == 200:
		content = &handler.Section{File: file, N: size}
	case len(d.Ranges) == 1:
		r := d.Ranges[0]
		content = &handler.Section{File: file, Off: r.Off, N: r.N}
		length, contentRange = strconv.FormatInt(r.N, 10), r.ContentRange(size)
	default:
		boundary := conditional.Boundary(v.etag, d.Ranges, size)
		content = partsOf(file, size, mediaType, boundary, d.Ranges)
		contentType = conditional.MultipartType(boundary)
		length = strconv.FormatInt(content.Size(), 10)
	}
	x.SendResponse(d.Status, "")
	x.SendHeader("Content-type", contentType)
	x.SendHeader("Content-Length", length)
	if v.lastModified != "" {
		x.SendHeader("Last-Modified", v.lastModified)
	}
	if contentRange != "" {
		x.SendHeader("Content-Range", contentRange)
	}
	s.sendExtraFields(x, "ETag", "Accept-Ranges")
	if v.etag != "" {
		x.SendHeader("ETag", v.etag)
	}
	x.SendHeader("Accept-Ranges", "bytes")
	s.sendCacheControl(x)
	if err := x.EndHeaders(); err != nil {
		handler.CloseContent(content)
		return nil, err
	}
	return content, nil
}

// partsOf is the content of a 206 with several ranges, in the order asked for,
// each a section of the file by reference. Closing it closes the file.
func partsOf(file fs.File, size int64, mediaType, boundary string, ranges []conditional.ByteRange) handler.Parts {
	parts := make(handler.Parts, 0, 2*len(ranges)+1)
	for _, r := range ranges {
		parts = append(parts, handler.Bytes(conditional.PartHead(boundary, mediaType, r, size)),
			&handler.Section{File: file, Off: r.Off, N: r.N})
	}
	return append(parts, handler.Bytes(conditional.LastDelimiter(boundary)))
}

// canSeek reports whether several sections of file can be sent.
func canSeek(file fs.File) bool {
	switch file.(type) {
	case io.ReaderAt, io.Seeker:
		return true
	}
	return false
}

// validators are the values of the field lines that follow from a file's size
// and time. A file asked for again costs no memory to describe.
type validators struct {
	size    int64
	modTime time.Time
	stable  bool // the file had been left alone: its entity tag is strong

	length, lastModified, etag string
}

// validatorCache remembers validators by size and time, never by name: the file is
// looked at for every request, so nothing stale can come from here.
type validatorCache [64]atomic.Pointer[validators]

func (c *validatorCache) get(size int64, modTime, now time.Time) *validators {
	stable := conditional.Stable(modTime, now)
	hash := uint64(modTime.Unix()) ^ uint64(modTime.Nanosecond())<<20 ^ uint64(size)<<40 ^ uint64(size)
	slot := &c[hash*0x9e3779b97f4a7c15>>58]
	if v := slot.Load(); v != nil && v.size == size && v.stable == stable && v.modTime.Equal(modTime) {
		return v
	}
	v := &validators{
		size: size, modTime: modTime, stable: stable,
		length: strconv.FormatInt(size, 10),
		etag:   conditional.EntityTag(size, modTime, now),
	}
	if isDateable(modTime) {
		v.lastModified = httpdate.Format(modTime)
	}
	slot.Store(v)
	return v
}

// isDateable reports whether an HTTP-date can say t: years of four digits
// (CVE-2020-25691: a file with a huge time).
func isDateable(t time.Time) bool {
	if t.IsZero() {
		return false
	}
	year := t.UTC().Year()
	return year >= 1 && year <= 9999
}

// condCodes are the codes of the preconditions.
var condCodes = [...]trace.Code{
	conditional.IfMatch: trace.CondIfMatch, conditional.IfUnmodifiedSince: trace.CondIfUnmodifiedSince, conditional.IfNoneMatch: trace.CondIfNoneMatch,
	conditional.IfModifiedSince: trace.CondIfModifiedSince, conditional.IfRange: trace.CondIfRange, conditional.Range: trace.CondRange,
}

// noteEvaluation tells what became of each field that could decide.
func noteEvaluation(x *handler.Exchange, d *conditional.Decision) {
	for p, outcome := range d.Evaluation {
		if outcome.Verdict != conditional.Absent {
			x.Step(condCodes[p], outcome.Value, outcome.Verdict.String(), outcome.Reason())
		}
	}
	if len(d.Ranges) > 1 {
		x.Step(trace.CondMultipart, strconv.Itoa(len(d.Ranges)))
	}
}
