module vitrine

go 1.26

require (
	github.com/hack-pad/hackpadfs v0.2.4
	github.com/syumai/workers v0.31.0
	honnef.co/go/js/dom/v2 v2.0.0-20250304181735-b5e52f05e89d
)
