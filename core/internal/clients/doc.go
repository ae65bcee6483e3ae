// Package clients holds the tests of serve with programs that others wrote:
// curl, wget, aria2, lftp, git, apt, ffmpeg, zsync, ab, w3m, busybox, and the
// HTTP libraries of Python and Node. Each talks to the real binary in three
// profiles: the default, HTTP/1.1 and TLS.
//
// The one rule: a check compares content, not only the exit code. A client
// that gets the wrong bytes often ends with 0.
//
// The tests run where VITRINE_CLIENTS is set, to "present" (clients that are
// not installed are skipped) or "required" (they are failures); make
// test-clients sets it.
package clients
