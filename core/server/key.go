package server

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"slices"

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

// load reads certificate and key (TLS-1, TLS-4). crypto/tls judges them; what
// comes before it here says more than its errors do, and decrypts the key.
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
	leaf := findPEM(certText, "CERTIFICATE")
	if leaf == nil {
		return cert, &KeyError{File: o.CertFile, Text: "there is no certificate in it (PEM, BEGIN CERTIFICATE)"}
	}
	if _, err := x509.ParseCertificate(leaf.Bytes); err != nil {
		return cert, &KeyError{File: o.CertFile, Text: "the certificate is damaged", Err: err}
	}
	key := findPEM(keyText, "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")
	if key == nil {
		return cert, &KeyError{File: keyFile, Text: "there is no private key in it (PEM, BEGIN PRIVATE KEY)"}
	}
	plain, err := decrypted(key, o.Password)
	if err == nil {
		if cert, err = tls.X509KeyPair(certText, pem.EncodeToMemory(plain)); err == nil {
			return cert, nil
		}
	}
	text := "the private key does not belong to the certificate in " + o.CertFile
	switch {
	case errors.Is(err, ErrPassword):
		text = "the private key is encrypted, and there is no password for it"
	case plain != nil && parses(plain.Bytes):
	case isEncrypted(key): // a wrong password can leave rubbish that looks decrypted
		text = "the private key cannot be decrypted: wrong password, or the file is damaged"
	default:
		text = "the private key is damaged"
	}
	return cert, &KeyError{File: keyFile, Text: text, Err: err}
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

// findPEM returns the first block of one of these types, or nil.
func findPEM(text []byte, types ...string) *pem.Block {
	for {
		block, rest := pem.Decode(text)
		if block == nil || slices.Contains(types, block.Type) {
			return block
		}
		text = rest
	}
}

// isEncrypted reports whether a key is encrypted: as PKCS #8, which is how
// OpenSSL writes it today, or the traditional way.
func isEncrypted(key *pem.Block) bool {
	//lint:ignore SA1019 the format is old and weak, and files have it all the same
	return key.Type == "ENCRYPTED PRIVATE KEY" || x509.IsEncryptedPEMBlock(key)
}

// decrypted returns the key without its encryption.
func decrypted(key *pem.Block, password string) (*pem.Block, error) {
	switch {
	case !isEncrypted(key):
		return key, nil
	case password == "":
		return nil, ErrPassword
	case key.Type != "ENCRYPTED PRIVATE KEY":
		der, err := x509.DecryptPEMBlock(key, []byte(password)) //lint:ignore SA1019 as above
		return &pem.Block{Type: key.Type, Bytes: der}, err
	}
	parsed, err := pkcs8.ParsePKCS8PrivateKey(key.Bytes, []byte(password))
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(parsed)
	return &pem.Block{Type: "PRIVATE KEY", Bytes: der}, err
}

// parses reports whether der is a private key in one of the forms that
// tls.X509KeyPair takes.
func parses(der []byte) bool {
	_, pkcs8 := x509.ParsePKCS8PrivateKey(der)
	_, pkcs1 := x509.ParsePKCS1PrivateKey(der)
	_, sec1 := x509.ParseECPrivateKey(der)
	return pkcs8 == nil || pkcs1 == nil || sec1 == nil
}
