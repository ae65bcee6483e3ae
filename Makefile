# Vitrine: two commands are enough, `make run` and `make test`.

DIR  ?= .
PORT ?= 8000

# With slashes on Windows, too.
GOROOT    := $(subst \,/,$(shell go env GOROOT))
WASM      := GOOS=js GOARCH=wasm
# What go_js_wasm_exec of Go does, without bash, which go test cannot start on Windows.
NODE_EXEC := node --stack-size=8192 $(GOROOT)/lib/wasm/wasm_exec_node.js
STRIP     := -trimpath -ldflags='-s -w'
# Without inlining a wasm program is 8 % smaller on the wire, and takes 5 % longer to start.
SMALL     := $(STRIP) -gcflags=all=-l
# A fifth smaller on the wire; stack traces lose lines and arguments. make site SLIM=: keeps them.
SLIM      := go run ./wasm/slim
EXE       := $(shell go env GOEXE)
STATICCHECK := .tools/staticcheck$(EXE)
# Linux has the first, macOS the second.
SHA256    := $(shell command -v sha256sum || echo shasum -a 256)
# Files that name the build, a hash of all. Service workers are kept by the browser itself.
SERVICE_WORKERS := sw.js tool.js
NAMES_BUILD     := index.html bridge.html $(SERVICE_WORKERS)
# Parts of these alone. A service worker is one file in dist/: at each start the
# browser reads all that it imports, one by one.
WORKER_PARTS    := files.js offline.js repeat.js relay.js site.js
FUZZ      := 20000x
# What serve is built for; the README lists the same.
PLATFORMS := linux/amd64 linux/arm64 linux/arm linux/386 linux/riscv64 linux/mipsle \
             darwin/amd64 darwin/arm64 windows/amd64 windows/arm64 windows/386 \
             freebsd/amd64 openbsd/amd64
# Systems whose files are checked as well, where make runs on another.
OTHERS    := linux darwin windows
# What runs in a browser: all but the command, its sockets and its disk.
IN_BROWSER = $$($(WASM) go list ./core/... ./wasm/... | grep -v -e core/cmd -e core/server -e core/osfs -e core/watch)

.PHONY: help run build site test check platforms test-core test-race test-js test-browser test-edge picture spec fuzz bench bench-native bench-browser bench-firefox bench-peer size clean chromium

help: ## this menu
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: build ## build all, then serve DIR (default .) and the browser edition
	bin/serve --app --directory '$(DIR)' $(PORT)

build: site ## both wasm programs, then the native binary with them inside: bin/serve
	rm -rf core/cmd/serve/appdist && cp -r dist core/cmd/serve/appdist
	CGO_ENABLED=0 go build $(STRIP) -tags app -o bin/serve$(EXE) ./core/cmd/serve

