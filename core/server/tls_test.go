package server_test

import (
	"bufio"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/youmark/pkcs8"

	"vitrine/core/handler"
	"vitrine/core/http1"
	"vitrine/core/server"
)

// identity is a certificate for 127.0.0.1 and its key, made for a test.
type identity struct {
	key  crypto.Signer
	cert []byte // PEM
	pool *x509.CertPool
}

func newIdentity(t *testing.T, key crypto.Signer) *identity {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "test"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
		DNSNames:     []string{"localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	id := &identity{key: key, cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pool: x509.NewCertPool()}
	id.pool.AddCert(leaf)
	return id
}

func ecKey(t *testing.T) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// pkcs8PEM is the key as PKCS #8, encrypted unless password is "".
func pkcs8PEM(t *testing.T, key crypto.Signer, password string) []byte {
	t.Helper()
	kind := "PRIVATE KEY"
	var secret []byte
	if password != "" {
		kind, secret = "ENCRYPTED PRIVATE KEY", []byte(password)
	}
	der, err := pkcs8.MarshalPrivateKey(key, secret, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// traditionalPEM is the key in the older form, encrypted unless password is "".
func traditionalPEM(t *testing.T, key crypto.Signer, password string) []byte {
	t.Helper()
	var kind string
	var der []byte
	var err error
	switch key := key.(type) {
	case *rsa.PrivateKey:
		kind, der = "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)
	case *ecdsa.PrivateKey:
		kind = "EC PRIVATE KEY"
		der, err = x509.MarshalECPrivateKey(key)
	}
	if err != nil {
		t.Fatal(err)
	}
	block := &pem.Block{Type: kind, Bytes: der}
	if password != "" {
		//lint:ignore SA1019 such files exist
		block, err = x509.EncryptPEMBlock(rand.Reader, kind, der, []byte(password), x509.PEMCipherAES256)
		if err != nil {
			t.Fatal(err)
		}
	}
	return pem.EncodeToMemory(block)
}

func write(t *testing.T, dir, name string, parts ...[]byte) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, slices.Concat(parts...), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// spec: TLS-1 TLS-6
// departs: TLS-4
func TestKeys(t *testing.T) {
	dir := t.TempDir()
	ec := newIdentity(t, ecKey(t))
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	rs := newIdentity(t, rsaKey)
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ed := newIdentity(t, edKey)
	parameters := pem.EncodeToMemory(&pem.Block{Type: "EC PARAMETERS", Bytes: []byte{6, 8, 42, 134, 72, 206, 61, 3, 1, 7}})

	cert := write(t, dir, "cert", ec.cert)
	rsaCert := write(t, dir, "rsa", rs.cert)
	tests := []struct {
		name    string
		options server.HTTPSOptions
		want    string // in the error; "" means no error
	}{
		{"key in the same file", server.HTTPSOptions{CertFile: write(t, dir, "both", ec.cert, pkcs8PEM(t, ec.key, ""))}, ""},
		{"key before the certificate", server.HTTPSOptions{CertFile: write(t, dir, "before", parameters, traditionalPEM(t, ec.key, ""), ec.cert)}, ""},
		{"key in its own file", server.HTTPSOptions{CertFile: cert, KeyFile: write(t, dir, "key", pkcs8PEM(t, ec.key, ""))}, ""},
		{"Ed25519", server.HTTPSOptions{CertFile: write(t, dir, "ed", ed.cert, pkcs8PEM(t, ed.key, ""))}, ""},
		{"RSA, traditional", server.HTTPSOptions{CertFile: rsaCert, KeyFile: write(t, dir, "rk", traditionalPEM(t, rsaKey, ""))}, ""},
		{"password not needed", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "key"), Password: "unused"}, ""},
		{"PKCS #8, encrypted", server.HTTPSOptions{CertFile: cert, KeyFile: write(t, dir, "e8", pkcs8PEM(t, ec.key, "sesam")), Password: "sesam"}, ""},
		{"RSA, PKCS #8, encrypted", server.HTTPSOptions{CertFile: rsaCert, KeyFile: write(t, dir, "re8", pkcs8PEM(t, rsaKey, "sesam")), Password: "sesam"}, ""},
		{"traditional, encrypted", server.HTTPSOptions{CertFile: cert, KeyFile: write(t, dir, "et", traditionalPEM(t, ec.key, "sesam")), Password: "sesam"}, ""},
		{"RSA, traditional, encrypted", server.HTTPSOptions{CertFile: rsaCert, KeyFile: write(t, dir, "ret", traditionalPEM(t, rsaKey, "sesam")), Password: "sesam"}, ""},

		{"wrong password, PKCS #8", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "e8"), Password: "simsalabim"}, "/e8: the private key cannot be decrypted: wrong password"},
		{"wrong password, traditional", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "et"), Password: "simsalabim"}, "/et: the private key cannot be decrypted: wrong password"},
		{"no password, PKCS #8", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "e8")}, "/e8: the private key is encrypted"},
		{"no password, traditional", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "et")}, "/et: the private key is encrypted"},
		{"key of another certificate", server.HTTPSOptions{CertFile: cert, KeyFile: write(t, dir, "other", pkcs8PEM(t, ecKey(t), ""))}, "/other: the private key does not belong to the certificate"},
		{"key of another kind", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "rk")}, "/rk: the private key does not belong to the certificate"},
		{"no certificate file", server.HTTPSOptions{CertFile: filepath.Join(dir, "none")}, "/none: cannot be read: no such file or directory"},
		{"no key file", server.HTTPSOptions{CertFile: cert, KeyFile: filepath.Join(dir, "none")}, "/none: cannot be read: no such file or directory"},
		{"a folder", server.HTTPSOptions{CertFile: dir}, "cannot be read: is a directory"},
		{"no key in the file", server.HTTPSOptions{CertFile: cert}, "/cert: there is no private key in it"},
		{"no certificate in the file", server.HTTPSOptions{CertFile: filepath.Join(dir, "key")}, "/key: there is no certificate in it"},
		{"empty file", server.HTTPSOptions{CertFile: write(t, dir, "empty")}, "/empty: there is no certificate in it"},
		{"damaged certificate", server.HTTPSOptions{CertFile: write(t, dir, "bad", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("x")}))}, "/bad: the certificate is damaged"},
		{"damaged key", server.HTTPSOptions{CertFile: cert, KeyFile: write(t, dir, "badkey", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}))}, "/badkey: the private key is damaged"},
		{"damaged encrypted key", server.HTTPSOptions{CertFile: cert, KeyFile: write(t, dir, "bade8", pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: []byte("x")})), Password: "x"}, "/bade8: the private key cannot be decrypted"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			h, _ := files(t, map[string]string{"a": "text"})
			s, err := server.NewThreadingHTTPSServer("127.0.0.1:0", h, tc.options)
			if tc.want != "" {
				var key *server.KeyError
				if !errors.As(err, &key) || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
					t.Fatalf("got %q, want one line with %q", err, tc.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			r := run(t, h, func(r *server.Server) { r.TLS = s.TLS })
			c, err := tls.Dial("tcp", r.addr, &tls.Config{InsecureSkipVerify: true})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			io.WriteString(c, "GET /a HTTP/1.0\r\n\r\n")
			if b, err := io.ReadAll(c); err != nil || !strings.HasSuffix(string(b), "\r\n\r\ntext") {
				t.Errorf("got %q, %v", b, err)
			}
		})
	}
}

