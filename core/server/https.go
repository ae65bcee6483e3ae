package server

import (
	"crypto/tls"
	"slices"

	"vitrine/core/handler"
)

// HTTPSOptions say how a server proves who it is (TLS-1, TLS-2).
type HTTPSOptions struct {
	// CertFile names the certificate with its chain, in PEM.
	CertFile string
	// KeyFile names its private key, in PEM; "" if that is in CertFile.
	KeyFile string
	// Password is for an encrypted key. It is not looked at for others.
	Password string
	// ALPNProtocols are offered in this order; nil is http/1.1 alone, empty
	// is none.
	ALPNProtocols []string
}

// NewHTTPSServer returns a server that speaks TLS to one client at a time.
// An error is a *KeyError.
func NewHTTPSServer(addr string, h handler.Handler, o HTTPSOptions) (*Server, error) {
	return withTLS(NewHTTPServer(addr, h), o)
}

// NewThreadingHTTPSServer returns a server that speaks TLS, with a goroutine
// for each connection. An error is a *KeyError.
func NewThreadingHTTPSServer(addr string, h handler.Handler, o HTTPSOptions) (*Server, error) {
	return withTLS(NewThreadingHTTPServer(addr, h), o)
}

func withTLS(s *Server, o HTTPSOptions) (_ *Server, err error) {
	s.TLS, err = o.Config()
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Config loads certificate and key. An error is a *KeyError.
func (o HTTPSOptions) Config() (*tls.Config, error) {
	cert, err := o.load()
	if err != nil {
		return nil, err
	}
	return TLSConfig(cert, o.ALPNProtocols), nil
}

// TLSConfig is the configuration of a server with this certificate: TLS 1.2
// and 1.3, no certificates of clients (TLS-3). alpn is as in HTTPSOptions.
func TLSConfig(cert tls.Certificate, alpn []string) *tls.Config {
	if alpn == nil {
		alpn = []string{"http/1.1"}
	}
	config := &tls.Config{
		MinVersion:   tls.VersionTLS12,
		Certificates: []tls.Certificate{cert},
		NextProtos:   alpn,
	}
	// A client that offers none of ours is served without ALPN, where
	// crypto/tls would refuse it (TLS-2).
	plain := config.Clone()
	plain.NextProtos = nil
	config.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		for _, p := range hello.SupportedProtos {
			if slices.Contains(alpn, p) {
				return nil, nil
			}
		}
		return plain, nil
	}
	return config
}
