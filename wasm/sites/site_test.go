package sites

import (
	"testing"
	"time"
)

func TestCanReadAgain(t *testing.T) {
	at := time.Unix(1, 0)
	for _, tc := range []struct {
		name          string
		site          Site
		frozen, reads bool
	}{
		{"handle", Site{Kind: Handle, Whole: true}, false, true},
		{"handles of several things", Site{Kind: Handle}, false, true},
		{"entries of a dropped folder", Site{Kind: Files, Whole: true}, false, true},
		{"list of the dialogue", Site{Kind: Files, Whole: true, ListedAt: at}, true, true},
		{"loose files", Site{Kind: Files, ListedAt: at}, true, false},
		{"archive as a file", Site{Kind: Files, Whole: true, Archive: true, ListedAt: at}, true, false},
		{"copy of a folder", Site{Kind: Copy, Whole: true}, true, true},
		{"copy of loose files", Site{Kind: Copy}, true, false},
		{"copy of an archive", Site{Kind: Copy, Whole: true, Archive: true}, true, false},
		{"sample", Site{Kind: Sample}, false, false},
	} {
		if frozen, reads := tc.site.Frozen(), tc.site.CanReadAgain(); frozen != tc.frozen || reads != tc.reads {
			t.Errorf("%s: got frozen %v, can be read again %v", tc.name, frozen, reads)
		}
	}
}