// runTLS is run with a certificate that the returned pool vouches for.
func runTLS(t *testing.T, content map[string]string, alpn []string, set func(*server.Server)) (*running, *x509.CertPool) {
	t.Helper()
	id := newIdentity(t, ecKey(t))
	config, err := server.HTTPSOptions{
		CertFile:      write(t, t.TempDir(), "both", id.cert, pkcs8PEM(t, id.key, "")),
		ALPNProtocols: alpn,
	}.Config()
	if err != nil {
		t.Fatal(err)
	}
	h, _ := files(t, content)
	return run(t, h, func(s *server.Server) {
		s.TLS = config
		if set != nil {
			set(s)
		}
	}), id.pool
}

// spec: TLS-2
func TestALPN(t *testing.T) {
	tests := []struct {
		name          string
		server, offer []string
		want          string
	}{
		{"none offered", nil, nil, ""},
		{"http/1.1", nil, []string{"http/1.1"}, "http/1.1"},
		{"both", nil, []string{"h2", "http/1.1"}, "http/1.1"},
		{"h2 alone", nil, []string{"h2"}, ""},
		{"something else", nil, []string{"spdy/3", "foo"}, ""},
		{"option", []string{"http/1.0", "http/1.1"}, []string{"http/1.1", "http/1.0"}, "http/1.0"},
		{"switched off", []string{}, []string{"http/1.1"}, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			r, pool := runTLS(t, map[string]string{"a": "text"}, tc.server, nil)
			c, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: pool, NextProtos: tc.offer})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if got := c.ConnectionState().NegotiatedProtocol; got != tc.want {
				t.Errorf("negotiated %q, want %q", got, tc.want)
			}
			io.WriteString(c, "GET /a HTTP/1.0\r\n\r\n")
			if b, err := io.ReadAll(c); err != nil || !strings.HasSuffix(string(b), "text") {
				t.Errorf("got %q, %v", b, err)
			}
		})
	}
}

