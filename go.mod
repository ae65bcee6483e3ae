module vitrine

go 1.26.0

require (
	github.com/fsnotify/fsnotify v1.10.1
	github.com/hack-pad/hackpadfs v0.2.4
	github.com/syumai/workers v0.31.0
	github.com/youmark/pkcs8 v0.0.0-20240726163527-a2c0da244d78
	golang.org/x/sys v0.49.0
	golang.org/x/term v0.47.0
	honnef.co/go/js/dom/v2 v2.0.0-20250304181735-b5e52f05e89d
)

require golang.org/x/crypto v0.58.0 // indirect
