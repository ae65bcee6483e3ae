package sites

import "strings"

// maxLabel is how much of a folder's name goes into its ID.
const maxLabel = 20

// NewID makes a label for a host name of a folder's name, with four digits
// that no other folder of that name has.
func NewID(name string, random [4]byte) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	for i, b := range random {
		random[i] = digits[int(b)%len(digits)]
	}
	return label(name) + "-" + string(random[:])
}

// label is what of a name can stand in a host name: letters and digits of
// ASCII, single hyphens between them.
func label(name string) string {
	var b strings.Builder
	gap := false
	for _, c := range strings.ToLower(name) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(c)
		} else {
			gap = true
		}
		if b.Len() >= maxLabel {
			break
		}
	}
	if b.Len() == 0 {
		return "site"
	}
	return strings.TrimSuffix(b.String()[:min(b.Len(), maxLabel)], "-")
}
