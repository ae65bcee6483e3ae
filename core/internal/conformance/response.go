package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"vitrine/core/internal/version"
	"vitrine/core/trace"
)

// keptContent is how many bytes of content a response shows; more is told as
// length and hash.
const keptContent = 1 << 10

// AppendResponses appends all that a server sent on one connection as lines of
// a transcript, in a form that is the same every day: the value of Date is
// DATE, the version of the server VERSION.
func AppendResponses(b []byte, sent string) []byte {
	for sent != "" {
		head, content, rest := cutResponse(sent)
		sent = rest
		b = appendOut(b, steady(head))
		if len(content) > keptContent {
			b = append(b, "= content of "...)
			b = strconv.AppendInt(b, int64(len(content)), 10)
			b = append(b, " bytes, sha256 "...)
			b = append(b, Hash(content)...)
			b = append(b, '\n')
		} else {
			b = appendOut(b, content)
		}
	}
	return b
}

// Hash is the SHA-256 of content in hexadecimal digits.
func Hash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func appendOut(b []byte, text string) []byte {
	if text == "" {
		return b
	}
	return trace.AppendSpan(b, &trace.Span{Kind: trace.Out, Text: text})
}

// cutResponse takes the first response off what a server sent. What has no head,
// as in HTTP/0.9, is content.
func cutResponse(sent string) (head, content, rest string) {
	if !strings.HasPrefix(sent, "HTTP/") {
		return "", sent, ""
	}
	end := strings.Index(sent, "\r\n\r\n")
	if end < 0 {
		return sent, "", ""
	}
	head, rest = sent[:end+4], sent[end+4:]
	if strings.HasPrefix(rest, "HTTP/1.") {
		return head, "", rest // the response to HEAD, or one without content
	}
	n := len(rest)
	if _, after, ok := strings.Cut(head, "\r\nContent-Length: "); ok {
		digits, _, _ := strings.Cut(after, "\r\n")
		if length, err := strconv.Atoi(digits); err == nil {
			n = min(n, length)
		}
	}
	return head, rest[:n], rest[n:]
}

// steady takes out of a head what differs from day to day.
func steady(head string) string {
	if before, after, ok := strings.Cut(head, "\r\nDate: "); ok {
		_, after, _ = strings.Cut(after, "\r\n")
		head = before + "\r\nDate: DATE\r\n" + after
	}
	return strings.Replace(head, "\r\nServer: "+version.Server+"\r\n", "\r\nServer: Vitrine/VERSION\r\n", 1)
}
