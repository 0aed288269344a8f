# linkwatch: every way to build, try and test it. `make help` lists them.

LIBRARIES = libcurl4-openssl-dev libsqlite3-dev zlib1g-dev
# Real peers of the tests: nginx and openssl for the client, gcc for its slow resolver, gzip for its bodies, promtool for
# the metrics, Chromium for the page, systemd's tool for handing over sockets.
PEERS = nginx-light openssl gcc gzip prometheus chromium systemd
# The peers and the clients of the benchmarks.
BENCH_PEERS = nginx-light wrk
BENCH_PACKAGES = Benchmarks Benchmarks/HummingbirdPeer
SOURCES = Package.swift Sources Tests $(foreach package,$(BENCH_PACKAGES),$(wildcard \
	$(package)/Package.swift $(package)/Sources $(package)/Tests))
# Suites with threads of their own; the sanitizer wants a build of its own.
THREADED = 'CurlHTTPTests|HTTPServingTests|InventoryTests|PollingTests'

PORT ?= 8080
# For `make bench`: which benchmarks (all of them if empty), how many rounds of how many seconds, and of which executable
# (it is built unless one is given).
ONLY ?=
ROUNDS ?= 7
SECONDS ?= 5
LINKWATCH ?=

.PHONY: help build demo test bench lint check-build check-threads check-bench format clean swift libraries peers

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

demo: swift libraries ## Build and start the service on a simulated fleet
	swift build --product linkwatch
	.build/debug/linkwatch demo --port $(PORT)

build: swift libraries ## Build the service: .build/release/linkwatch
	swift build --configuration release --product linkwatch

test: lint check-build check-threads check-bench ## Lint, build with warnings as errors, run every test

lint: swift ## Check the format
	swift format lint --strict --recursive $(SOURCES)

# One test after the other: many hold time-outs and real peers to their word, which two cores full of other tests break.
check-build: swift libraries peers ## Build with warnings as errors and run every test
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --no-parallel

check-threads: swift libraries peers ## Run the suites with threads under the thread sanitizer
	SWIFT_BACKTRACE=enable=no TSAN_OPTIONS=halt_on_error=1 \
		swift test --sanitize thread --scratch-path .build-tsan --no-parallel --filter $(THREADED)

# What the benchmarks are driven by is built and tested; nothing is timed, and Hummingbird is not built.
check-bench: swift ## Build and test the driver of the benchmarks
	swift test --package-path Benchmarks

bench: swift libraries ## Measure against nginx and Hummingbird; ONLY=links,idle ROUNDS=7 SECONDS=5
	@Scripts/require $(BENCH_PEERS)
	$(if $(LINKWATCH),,swift build --configuration release --product linkwatch)
	swift build --configuration release --package-path Benchmarks
	$(if $(or $(findstring hummingbird,$(ONLY)),$(if $(ONLY),,all)),\
		swift build --configuration release --package-path Benchmarks/HummingbirdPeer)
	@ONLY='$(ONLY)' ROUNDS='$(ROUNDS)' SECONDS='$(SECONDS)' LINKWATCH='$(or $(LINKWATCH),.build/release/linkwatch)' \
		Benchmarks/.build/release/bench

format: swift ## Put the sources into the one format
	swift format --in-place --recursive $(SOURCES)

clean: ## Remove what was built
	rm -rf .build .build-tsan $(addsuffix /.build,$(BENCH_PACKAGES))

swift:
	@command -v swift >/dev/null || { echo "there is no swift: install Swift 6.3 or later from https://swift.org/install" >&2; exit 1; }

libraries:
	@Scripts/require $(LIBRARIES)

peers:
	@Scripts/require $(PEERS)
