package contract

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// web/contract.js is what this package says; make contract writes it.
func TestJavaScriptIsCurrent(t *testing.T) {
	got, err := os.ReadFile("../../web/contract.js")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != JavaScript() {
		t.Error("web/contract.js differs from this package: run make contract")
	}
}

// What is agreed on is written down once: the scripts say CONTRACT for it.
func TestScriptsUseTheContract(t *testing.T) {
	for _, name := range []string{"../../web/bridge.js", "../../web/boot-site.js", "../../worker/sw.js"} {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(script), "\n") {
			code := strings.TrimSpace(line)
			if strings.HasPrefix(code, "//") || strings.HasPrefix(code, "/*") || strings.HasPrefix(code, "*") {
				continue
			}
			for _, text := range []string{Reserved, BridgePage, `"` + WorkerScript, WorkerProgram, `"` + NeedPort, `"` + Port + `"`, `"` + Update + `"`, `"` + Refresh + `"`, `"` + Forgotten, `"` + Database, "`" + Cache} {
				if strings.Contains(code, text) {
					t.Errorf("%s:%d has %q of the contract: %s", name, i+1, text, code)
				}
			}
		}
	}
}

// Between percent signs there are holes only, and each hole is there. The
// generator writes the page between backquotes.
func TestFailurePageHasItsHoles(t *testing.T) {
	var holes []string
	for i, part := range strings.Split(FailurePage, "%") {
		if i%2 == 1 && !slices.Contains(holes, part) {
			holes = append(holes, part)
		}
	}
	if want := []string{HoleStatus, HoleTitle, HoleReason, HoleAdvice, HoleTool}; !slices.Equal(holes, want) {
		t.Errorf("got holes %q, want %q", holes, want)
	}
	if strings.Count(FailurePage, "%")%2 != 0 || strings.ContainsAny(FailurePage, "`\\$") {
		t.Error("the page has a percent sign too many, or what ends a template of JavaScript")
	}
}
