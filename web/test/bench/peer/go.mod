module vitrine-bench-peer

go 1.26

require github.com/nlepage/go-wasm-http-server/v2 v2.2.1

require (
	github.com/hack-pad/safejs v0.1.1 // indirect
	github.com/nlepage/go-js-promise v1.0.0 // indirect
)
