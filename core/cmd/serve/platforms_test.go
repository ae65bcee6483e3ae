package main

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// inMakefile reads the Makefile with its continued lines joined.
func inMakefile(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\\\n", " ")
}

// The README lists the platforms that make platforms builds, in its order.
func TestPlatformsInREADME(t *testing.T) {
	m := regexp.MustCompile(`(?m)^PLATFORMS := (.*)$`).FindStringSubmatch(inMakefile(t))
	if m == nil {
		t.Fatal("the Makefile has no PLATFORMS")
	}
	var systems []string
	arches := map[string][]string{}
	for _, p := range strings.Fields(m[1]) {
		goos, goarch, _ := strings.Cut(p, "/")
		if arches[goos] == nil {
			systems = append(systems, goos)
		}
		arches[goos] = append(arches[goos], goarch)
	}
	for i, goos := range systems {
		systems[i] = goos + " (" + strings.Join(arches[goos], ", ") + ")"
	}
	last := len(systems) - 1
	want := "Platforms: " + strings.Join(systems[:last], ", ") + " and " + systems[last] + "."

	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "\n"+want) {
		t.Errorf("the README does not say %q", want)
	}
}

// The command compiles where an int has 32 bits. make platforms compiles and
// links it for each platform.
func TestPlatformsWith32Bits(t *testing.T) {
	makefile := inMakefile(t)
	for _, p := range []string{"linux/arm", "linux/386", "windows/386", "linux/mipsle"} {
		if !regexp.MustCompile(`(?m)^PLATFORMS := .*\b` + p + `\b`).MatchString(makefile) {
			t.Errorf("PLATFORMS has no %s", p)
		}
	}
	if testing.Short() {
		t.Skip("compiles the command for 32 bits")
	}
	cmd := exec.Command("go", "build", "-o", os.DevNull, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=386")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("32 bits: %v\n%s", err, out)
	}
}

// make build gives a static binary: no interpreter, no dynamic section. So it
// starts where there is no C library, or another one.
func TestReleaseIsStatic(t *testing.T) {
	recipe := regexp.MustCompile(`(?m)^\t(.*) go build (.*) -o bin/serve\$\(EXE\) \./core/cmd/serve$`).FindStringSubmatch(inMakefile(t))
	if recipe == nil || recipe[1] != "CGO_ENABLED=0" {
		t.Fatal("make build does not build bin/serve with CGO_ENABLED=0")
	}
	if testing.Short() {
		t.Skip("links the command")
	}
	binary := filepath.Join(t.TempDir(), "serve")
	cmd := exec.Command("go", "build", "-o", binary, ".")
	cmd.Env = append(os.Environ(), recipe[1], "GOOS=linux")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, p := range file.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the binary has a program header %v", p.Type)
		}
	}
}
