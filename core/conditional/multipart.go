package conditional

// Boundary makes the line that separates the ranges of one response: 32 digits
// from a hash of the entity tag, the size and the ranges, the same on every
// transport. The content is not searched for it: among contents that were not
// made for the purpose one in 2^128 has it. Who can write a file made to hold
// its own boundary can only confuse readers of that file.
func Boundary(etag string, ranges []ByteRange, size int64) string {
	const prime = 0x100000001b3 // FNV-1a
	a, b := uint64(0xcbf29ce484222325), uint64(0x9ae16a3b2f90404f)
	mix := func(c byte) {
		a = (a ^ uint64(c)) * prime
		b = (b ^ uint64(c) ^ a>>32) * prime
	}
	for i := 0; i < len(etag); i++ {
		mix(etag[i])
	}
	number := func(n int64) {
		for ; n != 0; n = int64(uint64(n) >> 8) {
			mix(byte(n))
		}
		mix(0)
	}
	number(size)
	for _, r := range ranges {
		number(r.Off)
		number(r.N)
	}
	text := make([]byte, 0, 32)
	for _, v := range [...]uint64{a, b} {
		for shift := 60; shift >= 0; shift -= 4 {
			text = append(text, "0123456789abcdef"[v>>shift&15])
		}
	}
	return string(text)
}

// MultipartType is the media type of a 206 with several ranges (RFC 9110
// §14.6).
func MultipartType(boundary string) string { return "multipart/byteranges; boundary=" + boundary }

// PartHead is what stands before the bytes of r in such a content. The first
// delimiter has its line end before it too, as those of nginx and Apache have:
// zsync finds none without it.
func PartHead(boundary, mediaType string, r ByteRange, size int64) []byte {
	b := make([]byte, 0, len(boundary)+len(mediaType)+100)
	b = append(append(append(b, "\r\n--"...), boundary...), "\r\n"...)
	b = append(append(append(b, "Content-type: "...), mediaType...), "\r\n"...)
	b = r.appendContentRange(append(b, "Content-Range: "...), size)
	return append(b, "\r\n\r\n"...)
}

// LastDelimiter is what stands behind the last part.
func LastDelimiter(boundary string) []byte { return []byte("\r\n--" + boundary + "--\r\n") }
