package main

import (
	"errors"
	"testing"
	"time"

	"vitrine/core/http1"
	"vitrine/core/osfs"
)

// spec: B-5
func TestCommandLine(t *testing.T) {
	tests := []struct {
		args  []string
		check func(c *config) bool
	}{
		{nil, func(c *config) bool {
			return c.port == 8000 && c.bind == "" && c.directory == "." && c.protocol == "HTTP/1.0"
		}},
		{[]string{"9000"}, func(c *config) bool { return c.port == 9000 }},
		{[]string{"0"}, func(c *config) bool { return c.port == 0 }},
		{[]string{" 80_80 "}, func(c *config) bool { return c.port == 8080 }},
		{[]string{"+80"}, func(c *config) bool { return c.port == 80 }},
		{[]string{"--", "81"}, func(c *config) bool { return c.port == 81 }},
		{[]string{"-b", "::1", "82", "-d", "x y"}, func(c *config) bool { return c.bind == "::1" && c.port == 82 && c.directory == "x y" }},
		{[]string{"-b::1", "-dx"}, func(c *config) bool { return c.bind == "::1" && c.directory == "x" }},
		{[]string{"-b=h"}, func(c *config) bool { return c.bind == "h" }},
		{[]string{"--bind=h", "--directory", "-"}, func(c *config) bool { return c.bind == "h" && c.directory == "-" }},
		{[]string{"--bind="}, func(c *config) bool { return c.bind == "" }},
		{[]string{"--bi", "h", "--dir=x", "--prot", "HTTP/1.1"}, func(c *config) bool { return c.bind == "h" && c.directory == "x" && c.protocol == "HTTP/1.1" }},
		{[]string{"-pHTTP/1.1"}, func(c *config) bool { return c.protocol == "HTTP/1.1" }},
		{[]string{"-d", "-1"}, func(c *config) bool { return c.directory == "-1" }},
		{[]string{"-d", "-a b"}, func(c *config) bool { return c.directory == "-a b" }},
		{[]string{"-H", "A", "1", "--header", "b", " 2 "}, func(c *config) bool {
			return len(c.header) == 2 && c.header[0] == http1.Field{Name: "A", Value: "1"} && c.header[1] == http1.Field{Name: "b", Value: "2"}
		}},
		{[]string{"--content-type", "text/x"}, func(c *config) bool { return c.contentType == "text/x" }},
		{[]string{"--links=inside"}, func(c *config) bool { return c.links == osfs.Inside }},
		{[]string{"--keep-files", "0"}, func(c *config) bool { return c.keepFiles == 0 }},
		{[]string{"--app", "83"}, func(c *config) bool { return c.app && c.appDir == "" && c.port == 83 }},
		{[]string{"--app=dist"}, func(c *config) bool { return c.app && c.appDir == "dist" }},
		{[]string{"--app-dir", "dist", "--app-port", "0"}, func(c *config) bool { return c.app && c.appDir == "dist" && c.appPort == 0 }},
		{[]string{"--idle-timeout", "1.5", "--grace=2m", "--head-timeout", "0"}, func(c *config) bool {
			return c.limits.idleTimeout == 1500*time.Millisecond && c.limits.shutdownTimeout == 2*time.Minute && c.limits.readHeaderTimeout < 0
		}},
		{[]string{"--max-connections", "7"}, func(c *config) bool { return c.limits.maxConnections == 7 }},
		{[]string{"--max-connections-per-address=5"}, func(c *config) bool { return c.limits.maxConnectionsPerAddress == 5 && c.limits.maxConnections == 0 }},
		{[]string{"--tls-cert", "c", "--tls-key", "k", "--tls-password-file", "p"}, func(c *config) bool { return c.tlsCert == "c" && c.tlsKey == "k" && c.tlsPasswordFile == "p" }},
		{[]string{"nonsense-after", "-h"}, nil},
		{[]string{"-h", "nonsense-after"}, func(c *config) bool { return c.help }},
		{[]string{"--version", "--nonsense"}, func(c *config) bool { return c.version }},
	}
	for _, tc := range tests {
		c, err := parse(tc.args)
		var usage *usageError
		if tc.check == nil {
			if !errors.As(err, &usage) {
				t.Errorf("%q: %v, want a usage error", tc.args, err)
			}
			continue
		}
		if errors.As(err, &usage) || !tc.check(c) {
			t.Errorf("%q: %+v, %v", tc.args, c, err)
		}
	}
}

