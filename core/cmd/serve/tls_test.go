//go:build unix

package main

import (
	"os/exec"
	"strings"
	"testing"
)

// openssl runs the command of that name and fails if it does.
func openssl(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("openssl %q: %v\n%s", args, err, out)
	}
}

// Certificates and keys as OpenSSL makes them, and its client and curl to
// talk to us.
// spec: TLS-1 TLS-2 TLS-3
// departs: TLS-4
func TestTLSWithOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl on this computer")
	}
	dir := tree(t, map[string]string{"a": "text\n", "right": " sesam \n", "wrong": "simsalabim\n"})
	subject := []string{"-x509", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"}
	openssl(t, dir, append([]string{"req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem"}, subject...)...)
	openssl(t, dir, append([]string{"req", "-newkey", "rsa:2048", "-nodes", "-keyout", "other.pem", "-out", "othercert.pem"}, subject...)...)
	openssl(t, dir, "pkcs8", "-topk8", "-in", "key.pem", "-passout", "pass:sesam", "-out", "pkcs8.pem")
	openssl(t, dir, "pkcs8", "-topk8", "-in", "key.pem", "-scrypt", "-passout", "pass:sesam", "-out", "scrypt.pem")
	openssl(t, dir, "rsa", "-in", "key.pem", "-traditional", "-aes256", "-passout", "pass:sesam", "-out", "traditional.pem")
	openssl(t, dir, "rsa", "-in", "key.pem", "-traditional", "-des3", "-passout", "pass:sesam", "-out", "des.pem")

	for _, tc := range []struct{ key, password, want string }{
		{"key.pem", "", ""},
		{"key.pem", "right", ""},
		{"pkcs8.pem", "right", ""},
		{"scrypt.pem", "right", ""},
		{"traditional.pem", "right", ""},
		{"des.pem", "right", ""},
		{"pkcs8.pem", "wrong", "/pkcs8.pem: the private key cannot be decrypted: wrong password, or the file is damaged"},
		{"scrypt.pem", "wrong", "/scrypt.pem: the private key cannot be decrypted: wrong password, or the file is damaged"},
		{"traditional.pem", "wrong", "/traditional.pem: the private key cannot be decrypted: wrong password, or the file is damaged"},
		{"pkcs8.pem", "", "/pkcs8.pem: the private key is encrypted, and there is no password for it"},
		{"other.pem", "", "/other.pem: the private key does not belong to the certificate in "},
		{"cert.pem", "", "/cert.pem: there is no private key in it"},
		{"none.pem", "", "/none.pem: cannot be read: no such file or directory"},
	} {
		t.Run(tc.key+" "+tc.password, func(t *testing.T) {
			args := []string{"-b", "127.0.0.1", "-d", dir, "--tls-cert", dir + "/cert.pem", "--tls-key", dir + "/" + tc.key, "0"}
			if tc.password != "" {
				args = append(args, "--tls-password-file", dir+"/"+tc.password)
			}
			if tc.want != "" {
				code, stdout, stderr := finished(t, args...)
				if code != 1 || stdout != "" || !strings.Contains(stderr, tc.want) || strings.Count(stderr, "\n") != 1 {
					t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
				}
				return
			}
			p := started(t, args...)
			if !strings.HasPrefix(p.first, "Serving HTTPS on 127.0.0.1 port ") {
				t.Errorf("it says %q", p.first)
			}
			cmd := exec.Command("openssl", "s_client", "-connect", p.addr, "-CAfile", dir+"/cert.pem", "-verify_return_error", "-quiet")
			cmd.Stdin = strings.NewReader("GET /a HTTP/1.0\r\n\r\n")
			if out, err := cmd.Output(); !strings.HasSuffix(string(out), "\r\n\r\ntext\n") {
				t.Errorf("openssl got %q, %v", out, err)
			}
		})
	}

	p := started(t, "-b", "127.0.0.1", "-d", dir, "--tls-cert", dir+"/cert.pem", "--tls-key", dir+"/key.pem", "0")
	for offer, want := range map[string]string{
		"http/1.1":    "ALPN protocol: http/1.1",
		"h2,http/1.1": "ALPN protocol: http/1.1",
		"h2":          "No ALPN negotiated",
		"":            "No ALPN negotiated",
	} {
		for _, version := range []string{"-tls1_2", "-tls1_3"} {
			args := []string{"s_client", "-connect", p.addr, version}
			if offer != "" {
				args = append(args, "-alpn", offer)
			}
			cmd := exec.Command("openssl", args...)
			cmd.Stdin = strings.NewReader("")
			if out, err := cmd.Output(); !strings.Contains(string(out), want) {
				t.Errorf("%s, offer %q: %v, want %q in %s", version, offer, err, want, out)
			}
		}
	}
	t.Run("curl", func(t *testing.T) {
		if _, err := exec.LookPath("curl"); err != nil {
			t.Skip("no curl on this computer")
		}
		out, err := exec.Command("curl", "-s", "--cacert", dir+"/cert.pem", "https://"+p.addr+"/a").Output()
		if string(out) != "text\n" {
			t.Errorf("curl got %q, %v", out, err)
		}
	})
	if got := p.ask("GET / HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 400 ") || !strings.Contains(got, "https://") {
		t.Errorf("plain HTTP got %q", got)
	}
}

func TestSelfSignedOption(t *testing.T) {
	p := started(t, "-b", "127.0.0.1", "-d", tree(t, nil), "--tls-self-signed", "0")
	eventually(t, "the fingerprint", func() bool { return strings.Contains(p.stderr.String(), "\n") })
	fingerprint, ok := strings.CutPrefix(strings.TrimSpace(p.stderr.String()), "Self-signed certificate, SHA-256 ")
	if !ok || len(fingerprint) != 32*3-1 {
		t.Errorf("stderr is %q", p.stderr)
	}
}
