# What you can do here; `make` alone prints this list.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
venv := .venv/bin/python -P
# pip asks its index for a newer pip at every start; nobody here wants to know.
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# $(call installed,STAMP): whether .venv runs, belongs to this folder and holds what the lock says.
installed = $(venv) -c 'import pathlib, sys, feedpub.cli.app, feedpub.build; \
	sys.exit(pathlib.Path(feedpub.__file__).parent.parent != pathlib.Path.cwd())' 2>/dev/null \
	&& cat pyproject.toml dev.lock | cmp -s - .venv/$(1)

# $(call install,STAMP,WHAT): makes .venv anew and installs WHAT in the versions of the lock.
install = test -n "$(PYTHON)" || { echo "feedpub needs Python 3.11 or newer: install it, or say make PYTHON=..." >&2; exit 2; }; \
	echo "Making .venv and installing feedpub into it (once) ..." >&2; \
	rm -rf .venv && $(PYTHON) -m venv .venv && \
	.venv/bin/python -m pip install --quiet --constraint dev.lock $(2) --editable . && \
	cat pyproject.toml dev.lock > .venv/$(1)

.PHONY: help feeds test real lint oldest lock clean installed installed-dev installed-real

help:  ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

installed:
	@$(call installed,for-users) || $(call installed,for-developers) || { $(call install,for-users,); }

installed-dev:
	@$(call installed,for-developers) || { $(call install,for-developers,--requirement dev.lock); }

feeds: installed  ## build the example: articles/ and config.toml to feeds/
	@$(venv) -m feedpub build
	@echo "Open feeds/atom.xml or feeds/rss.xml in a feed reader; config.toml says what is in them."

# $(call lock,OPTIONS): resolves what pyproject.toml states.
lock = $(venv) -m uv pip compile --quiet --universal --python-version 3.11 $(1) pyproject.toml \
	--no-annotate --no-emit-index-url --custom-compile-command "make lock" --upgrade

installed-real: installed-dev
	@cmp -s real.lock .venv/for-real || { echo "Installing real servers into .venv (once) ..." >&2; \
		$(venv) -m pip install --quiet --requirement real.lock && cp real.lock .venv/for-real; }

test: installed-dev  ## run the quick tests, in under a minute
	@$(venv) -m pytest -n auto -m "not real"

real: installed-real  ## run the tests that need real servers and programs from Debian
	@$(venv) -m pytest -m real --basetemp "$$(mktemp -d)/tests"

lint: installed-dev  ## ruff and mypy, as CI runs them
	@$(venv) -m ruff check . && $(venv) -m ruff format --check . && $(venv) -m mypy

oldest: installed-dev  ## run the quick tests with the oldest libraries that pyproject.toml allows
	@$(venv) -m pip install --quiet uv
	@$(venv) -m uv venv --quiet --clear .oldest
	@$(venv) -m uv pip compile --quiet --resolution lowest-direct --all-extras pyproject.toml \
		--output-file .oldest/libraries.txt > /dev/null
	@$(venv) -m uv pip install --quiet --python .oldest --requirements .oldest/libraries.txt \
		--group dev --editable .
	@.oldest/bin/python -P -m pytest -n auto -m "not real"

lock: installed-dev  ## write dev.lock and real.lock anew from pyproject.toml
	@$(venv) -m pip install --quiet uv
	@$(call lock,--group dev --output-file dev.lock)
	@$(call lock,--group real --constraint dev.lock --output-file real.lock)

clean:  ## remove .venv and every cache
	@rm -rf .venv .oldest .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