// spec: B-5
// departs: B-5
func TestUsageErrorTexts(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"abc"}, "argument port: invalid int value: 'abc'"},
		{[]string{"it's"}, `argument port: invalid int value: "it's"`},
		{[]string{"--keep-files", "-1"}, "argument --keep-files: must be at least 0, not -1"},
		{[]string{"8_"}, "argument port: invalid int value: '8_'"},
		{[]string{""}, "argument port: invalid int value: ''"},
		{[]string{"1", "2", "3"}, "unrecognized arguments: 2 3"},
		{[]string{"--nope", "1", "-x"}, "unrecognized arguments: --nope -x"},
		{[]string{"-p"}, "argument -p/--protocol: expected one argument"},
		{[]string{"--protocol"}, "argument -p/--protocol: expected one argument"},
		{[]string{"--bind", "--directory", "x"}, "argument -b/--bind: expected one argument"},
		{[]string{"-H", "A"}, "argument -H/--header: expected 2 arguments"},
		{[]string{"--header=A", "B"}, "argument -H/--header: expected 2 arguments"},
		{[]string{"--tls-self-signed=x"}, "argument --tls-self-signed: ignored explicit argument 'x'"},
		{[]string{"--tls-", "x"}, "ambiguous option: --tls- could match --tls-cert, --tls-key, --tls-password-file, --tls-self-signed"},
		{[]string{"--he"}, "ambiguous option: --he could match --help, --header, --head-timeout"},
		{[]string{"--tls-key", "k"}, "--tls-key requires --tls-cert to be set"},
		{[]string{"--tls-password-file", "p"}, "--tls-password-file requires --tls-cert to be set"},

		{[]string{"70000"}, "argument port: a port is a number from 0 to 65535, not 70000"},
		{[]string{"-1"}, "argument port: a port is a number from 0 to 65535, not -1"},
		{[]string{"99999999999999999999"}, "argument port: a port is a number from 0 to 65535, not 99999999999999999999"},
		{[]string{"-p", "FOO"}, "argument -p/--protocol: invalid choice: 'FOO' (choose from HTTP/1.0, HTTP/1.1)"},
		{[]string{"-p", "HTTP/2.0"}, "argument -p/--protocol: invalid choice: 'HTTP/2.0' (choose from HTTP/1.0, HTTP/1.1)"},
		{[]string{"-H", "a b", "x"}, "argument -H/--header: not a field name: 'a b'"},
		{[]string{"-H", "a", "x\r\ny: z"}, `argument -H/--header: not a field value: 'x\r\ny: z'`},
		{[]string{"-H", "transfer-encoding", "chunked"}, "argument -H/--header: Transfer-Encoding says how a response is framed, which is the server's to say"},
		{[]string{"--content-type", "a\nb"}, `argument --content-type: not a media type: 'a\nb'`},
		{[]string{"--grace", "soon"}, "argument --grace: invalid time value: 'soon' (write 30, 30s, 500ms or 2m)"},
		{[]string{"--max-connections-per-address", "0"}, "argument --max-connections-per-address: must be at least 1, not 0"},
		{[]string{"--max-connections", "0"}, "argument --max-connections: must be at least 1, not 0"},
		{[]string{"--log-format", "xml"}, "argument --log-format: invalid choice: 'xml' (choose from default, combined, json, off)"},
		{[]string{"--tls-self-signed", "--tls-cert", "c"}, "--tls-self-signed makes its own certificate: it cannot be used with --tls-cert"},
	}
	for _, tc := range tests {
		_, err := parse(tc.args)
		var usage *usageError
		if !errors.As(err, &usage) || usage.text != tc.want {
			t.Errorf("%q:\n got %v\nwant %s", tc.args, err, tc.want)
		}
	}
}
