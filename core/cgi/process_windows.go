package cgi

import (
	"os"
	"os/exec"
)

// HaveFork says whether the host runs any executable file as a script
// (http.server's have_fork). Windows knows no first line that names an
// interpreter, so .py and .pyw are run by Python (G-8).
const HaveFork = false

var interpreter = findPython()

func findPython() string {
	for _, name := range [...]string{"python3", "python", "py"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return "python"
}

func setApart(*exec.Cmd) error { return nil }

// killGroup has nothing to do: a killed process takes none along here.
func killGroup(*os.Process) {}

func exitCode(s *os.ProcessState) int { return s.ExitCode() }

// IsExecutable reports whether this process may run the file: on Windows,
// whether it is there (G-8).
func IsExecutable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}
