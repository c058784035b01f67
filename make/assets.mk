# Styles and script: built from firsthand/web/assets and the npm packages, when either has changed.
ASSET_SOURCES := $(shell find firsthand/web/assets -type f)
ASSET_BUILT := firsthand/web/static/web/built
ASSET_PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: assets
assets: $(ASSET_BUILT)/.done  ## Build the pages' styles and script

node_modules/.done: package.json package-lock.json .npmrc | $(READY)
	PATH="$(ASSET_PATH)" npm ci --ignore-scripts --no-progress --loglevel=error
	touch $@

$(ASSET_BUILT)/.done: node_modules/.done $(ASSET_SOURCES)
	mkdir -p $(ASSET_BUILT)
	PATH="$(ASSET_PATH)" node firsthand/web/assets/build.js $(ASSET_BUILT)
	touch $@
