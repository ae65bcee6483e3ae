#!/bin/sh
# Builds the program into build/, with the run-time file of the same Go.
set -e
cd "$(dirname "$0")"
mkdir -p build
GOOS=js GOARCH=wasm go build -trimpath -ldflags="-s -w -X main.built=${BUILT:-$(date +%s)}" -o build/app.wasm .
cp "$(go env GOROOT)/lib/wasm/wasm_exec.js" build/
