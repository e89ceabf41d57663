# Baton's commands. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# What a fresh Debian 12 with a Swift toolchain lacks.
BUILD_PACKAGES := libcurl4-openssl-dev libhiredis-dev libpsl-dev libsqlite3-dev zlib1g-dev
TEST_PACKAGES := redis-server strace chromium chromium-driver

# The direction of imports in Package.swift is enforced in every build.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
RELEASE_FLAGS := $(SWIFT_FLAGS) -c release

# So many tests at once: with all of them the processors are so busy that what waits for a socket gives up.
WIDTH := --experimental-maximum-parallelization-width 8

ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

define install
	@missing=""; for package in $(1); do dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then echo "Installing$$missing"; $(ROOT) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(ROOT) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

# Runs a part of the tests; what failed is said again at the end, where it is not lost among thousands of lines.
define run-tests
	@set -o pipefail; log=$$(mktemp); trap 'rm -f $$log' EXIT; \
	swift test $(SWIFT_FLAGS) --skip-build $(1) $(WIDTH) 2>&1 | tee $$log || { \
	  echo; echo "What failed:"; grep -A 2 -E '✘ .* recorded an issue|✘ Test .* failed|[Ff]atal error|error: ' $$log | grep -v '^--$$' | cut -c 1-500 | tail -n 40; exit 1; }
endef

.PHONY: help demo run build test stress bench lint tsan deps test-deps

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|'

demo: deps ## Start Baton with stand-ins for every service, and a page to see it all; no account needed
	@swift build $(SWIFT_FLAGS) --product baton
	@"$$(swift build $(SWIFT_FLAGS) --show-bin-path)/baton" demo

run: deps ## Start the service with the configuration in config/ and the environment
	@swift build $(RELEASE_FLAGS) --product baton
	@"$$(swift build $(RELEASE_FLAGS) --show-bin-path)/baton" serve

build: deps ## Build the release binary
	swift build $(RELEASE_FLAGS) --product baton

test: deps test-deps ## Build everything and run every test
	swift build $(SWIFT_FLAGS) --build-tests
	$(call run-tests,--skip JourneyTests)
	$(call run-tests,--filter JourneyTests)

stress: deps test-deps ## Kill the service, alone and as one of three on Redis, at every call and commit of a lead's way, or at POINT=…
	swift build $(SWIFT_FLAGS) --build-tests
	SWEEP="$(or $(POINT),all)" swift test $(SWIFT_FLAGS) --skip-build --filter CrashSweepTests

bench: deps ## Measure acknowledgement, form to card, clicks, hanging services, throughput, calls to HubSpot, memory and start-up
	@swift build $(RELEASE_FLAGS) --product baton
	@swift build $(RELEASE_FLAGS) --product bench
	@"$$(swift build $(RELEASE_FLAGS) --show-bin-path)/bench" $(ONLY)

lint: ## Check the format of all Swift code
	swift format lint --strict --recursive Sources Tests Package.swift

tsan: deps test-deps ## Run the transport's tests under the thread sanitizer
	TSAN_OPTIONS="suppressions=$(CURDIR)/Tests/tsan.supp" swift test $(SWIFT_FLAGS) --sanitize=thread --scratch-path .build-tsan --filter CurlTests

deps:
	@command -v swift >/dev/null || { echo "Baton needs a Swift toolchain, 6.2 or newer: https://www.swift.org/install/linux/"; exit 1; }
	$(call install,$(BUILD_PACKAGES))

test-deps:
	$(call install,$(TEST_PACKAGES))