// spec: TLS-3
func TestVersionsOfTLS(t *testing.T) {
	r, pool := runTLS(t, nil, nil, nil)
	for version, works := range map[uint16]bool{
		tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true,
	} {
		c, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: pool, MinVersion: version, MaxVersion: version})
		if (err == nil) != works {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			c.Close()
		}
	}
}

// departs: TLS-5
func TestSilentClientDelaysNoOther(t *testing.T) {
	r, pool := runTLS(t, map[string]string{"a": "text"}, nil, func(s *server.Server) { s.TLSHandshakeTimeout = 2 * timeout })
	silent := r.dial()
	half := r.dial()
	half.Write([]byte{22, 3, 1}) // the beginning of a hello
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			c, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: pool})
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			io.WriteString(c, "GET /a HTTP/1.0\r\n\r\n")
			if b, err := io.ReadAll(c); err != nil || !strings.HasSuffix(string(b), "text") {
				t.Errorf("got %q, %v", b, err)
			}
		})
	}
	all.Wait()
	for _, c := range []net.Conn{silent, half} {
		c.SetReadDeadline(time.Now())
		if _, err := c.Read(make([]byte, 1)); !os.IsTimeout(err) {
			t.Errorf("the silent client was gone before the others were served: %v", err)
		}
	}
}

// departs: TLS-5
func TestSilentClientIsGivenUp(t *testing.T) {
	const bound = 50 * time.Millisecond
	r, _ := runTLS(t, nil, nil, func(s *server.Server) { s.TLSHandshakeTimeout = bound })
	begun := time.Now()
	silent := r.dial()
	half := r.dial()
	half.Write([]byte{22, 3, 1}) // the beginning of a hello
	for _, c := range []net.Conn{silent, half} {
		if _, err := c.Read(make([]byte, 1)); os.IsTimeout(err) {
			t.Errorf("a silent client was not given up: %v", err)
		}
	}
	if d := time.Since(begun); d < bound {
		t.Errorf("given up after %v already", d)
	}
}

// departs: TLS-5
func TestPlainRequestToTLS(t *testing.T) {
	r, _ := runTLS(t, nil, nil, nil)
	for _, request := range []string{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"} {
		got := r.ask(request)
		if !strings.HasPrefix(got, "HTTP/1.0 400 Bad Request\r\n") || !strings.Contains(got, "https://") {
			t.Errorf("%q got %q, want a helpful 400", request, got)
		}
	}
	if got := r.ask("\x00\x01\x02\x03\x04\x05\x06\x07"); strings.Contains(got, "HTTP") {
		t.Errorf("rubbish got %q", got)
	}
	if r.log.String() != "" {
		t.Errorf("the log has %q", r.log)
	}
}

// A client that speaks TLS to a plain port hears so from its first bytes on,
// before any line ends.
//
// departs: R-9
func TestTLSToPlainPort(t *testing.T) {
	for _, protocol := range []string{"HTTP/1.0", "HTTP/1.1"} {
		h, _ := files(t, nil)
		h.ProtocolVersion = protocol
		r := run(t, h, nil)
		for _, hello := range []string{"\x16\x03", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"} {
			got := r.ask(hello)
			if !strings.HasPrefix(got, protocol+" 400 TLS on a plain port\r\n") || !strings.Contains(got, "\r\nConnection: close\r\n") {
				t.Errorf("%s: %q got %q, want a 400 about TLS", protocol, hello, got)
			}
		}
		c, err := tls.Dial("tcp", r.addr, &tls.Config{InsecureSkipVerify: true})
		if err == nil {
			c.Close()
			t.Error("a TLS handshake with a plain port worked")
		} else if ne := net.Error(nil); errors.As(err, &ne) && ne.Timeout() {
			t.Errorf("the client of TLS waits: %v", err)
		}
	}
}

