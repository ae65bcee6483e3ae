// Package decimal reads whole numbers. That of strconv has errors that quote
// what they were given, and the tables for that are 15 kB of the page's program
// in brotli.
package decimal

// maxDigits is how long a number may be: all of them fit.
const maxDigits = 18

// Parse returns the number that s is in decimal digits, without a sign. ok is
// false if it is anything else, or has more than 18 digits.
func Parse(s string) (n int64, ok bool) {
	if s == "" || len(s) > maxDigits {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}
