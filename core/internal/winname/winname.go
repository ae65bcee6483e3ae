// Package winname knows the file names that Windows takes for something else.
package winname

import "strings"

// Special reports whether name, slash-separated, has a part that Windows would
// take for something else than a file of that name: a drive or stream ("c:",
// "x.txt::$DATA"), a path of its own ("a\b"), a device ("NUL", "com1.txt"), or
// a name without the dots and spaces at its end ("x.txt."). It can be asked on
// every system.
//
// Differs from http.server, which leaves such parts out of the path (P-5,
// gh-104711) and lists files whose links then lead to others: here the request
// gets 404, and a listing leaves such names out, even where Windows could open
// them (Windows 11 takes "con.txt" for a file).
func Special(name string) bool {
	if name == "." {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.ContainsAny(part, `:\`) || isDevice(part) {
			return true
		}
		if n := len(part); n > 0 && (part[n-1] == '.' || part[n-1] == ' ') {
			return true
		}
	}
	return false
}

// isDevice reports whether part is a reserved name, whatever its case and
// extension.
func isDevice(part string) bool {
	base, _, _ := strings.Cut(part, ".")
	base = strings.TrimRight(base, " ")
	for _, device := range [...]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} {
		if strings.EqualFold(base, device) {
			return true
		}
	}
	if len(base) < 4 || !strings.EqualFold(base[:3], "COM") && !strings.EqualFold(base[:3], "LPT") {
		return false
	}
	switch base[3:] {
	case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\u00b9", "\u00b2", "\u00b3":
		return true
	}
	return false
}