// spec: TLS-7
func TestContentOverTLS(t *testing.T) {
	big := strings.Repeat("0123456789", 500_000)
	r, pool := runTLS(t, map[string]string{"big": big, "a": "text"}, nil, nil)
	handler.BaseOf(r.Handler).ProtocolVersion = "HTTP/1.1"
	c, err := tls.Dial("tcp", r.addr, &tls.Config{RootCAs: pool})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	in := bufio.NewReader(c)
	for name, want := range map[string]string{"big": big, "a": "text"} {
		io.WriteString(c, "GET /"+name+" HTTP/1.1\r\nHost: x\r\n\r\n")
		if _, got := one(t, in); sha256.Sum256([]byte(got)) != sha256.Sum256([]byte(want)) {
			t.Errorf("%s: got %d bytes, want %d, or others", name, len(got), len(want))
		}
	}
	// The end of a response that only the connection ends is told from a cut.
	io.WriteString(c, "GET / HTTP/1.0\r\nHost: x\r\n\r\n")
	if _, err := io.ReadAll(in); err != nil {
		t.Errorf("the end of the connection: %v, want TLS's goodbye", err)
	}
}

func TestSelfSigned(t *testing.T) {
	cert, err := server.SelfSigned(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"localhost", "vitrine.localhost", "127.0.0.1", "::1"} {
		if err := cert.Leaf.VerifyHostname(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	addrs, _ := net.InterfaceAddrs()
	for _, a := range addrs {
		if ip := a.(*net.IPNet).IP; cert.Leaf.VerifyHostname(ip.String()) != nil {
			t.Errorf("not for this computer's %s", ip)
		}
	}
	fingerprint := server.Fingerprint(cert)
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl to compare the fingerprint with")
	}
	cmd := exec.Command(openssl, "x509", "-noout", "-fingerprint", "-sha256")
	cmd.Stdin = strings.NewReader(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]})))
	out, err := cmd.Output()
	if err != nil || !strings.HasSuffix(strings.TrimSpace(string(out)), "="+fingerprint) {
		t.Errorf("openssl says %q, %v; we say %s", out, err, fingerprint)
	}
}

// A handshake that the client abandoned does not hold a shutdown up.
func TestShutdownDuringHandshake(t *testing.T) {
	r, _ := runTLS(t, nil, nil, func(s *server.Server) { s.TLSHandshakeTimeout = -1 })
	c := r.dial()
	c.Write([]byte{22, 3, 1})
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	if err := r.Shutdown(ctx); err != nil {
		t.Error(err)
	}
}

// spec: TLS-6
func TestConstructors(t *testing.T) {
	id := newIdentity(t, ecKey(t))
	o := server.HTTPSOptions{CertFile: write(t, t.TempDir(), "both", id.cert, pkcs8PEM(t, id.key, ""))}
	h, _ := files(t, nil)
	serial, err := server.NewHTTPSServer("127.0.0.1:0", h, o)
	if err != nil || !serial.Serial || serial.TLS == nil {
		t.Errorf("NewHTTPSServer: %+v, %v", serial, err)
	}
	threading, err := server.NewThreadingHTTPSServer("127.0.0.1:0", h, o)
	if err != nil || threading.Serial || threading.TLS == nil {
		t.Errorf("NewThreadingHTTPSServer: %+v, %v", threading, err)
	}
	if s := server.NewHTTPServer("", h); !s.Serial || s.Rules != http1.Compat {
		t.Errorf("NewHTTPServer for HTTP/1.0: %+v", s.Rules)
	}
	h.ProtocolVersion = "HTTP/1.1"
	if s := server.NewThreadingHTTPServer("", h); s.Serial || s.Rules != (http1.Rules{}) {
		t.Errorf("NewThreadingHTTPServer for HTTP/1.1: %+v", s.Rules)
	}
}
