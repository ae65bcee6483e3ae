package site

import (
	"io"
	"io/fs"
	"strconv"

	"vitrine/core/conditional"
	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/trace"
)

// sendFile answers with an open regular file: whole, in part, or not at all
// when a precondition says so. It sends the head and returns the content,
// which owns the file.
//
// The fields are in http.server's order, ours after them (F-4):
// Content-type, Content-Length, Last-Modified, ETag, Accept-Ranges; a part
// has Content-Range after Last-Modified.
func (s *Site) sendFile(x *handler.Exchange, name string, file fs.File, info fs.FileInfo) (handler.Content, error) {
	size, modTime, now := max(info.Size(), 0), info.ModTime(), s.now()
	lines := s.lines.get(size, modTime, now)
	d := conditional.Decide(x.Command, x.Headers, conditional.Validators{ETag: lines.etag, ModTime: modTime, Now: now}, size)
	if d.Status == 206 && len(d.Ranges) > 1 && !canSeek(file) {
		x.Step(trace.CondNoSeek)
		d.Status, d.Ranges = 200, nil
	}
	if x.Tracing() {
		noteEvaluation(x, &d)
	}
	switch d.Status {
	case 304:
		file.Close()
		// Differs from http.server, whose 304 has no field of its own:
		// RFC 9110 §15.4.5 wants the entity tag.
		x.SendResponse(304, "")
		if lines.etag != "" {
			x.SendHeader("ETag", lines.etag)
		}
		return nil, x.EndHeaders()
	case 412:
		file.Close()
		return nil, x.SendError(412, "", "")
	case 416:
		file.Close()
		return nil, x.SendError(416, "", "", http1.Field{Name: "Content-Range", Value: "bytes */" + lines.length})
	}

	mediaType := s.guessType(name)
	if x.Tracing() {
		noteType(x, name, mediaType)
	}
	var content handler.Content
	contentType, length, contentRange := mediaType, lines.length, ""
	switch {
	case d.Status == 200:
		content = &handler.Section{File: file, N: size}
	case len(d.Ranges) == 1:
		r := d.Ranges[0]
		content = &handler.Section{File: file, Off: r.Off, N: r.N}
		length, contentRange = strconv.FormatInt(r.N, 10), r.ContentRange(size)
	default:
		boundary := conditional.Boundary(lines.etag, d.Ranges, size)
		content = partsOf(file, size, mediaType, boundary, d.Ranges)
		contentType = conditional.MultipartType(boundary)
		length = strconv.FormatInt(content.Size(), 10)
	}
	x.SendResponse(d.Status, "")
	x.SendHeader("Content-type", contentType)
	x.SendHeader("Content-Length", length)
	if lines.lastModified != "" {
		x.SendHeader("Last-Modified", lines.lastModified)
	}
	if contentRange != "" {
		x.SendHeader("Content-Range", contentRange)
	}
	s.sendExtraFields(x, "ETag", "Accept-Ranges")
	if lines.etag != "" {
		x.SendHeader("ETag", lines.etag)
	}
	x.SendHeader("Accept-Ranges", "bytes")
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
