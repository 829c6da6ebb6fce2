# Everything a developer does, by one name each. The program itself needs no C compiler; only the race detector does.
SHELL := /bin/bash
.DEFAULT_GOAL := help

LINT  := go tool -modfile=.ci/tools.mod golangci-lint
RACE  ?= $(shell command -v gcc >/dev/null 2>&1 && echo -race)
DIST  := static/dist/manifest.json

.PHONY: help run build assets generate test bench bench-million lint clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## build, migrate, load demo people, start, and say how to sign in
	./bin/portal migrate
	./bin/portal demo
	./bin/portal serve

build: assets ## bin/portal
	CGO_ENABLED=0 go build -o bin/portal ./cmd/portal

assets: $(DIST) ## style sheet, script and paper font into static/dist

$(DIST): static/package-lock.json static/build.mjs $(shell find static/src -type f 2>/dev/null)
	cd static && npm ci --no-audit --no-fund && npm run build
	@touch $(DIST)

generate: ## Go code of the templ components
	go tool templ generate -path templates

# The race detector makes everything several times slower, and sees only what runs at once. It watches the packages that start goroutines or are
# shared by all requests, and in the others the tests that do several things at once; everything else runs without it.
WATCHED := /(cmd/portal|app|app/(account|audit|calendar|callback|config|directory|document|finder|i18n|jobs|notice|outage|paper|rules|seal|store|web/kit))$$
AT_ONCE := ./app/application ./app/filing ./app/review ./app/web/caller ./app/web/reviewer

test: assets ## every test; with the race detector, where a C compiler is found, on everything that runs at once
	CGO_ENABLED=$(if $(RACE),1,0) go test $(RACE) -timeout 20m $$(go list ./... | grep -E '$(WATCHED)')
	$(if $(RACE),CGO_ENABLED=1 go test $(RACE) -timeout 20m -run 'AtOnce|Fifty|Claim|FrozenOnce' $(AT_ONCE))
	CGO_ENABLED=0 go test -timeout 30m $$(go list ./... | grep -vE '$(WATCHED)')
	$(if $(RACE),CGO_ENABLED=0 go test -timeout 10m ./app/callback -run 'TestFieldwork$$')

bench: assets ## the portal beside its floors, a table of ratios; some two minutes, nothing else should run
	CGO_ENABLED=0 go test ./app/bench -run '^$$' -bench 'Portal$$' -benchtime 1x -timeout 10m

bench-million: assets ## lists and searches on 1,000,000 filings in Postgres, with their plans; some minutes and 3 GB of disk
	CGO_ENABLED=0 go test ./app/bench -run '^$$' -bench 'Million$$' -benchtime 1x -timeout 30m -v

lint: ## formatting, vet, linters
	@test -z "$$(gofmt -l app cmd static templates)" || { gofmt -l app cmd static templates; exit 1; }
	CGO_ENABLED=0 go vet ./...
	CGO_ENABLED=0 $(LINT) run

clean: ## remove what was built; the database in var/ stays
	rm -rf bin static/dist/*
