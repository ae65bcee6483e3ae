//go:build !unix && !windows

package cgi

import "errors"

// HaveFork says whether the host runs any executable file as a script. Here
// it runs nothing.
const HaveFork = false

const interpreter = ""

// processes is the Runner of hosts without processes: nothing can be started,
// and the client is told so with 501.
type processes struct{}

func (processes) Start(*Command) (Process, error) { return nil, errors.ErrUnsupported }

func serverEnviron() []string { return nil }

// IsExecutable leaves the decision to the Runner.
func IsExecutable(path string) bool { return true }
