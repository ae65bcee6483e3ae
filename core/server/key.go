package server

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"

	"github.com/youmark/pkcs8"
)

// KeyError says what is wrong with a certificate or a key, in one line.
type KeyError struct {
	File string
	Text string
	Err  error // of the system; may be nil
}

func (e *KeyError) Error() string { return e.File + ": " + e.Text }
func (e *KeyError) Unwrap() error { return e.Err }

// ErrPassword is wrapped by the KeyError of an encrypted key without password.
var ErrPassword = errors.New("the private key is encrypted")

// load reads certificate and key (TLS-1, TLS-4).
func (o HTTPSOptions) load() (cert tls.Certificate, err error) {
	certText, err := readPEM(o.CertFile)
	if err != nil {
		return cert, err
	}
	keyFile, keyText := o.CertFile, certText
	if o.KeyFile != "" {
		keyFile = o.KeyFile
		if keyText, err = readPEM(keyFile); err != nil {
			return cert, err
		}
	}
	for rest := certText; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type == "CERTIFICATE" {
			cert.Certificate = append(cert.Certificate, block.Bytes)
		}
	}
	if len(cert.Certificate) == 0 {
		return cert, &KeyError{File: o.CertFile, Text: "there is no certificate in it (PEM, BEGIN CERTIFICATE)"}
	}
	if cert.Leaf, err = x509.ParseCertificate(cert.Certificate[0]); err != nil {
		return cert, &KeyError{File: o.CertFile, Text: "the certificate is damaged", Err: err}
	}
	key, err := parseKey(keyFile, keyText, o.Password)
	if err != nil {
		return cert, err
	}
	public, ok := cert.Leaf.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !public.Equal(key.Public()) {
		return cert, &KeyError{File: keyFile, Text: "the private key does not belong to the certificate in " + o.CertFile}
	}
	cert.PrivateKey = key
	return cert, nil
}

func readPEM(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		why := err
		var p *fs.PathError
		if errors.As(err, &p) {
			why = p.Err
		}
		return nil, &KeyError{File: file, Text: "cannot be read: " + why.Error(), Err: err}
	}
	return text, nil
}

// parseKey finds the first private key in text and decrypts it if it has to:
// PKCS #8 as OpenSSL writes it today, and the traditional form.
func parseKey(file string, text []byte, password string) (crypto.Signer, error) {
	var block *pem.Block
	for rest := text; ; {
		if block, rest = pem.Decode(rest); block == nil {
			return nil, &KeyError{File: file, Text: "there is no private key in it (PEM, BEGIN PRIVATE KEY)"}
		}
		if isKey(block.Type) {
			break
		}
	}
	key, err := decodeKey(block, password)
	var known *KeyError
	switch {
	case errors.As(err, &known):
		known.File = file
		return nil, known
	case err != nil:
		return nil, &KeyError{File: file, Text: "the private key is damaged", Err: err}
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, &KeyError{File: file, Text: "the private key is of a kind TLS cannot use"}
	}
	return signer, nil
}

func isKey(kind string) bool {
	switch kind {
	case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
		return true
	}
	return false
}

func decodeKey(block *pem.Block, password string) (any, error) {
	der := block.Bytes
	// The traditional encryption is weak, and files have it all the same.
	encrypted := x509.IsEncryptedPEMBlock(block) //lint:ignore SA1019 the format is old, not the reading of it
	if (encrypted || block.Type == "ENCRYPTED PRIVATE KEY") && password == "" {
		return nil, &KeyError{Text: "the private key is encrypted, and there is no password for it", Err: ErrPassword}
	}
	wrong := &KeyError{Text: "the private key cannot be decrypted: wrong password, or the file is damaged"}
	if block.Type == "ENCRYPTED PRIVATE KEY" {
		key, err := pkcs8.ParsePKCS8PrivateKey(der, []byte(password))
		if err != nil {
			wrong.Err = err
			return nil, wrong
		}
		return key, nil
	}
	if encrypted {
		var err error
		der, err = x509.DecryptPEMBlock(block, []byte(password)) //lint:ignore SA1019 as above
		if err != nil {
			wrong.Err = err
			return nil, wrong
		}
	}
	var key any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(der)
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(der)
	default:
		key, err = x509.ParsePKCS8PrivateKey(der)
	}
	if err != nil && encrypted {
		wrong.Err = err // a wrong password can leave rubbish that looks decrypted
		err = wrong
	}
	return key, err
}