site: ## dist/: the browser edition, for any static host as it is
	@rm -rf dist && mkdir -p dist
	$(WASM) go build $(SMALL) -o dist/page.wasm ./wasm/page
	$(WASM) go build $(SMALL) -o dist/sw.wasm ./wasm/sw
	$(SLIM) dist/page.wasm dist/sw.wasm
	cp web/*.html web/*.css web/*.js web/*.svg web/*.webmanifest worker/*.js $(GOROOT)/lib/wasm/wasm_exec.js dist/
	cat core/terms/english/*.txt > dist/terms.txt
	cp core/lint/english/english.txt dist/notes.txt
	cp core/steps/starters.txt dist/
	build=$$(cat dist/* | $(SHA256) | cut -c1-16); \
	for name in $(NAMES_BUILD); do sed "s/__BUILD__/$$build/" < dist/$$name > dist/named && mv dist/named dist/$$name || exit 1; done
	cd dist && { echo 'const FILES = Object.freeze({'; \
	  $(SHA256) $$(ls | grep -v -x $(addprefix -e ,$(SERVICE_WORKERS) $(WORKER_PARTS))) | sed -E 's/^([0-9a-f]+)[ *]+(.*)/  "\2": "\1",/'; \
	  echo '});'; } > ../dist-files && mv ../dist-files files.js
	cd dist && for name in $(SERVICE_WORKERS); do \
	  parts=$$(sed -n 's/^importScripts(\(.*\));$$/\1/p' $$name | tr -d '",'); \
	  test -n "$$parts" && { cat $$parts; sed '/^importScripts(/d' $$name; } > ../dist-worker && mv ../dist-worker $$name || exit 1; \
	done; rm $(WORKER_PARTS)

ifeq ($(OS),Windows_NT)
TESTS := check test-core test-js
# The race detector needs a C compiler, clients and the edge's build a Unix shell,
# the browser tests a serve that ends with SIGTERM.
SKIPPED_HERE := test-race test-clients test-edge test-browser: not on Windows
else
TESTS := check test-core test-race $(if $(CI),test-clients,test-clients-present) test-js test-edge test-browser
endif

# Runs go test and keeps a list of what was skipped, for the last line of make test.
SKIPPED := go run ./core/internal/skipped

test: $(TESTS) ## everything, installing what is missing; says last what was skipped, and why
	@echo '$(SKIPPED_HERE)' | grep . > bin/skipped-here || true
	@$(SKIPPED) -report bin/skipped-core bin/skipped-clients bin/skipped-browser bin/skipped-here

check: node_modules $(STATICCHECK) ## format, vet, staticcheck (staticcheck.conf), generated files, types of the JavaScript, all platforms
	@test -z "$$(gofmt -l core wasm web worker)" || { echo "gofmt:"; gofmt -l core wasm web worker; exit 1; }
	@! git grep -nIE '[[:blank:]]+$$' -- ':!*/testdata/*' ':!web/sample' ':!web/test/hostile' || { echo "white space at the end of lines (.editorconfig)"; exit 1; }
	go vet ./...
	$(WASM) go vet $(IN_BROWSER) ./worker/...
	$(STATICCHECK) ./...
	$(WASM) $(STATICCHECK) $(IN_BROWSER) ./worker/...
	@for os in $(filter-out $(shell go env GOOS),$(OTHERS)); do \
	  echo "vet and staticcheck for $$os"; \
	  GOOS=$$os go vet ./core/... && GOOS=$$os $(STATICCHECK) ./core/... || exit 1; \
	done
	@go run ./wasm/contract/generate | cmp -s - web/contract.js || { echo "web/contract.js differs from wasm/contract: make contract"; exit 1; }
	npx tsc --project web
	npx tsc --project worker
	npx tsc --project web/test
	@$(MAKE) --no-print-directory platforms

platforms: ## serve for every platform it is made for, compiled and linked, kept nowhere
	@for p in $(PLATFORMS); do \
	  CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build -o /dev/null ./core/cmd/serve || { echo "$$p: failed"; exit 1; }; \
	  echo "$$p: ok"; \
	done

test-core: $(if $(CI),clients) ## core and command, native
	@mkdir -p bin
	$(SKIPPED) -to bin/skipped-core go test ./...

test-race: ## the same packages under the race detector, the long ones in short
	go test -race -short ./core/...

.PHONY: test-clients test-clients-present clients
test-clients: clients ## a dozen real clients (curl, git, ffmpeg, ...) against serve, installing what is missing
	@mkdir -p bin
	VITRINE_CLIENTS=$$(command -v apt-get >/dev/null && echo required || echo present) \
	  $(SKIPPED) -to bin/skipped-clients go test -count=1 -timeout=5m ./core/internal/clients

# The same with the clients that are there: make test, unless CI is set.
test-clients-present:
	@mkdir -p bin
	VITRINE_CLIENTS=present $(SKIPPED) -to bin/skipped-clients go test -count=1 -timeout=5m ./core/internal/clients

test-js: ## the same core and the browser's packages under GOOS=js, in Node
	$(WASM) go test -exec='$(NODE_EXEC)' $(IN_BROWSER)

test-browser: build node_modules chromium $(if $(CI),other-browsers) ## the real page in a real Chromium, its main path in Firefox and WebKit
	VITRINE_BROWSERS=$(if $(CI),$$(command -v apt-get >/dev/null && echo required || echo present),present) \
	  node --test --test-concurrency=2 --test-timeout=900000 --test-reporter=spec --test-reporter-destination=stdout \
	  --test-reporter=./web/test/skipped.mjs --test-reporter-destination=bin/skipped-browser web/test/*.test.mjs

test-edge: ## the edge program in Node and in Cloudflare's own runtime
	npm ci --no-audit --no-fund --prefix worker/cloudflare
	node worker/cloudflare/test.mjs

.PHONY: contract
contract: ## web/contract.js: what page, worker and scripts agree on, from wasm/contract
	go run ./wasm/contract/generate > web/contract.js

picture: build node_modules chromium ## the README's picture, taken anew
	node web/test/picture.mjs

spec: ## core/RULES.md anew: each rule of http.server's behaviour with the tests that show it
	go run ./core/cmd/spec

fuzz: ## every fuzz target, FUZZ runs each (a time works too: make fuzz FUZZ=1m)
	@go list -f '{{.Dir}} {{.ImportPath}}' ./core/... ./wasm/... | while read dir pkg; do \
	  grep -ho '^func Fuzz[A-Za-z0-9]*' $$dir/*_test.go 2>/dev/null | sed 's/^func //' | while read target; do \
	    echo "$$pkg $$target"; go test $$pkg -run='^$$' -fuzz="^$$target$$" -fuzztime=$(FUZZ) || exit 1; \
	  done || exit 1; \
	done

bench: ## speed with allocations; serve beside net/http's FileServer in the same run
	go test -run='^$$' -bench=. -benchmem ./core/...

# nginx is Debian's, and is not started as a service. The other peers are a module of
# their own: their dependencies are not this one's.
bench-native: build ## serve beside nginx and the file servers of fasthttp and net/http (BENCH='-rounds 5 -span 1s'; BENCH='-rounds 3 -loads 304' is quick)
	@missing=$$(for p in nginx wrk; do PATH=$$PATH:/usr/sbin command -v $$p >/dev/null || echo $$p; done | sed s/nginx/nginx-light/); \
	[ -z "$$missing" ] || { \
	  echo "To measure with is missing: installing Debian's packages" $$missing; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  $$SUDO apt-get update -qq && $$SUDO env RUNLEVEL=1 apt-get install --no-install-recommends -y -qq $$missing; }
	@mkdir -p bin/bench
	cd core/internal/nativebench/peers && go build $(STRIP) -o '$(CURDIR)/bin/bench/peers' .
	PATH=$$PATH:/usr/sbin go run ./core/internal/nativebench $(BENCH)

bench-browser: build node_modules chromium bench-peer ## speed in Chromium beside a bare service worker and a peer (BLOCKS=9, JSON=file; BLOCKS=1 is quick)
	node web/test/bench/main.mjs

bench-firefox: build node_modules other-browsers ## speed in Firefox beside a bare service worker (BLOCKS=9)
	node web/test/bench/firefox.mjs

# The peer is a module of its own: its dependencies are not this one's.
bench-peer:
	@mkdir -p bin/bench
	cd web/test/bench/peer && $(WASM) go build $(STRIP) -o '$(CURDIR)/bin/bench/peer.wasm' .
	cat "$$(cd web/test/bench/peer && go list -m -f '{{.Dir}}' github.com/nlepage/go-wasm-http-server/v2)/sw.js" > bin/bench/wasmhttp.js
	cp $(GOROOT)/lib/wasm/wasm_exec.js bin/bench/

size: site node_modules ## raw and compressed size of each wasm file
	@node web/test/size.mjs dist/page.wasm dist/sw.wasm

clean: ## what can be built again
	rm -rf dist bin core/cmd/serve/appdist

$(STATICCHECK):
	GOBIN='$(CURDIR)/.tools' go install honnef.co/go/tools/cmd/staticcheck@v0.8.2

node_modules: package-lock.json
	npm ci --no-audit --no-fund
	@touch node_modules

# Debian's packages of the programs in core/internal/clients. Without apt-get, as on
# macOS, the tests take the programs that are there.
CLIENTS := apache2-utils aria2 busybox curl ffmpeg git lftp openssl python3-httpx w3m wget zsync
clients:
	@command -v apt-get >/dev/null || exit 0; \
	missing=$$(for p in $(CLIENTS); do \
	  [ "$$(dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null)" = installed ] || echo $$p; done); \
	[ -n "$$missing" ] || exit 0; \
	echo "Clients to test with are missing: installing Debian's packages" $$missing; \
	if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	$$SUDO apt-get update -qq && $$SUDO apt-get install --no-install-recommends -y -qq $$missing

# Chromium or Chrome from the machine if there is one, else Debian's package.
chromium:
	@node web/test/find-browser.mjs chromium >/dev/null 2>&1 || { \
	  echo "No Chromium or Chrome found: installing Debian's chromium package."; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium; }

# The same for Firefox and WebKitGTK, where there is apt-get. Elsewhere, and where
# CI is not set, their tests are skipped if they are missing.
OTHER_BROWSERS := firefox:firefox-esr webkit:webkit2gtk-driver xvfb:xvfb
.PHONY: other-browsers
other-browsers:
	@command -v apt-get >/dev/null || exit 0; \
	missing=$$(for b in $(OTHER_BROWSERS); do \
	  node web/test/find-browser.mjs $${b%:*} >/dev/null 2>&1 || echo $${b#*:}; done); \
	[ -n "$$missing" ] || exit 0; \
	echo "Browsers to test with are missing: installing Debian's packages" $$missing; \
	if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	$$SUDO apt-get update -qq && $$SUDO apt-get install --no-install-recommends -y -qq $$missing
