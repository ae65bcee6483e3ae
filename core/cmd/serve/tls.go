package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	"unicode"

	"golang.org/x/term"

	"vitrine/core/handler"
	"vitrine/core/server"
)

// tls makes s an HTTPS server if the options ask for it. fingerprint is that
// of a certificate made for this run.
func (c *config) tls(s *server.Server, stderr io.Writer) (fingerprint string, err error) {
	switch {
	case c.tlsSelfSigned:
		cert, err := server.SelfSigned(time.Now())
		if err != nil {
			return "", fmt.Errorf("cannot make a certificate: %w", err)
		}
		s.TLS = server.TLSConfig(cert, nil)
		return server.Fingerprint(cert), nil
	case c.tlsCert == "":
		return "", nil
	}
	o := server.HTTPSOptions{CertFile: c.tlsCert, KeyFile: c.tlsKey}
	if c.tlsPasswordFile != "" {
		if o.Password, err = readPassword(c.tlsPasswordFile); err != nil {
			return "", err
		}
	}
	s.TLS, err = o.Config()
	if errors.Is(err, server.ErrPassword) && c.tlsPasswordFile == "" {
		if password, ok := askPassword(stderr); ok {
			o.Password = password
			s.TLS, err = o.Config()
		}
	}
	return "", err
}

// readPassword reads the password file; white space around the password does
// not count (TLS-1).
func readPassword(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", &usageError{text: "Failed to read TLS password file: " + osError(err, file)}
	}
	return strings.TrimSpace(string(b)), nil
}

// osError is an error of the system as Python prints it.
func osError(err error, file string) string {
	text := []rune(reason(err).Error())
	text[0] = unicode.ToUpper(text[0])
	var number syscall.Errno
	if !errors.As(err, &number) {
		return string(text)
	}
	return fmt.Sprintf("[Errno %d] %s: %s", int(number), string(text), handler.Repr(file))
}

// askPassword asks on the terminal, if there is one (TLS-4).
func askPassword(stderr io.Writer) (password string, ok bool) {
	stdin := int(os.Stdin.Fd())
	if !term.IsTerminal(stdin) || !isTerminal(stderr) {
		return "", false
	}
	state, err := term.GetState(stdin)
	if err != nil {
		return "", false
	}
	// Who gives up here wants the terminal back as it was.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	go func() {
		<-signals
		term.Restore(stdin, state)
		fmt.Fprintln(stderr)
		os.Exit(1)
	}()
	fmt.Fprint(stderr, "Password of the private key: ")
	b, err := term.ReadPassword(stdin)
	fmt.Fprintln(stderr)
	return string(b), err == nil
}
