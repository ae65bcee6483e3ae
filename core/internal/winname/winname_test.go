package winname

import "testing"

// departs: P-5 (gh-104711: refused, not left out)
func TestSpecial(t *testing.T) {
	for name, want := range map[string]bool{
		".": false, "a": false, "a/b.txt": false, ".hidden": false, "com": false, "com1x": false,
		"console": false, "nullify.txt": false, "a b": false, "lpt10": false, "\u00e9": false,
		"c:": true, "c:x": true, "a/c:/b": true, "x.txt::$DATA": true, `a\b`: true, `..\x`: true,
		"nul": true, "NUL.txt": true, "a/Con": true, "aux.tar.gz": true, "prn": true, "COM1": true,
		"com0.x": true, "lpt9": true, "COM\u00b9": true, "conin$": true, "CONOUT$": true, "nul .txt": true,
		"x.txt.": true, "x ": true, "a./b": true, "...": true,
	} {
		if got := Special(name); got != want {
			t.Errorf("Special(%q) = %v", name, got)
		}
	}
}
