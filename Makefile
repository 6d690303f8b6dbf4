# What a developer of whowon types. `make` alone lists it.
#
# make run      the bot in this terminal
# make test     all tests, with the race detector and in random order
# make lint     gofmt, go vet and golangci-lint
# make facts    check the tables, and build the embedded snapshot from them; RAW=DIR compiles the tables first
# make bench    benchmarks, with those against peers (facts/bench, a module of its own)
# make bench-judge SETS=DIR  what the judge of typed answers and rules of other bots make of labelled answers in DIR
# make bench-slack    what Slack's events cost beside bare slack-go, and how long acknowledgements take (bot/slack/bench)
# make bench-discord  what Discord's events cost beside bare discordgo; FLAGS=-memory watches the memory (bot/discord/bench)
# make herd     50,000 posts that are due at once, against Discord's limits, in a clock of their own (a minute or two)
# make audit    compare what is due in every time zone, at every half hour of 2020 to 2030, with an oracle (minutes)
# make reliability  kill the bot 300 times a platform, share its work among replicas, take the database away (15 minutes)
# make fuzz     every fuzz test for FUZZTIME each (10s)
# make build    the static binary ./whowon
# make release VERSION=1.2.3  static binaries for all systems, their checksums and the notes, in dist/
# make clean    remove what make build and make release wrote

GO               ?= go
GOLANGCI_VERSION := v2.15.0
TOOLS            ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/whowon/tools
GOLANGCI         := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)
VERSION          ?=
FUZZTIME         ?= 10s
BENCH            ?= .
TESTFLAGS        ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint facts bench bench-judge bench-discord bench-slack audit herd reliability fuzz build release clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run:
	$(GO) run ./cmd/whowon

test:
	CGO_ENABLED=1 $(GO) test -race -shuffle=on $(TESTFLAGS) ./...
	$(GO) test -shuffle=on -run='Build|Committed|Articles|Backup|Plans' ./facts/raw ./bot/store # what the first leaves out

lint: $(GOLANGCI)
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GOLANGCI) run ./...

# Built from source, so that it needs nothing but Go and knows the same Go version.
$(GOLANGCI):
	mkdir -p $(TOOLS)/install
	GOFLAGS= GOBIN=$(TOOLS)/install $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(TOOLS)/install/golangci-lint $@

facts:
	$(if $(RAW),,$(GO) run ./cmd/whowon facts check facts/data/tables)
	$(GO) run ./cmd/whowon facts build $(if $(RAW),--from $(RAW))

bench:
	$(GO) test -run='^$$' -bench='$(BENCH)' -benchmem ./...
	cd facts/bench && $(GO) test -run='^$$' -bench='$(BENCH)' -benchmem ./...

bench-judge:
	cd trivia/bench && $(GO) run ./cmd/judge $(abspath $(or $(SETS),../shared/judge))

bench-slack:
	cd bot/slack/bench && $(GO) run ./cmd/compare $(FLAGS)

bench-discord:
	cd bot/discord/bench && $(GO) run ./cmd/compare $(FLAGS)

audit:
	WHOWON_AUDIT=whole $(GO) test -run=Audit -v -timeout=60m ./bot/schedule/...

herd:
	WHOWON_HERD=whole $(GO) test -count=1 -run='^TestHerd' -v ./bot/discord

reliability:
	WHOWON_KILLS=300 WHOWON_REPLICAS=whole $(GO) test -count=1 -v -timeout=30m \
		-run='Killed|Replica|Rolling|DatabaseDown|DatabaseRestart|Disk|TakenWithoutWord|TestLost' \
		./bot/discord ./bot/slack ./bot/schedule/... ./bot/store ./cmd/whowon

# A package is compiled once for all its fuzz functions; go test runs one of them at a time. Their names are found, so that
# none is forgotten. They end by an interrupt and not by -fuzztime, which can fail when its time is up (go.dev/issue/75804,
# mended in Go 1.27).
fuzz:
	@set -e; \
	bin=$$(mktemp -d); trap 'rm -rf "$$bin"' EXIT; cache=$$($(GO) env GOCACHE)/fuzz; \
	found=$$(grep -r --include='*_test.go' --exclude-dir=bench '^func Fuzz' bot cmd facts trivia | \
		sed -E 's/^(.*)\/[^/]*:func (Fuzz[A-Za-z0-9_]*).*/\1 \2/' | sort); \
	test -n "$$found" || { echo "there is no fuzz test"; exit 1; }; \
	compiled=; echo "$$found" | while read -r dir name; do \
		echo "fuzz $$dir $$name"; \
		test "$$compiled" = "$$dir" || $(GO) test -c -fuzz=Fuzz -o "$$bin/fuzz.test" ./$$dir; \
		compiled=$$dir; \
		(cd $$dir && timeout --preserve-status -s INT $(FUZZTIME) "$$bin/fuzz.test" -test.run='^$$' \
			-test.fuzz="^$$name\$$" -test.fuzzminimizetime=10x -test.fuzzcachedir="$$cache/whowon/$$dir" </dev/null); \
	done

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w -X main.version=$(VERSION)' -o whowon ./cmd/whowon

# The same commit and the same Go give the same bytes, in whatever folder and on whatever system they are made: nothing of the
# machine is in them, and cgo, which would bring its compiler, is off.
TARGETS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
release:
	@test -n "$(VERSION)" || { echo "say which version: make release VERSION=1.2.3"; exit 2; }
	rm -rf dist && mkdir dist
	.ci/notes $(VERSION) > dist/notes.md
	@set -e; for target in $(TARGETS); do \
		os=$${target%/*}; arch=$${target#*/}; out=dist/whowon_$${os}_$$arch; \
		test $$os != windows || out=$$out.exe; \
		echo "$$out"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch GOFLAGS=-mod=readonly $(GO) build -trimpath -buildvcs=false \
			-ldflags='-s -w -X main.version=$(VERSION)' -o $$out ./cmd/whowon; \
	done
	cd dist && sha256sum whowon_* > SHA256SUMS

clean:
	rm -rf whowon dist
