package lint

import (
	"strings"

	"vitrine/core/http1"
	"vitrine/core/trace"
)

// name is a field that the rules know, by its place in names.
type name uint8

const (
	accept name = iota
	acceptEncoding
	acceptLanguage
	acceptCharset
	authorization
	cacheControl
	connection
	contentLength
	contentMD5
	contentType
	expect
	from
	host
	http2Settings
	ifMatch
	ifModifiedSince
	ifNoneMatch
	ifRange
	ifUnmodifiedSince
	keepAlive
	maxForwards
	pragma
	proxyConnection
	rangeField
	referer
	te
	transferEncoding
	upgrade
	userAgent
	cookie
	acceptRanges
	age
	allow
	contentDisposition
	contentEncoding
	contentLanguage
	contentLocation
	contentRange
	date
	etag
	expires
	lastModified
	location
	proxyAuthenticate
	retryAfter
	server
	setCookie
	vary
	via
	warning
	wwwAuthenticate

	unknown
)

// trait is what a field is like.
type trait uint16

const (
	single     trait = 1 << iota // has one value: a second line is a contradiction
	list                         // a comma-separated list (RFC 9110 §5.6.1)
	quoted                       // a DQUOTE begins a quoted-string or an entity tag
	ofRequest                    // has no meaning in a response
	ofResponse                   // has no meaning in a request
	old                          // not used any more
	hop                          // for the next recipient: Connection has to name it
	forAll                       // for every recipient: Connection must not name it
)

var names = [unknown]struct {
	name string
	is   trait
}{
	accept:             {"Accept", list | quoted},
	acceptEncoding:     {"Accept-Encoding", list},
	acceptLanguage:     {"Accept-Language", list},
	acceptCharset:      {"Accept-Charset", old},
	authorization:      {"Authorization", single | ofRequest | forAll},
	cacheControl:       {"Cache-Control", list | quoted | forAll},
	connection:         {"Connection", list},
	contentLength:      {"Content-Length", forAll},
	contentMD5:         {"Content-MD5", old},
	contentType:        {"Content-Type", single | quoted | forAll},
	expect:             {"Expect", ofRequest},
	from:               {"From", single | ofRequest},
	host:               {"Host", ofRequest | forAll},
	http2Settings:      {"HTTP2-Settings", hop},
	ifMatch:            {"If-Match", list | quoted | ofRequest},
	ifModifiedSince:    {"If-Modified-Since", single | ofRequest},
	ifNoneMatch:        {"If-None-Match", list | quoted | ofRequest},
	ifRange:            {"If-Range", single | quoted | ofRequest},
	ifUnmodifiedSince:  {"If-Unmodified-Since", single | ofRequest},
	keepAlive:          {"Keep-Alive", hop},
	maxForwards:        {"Max-Forwards", single | ofRequest},
	pragma:             {"Pragma", old},
	proxyConnection:    {"Proxy-Connection", 0},
	rangeField:         {"Range", single | ofRequest | forAll},
	referer:            {"Referer", single | ofRequest},
	te:                 {"TE", list | ofRequest | hop},
	transferEncoding:   {"Transfer-Encoding", 0},
	upgrade:            {"Upgrade", list},
	userAgent:          {"User-Agent", single | ofRequest},
	cookie:             {"Cookie", ofRequest},
	acceptRanges:       {"Accept-Ranges", ofResponse},
	age:                {"Age", single | ofResponse},
	allow:              {"Allow", list},
	contentDisposition: {"Content-Disposition", quoted},
	contentEncoding:    {"Content-Encoding", list},
	contentLanguage:    {"Content-Language", list},
	contentLocation:    {"Content-Location", single},
	contentRange:       {"Content-Range", single},
	date:               {"Date", single | forAll},
	etag:               {"ETag", single | quoted | ofResponse | forAll},
	expires:            {"Expires", single},
	lastModified:       {"Last-Modified", single},
	location:           {"Location", single | ofResponse},
	proxyAuthenticate:  {"Proxy-Authenticate", ofResponse},
	retryAfter:         {"Retry-After", single | ofResponse},
	server:             {"Server", single | ofResponse},
	setCookie:          {"Set-Cookie", ofResponse},
	vary:               {"Vary", list | ofResponse | forAll},
	via:                {"Via", list},
	warning:            {"Warning", old},
	wwwAuthenticate:    {"WWW-Authenticate", ofResponse},
}

// side is the header section of one direction.
type side struct {
	kind   trace.Kind
	fields trace.Fields
	known  []name                // of each line
	first  [unknown]*trace.Field // nil if there is no such line
	count  [unknown]uint8
}

// index finds the fields that are known.
func (s *side) index(kind trace.Kind, fields trace.Fields) {
	s.kind = kind
	s.fields = fields[:min(len(fields), maxFields)]
	s.known = make([]name, len(s.fields))
	for i := range s.fields {
		f := &s.fields[i]
		s.known[i] = nameOf(f.Name.Text)
		if n := s.known[i]; n != unknown {
			if s.first[n] == nil {
				s.first[n] = f
			}
			if s.count[n] < 255 {
				s.count[n]++
			}
		}
	}
}

func nameOf(text string) name {
	for n := range names {
		if http1.EqualFold(names[n].name, text) {
			return name(n)
		}
	}
	return unknown
}

// value is that of the first line of n.
func (s *side) value(n name) string {
	if f := s.first[n]; f != nil {
		return f.Value.Text
	}
	return ""
}

// lists reports whether a list field has that member, in any case.
func (s *side) lists(n name, token string) bool {
	for i := range s.fields {
		if s.known[i] != n {
			continue
		}
		for rest := s.fields[i].Value.Text; rest != ""; {
			if http1.EqualFold(item(&rest, ','), token) {
				return true
			}
		}
	}
	return false
}

// item cuts the first member off a list, without the white space around it.
func item(list *string, at byte) string {
	s, rest := *list, ""
	if i := strings.IndexByte(s, at); i >= 0 {
		s, rest = s[:i], s[i+1:]
	}
	*list = rest
	return http1.TrimOWS(s)
}
