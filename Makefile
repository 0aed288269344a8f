# linkwatch: every way to build, try and test it. `make help` lists them.

LIBRARIES = libcurl4-openssl-dev libsqlite3-dev zlib1g-dev
# Real peers of the tests: nginx and openssl for the client, gcc for its slow resolver, gzip for its bodies, promtool for
# the metrics, Chromium for the page, systemd's tool for handing over sockets.
PEERS = nginx-light openssl gcc gzip prometheus chromium systemd
SOURCES = Package.swift Sources Tests
# Suites with threads of their own; the sanitizer wants a build of its own.
THREADED = 'CurlHTTPTests|HTTPServingTests|InventoryTests|PollingTests'

PORT ?= 8080

.PHONY: help build demo test lint check-build check-threads format clean swift libraries peers

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

demo: swift libraries ## Build and start the service on a simulated fleet
	swift build --product linkwatch
	.build/debug/linkwatch demo --port $(PORT)

build: swift libraries ## Build the service: .build/release/linkwatch
	swift build --configuration release --product linkwatch

test: lint check-build check-threads ## Lint, build with warnings as errors, run every test

lint: swift ## Check the format
	swift format lint --strict --recursive $(SOURCES)

# One test after the other: many hold time-outs and real peers to their word, which two cores full of other tests break.
check-build: swift libraries peers ## Build with warnings as errors and run every test
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --no-parallel

check-threads: swift libraries peers ## Run the suites with threads under the thread sanitizer
	SWIFT_BACKTRACE=enable=no TSAN_OPTIONS=halt_on_error=1 \
		swift test --sanitize thread --scratch-path .build-tsan --no-parallel --filter $(THREADED)

format: swift ## Put the sources into the one format
	swift format --in-place --recursive $(SOURCES)

clean: ## Remove what was built
	rm -rf .build .build-tsan

swift:
	@command -v swift >/dev/null || { echo "there is no swift: install Swift 6.3 or later from https://swift.org/install" >&2; exit 1; }

libraries:
	@Scripts/require $(LIBRARIES)

peers:
	@Scripts/require $(PEERS)
