# Undertone. `make run` starts the whole system on this machine, `make test` runs every test.

PORT ?= 8080
HOST ?= 127.0.0.1
STATE ?= .undertone
TRAIN_EVERY ?=
ACCESS_CODE ?=
ADMIN_CODE ?=
MOOD_WEBHOOK ?=
OIDC ?=
LINK_PREVIEWS ?=
ifneq ($(filter-out yes no,$(LINK_PREVIEWS)),)
$(error LINK_PREVIEWS is $(LINK_PREVIEWS): it must be yes or no)
endif
ROOMS_BY ?=
ifneq ($(filter-out everyone admins,$(ROOMS_BY)),)
$(error ROOMS_BY is $(ROOMS_BY): it must be everyone or admins)
endif
STAGE ?= dev
VERSION ?=
TRAINER ?=
TO ?=
ARCHITECTURE ?=
# Processes that run tests. Each loads all tests, and has a browser and a chat of its own, up to 1 GiB: on two cores, four took
# 10 to 19 % longer than three in the tests with a browser, and two 8 %.
WORKERS ?= 3
AWS_STAGE = --stage "$(STAGE)" $(if $(REGION),--region "$(REGION)")

# The value of a variable, quoted for the shell so that even $ and quotes stay as they are.
quoted = '$(subst ','\'',$(value $(1)))'

# An organisation's own look of the page, if any of it is given; an empty one takes it back.
option = $(if $(filter command line environment,$(origin $(2))),$(1) $(call quoted,$(2)))
given_look = $(call option,--chat-name,CHAT_NAME) $(call option,--logo,LOGO) $(call option,--accent,ACCENT) \
	$(call option,--style,STYLE)

# The first of these that works and is new enough; `make PYTHON=/path/to/python3.12 run` chooses another.
ifndef PYTHON
PYTHON := $(shell for p in python3.13 python3.12 python3.14 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
BIN := .venv/bin
CURRENT_VERSION := $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' chalice_app/chalicelib/__init__.py)

.PHONY: help setup run demo train model chalice-local reset test test-fast bench lint format package screenshots deploy destroy export restore rollback rotate status train-now release constraints clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1@/p' $(MAKEFILE_LIST) | column -t -s @

setup: .venv/ready ## create .venv with all requirements

.venv/ready: requirements-dev.txt constraints.txt chalice_app/requirements.txt trainer/requirements.txt
	@if [ -z "$(PYTHON)" ]; then echo "Undertone needs Python 3.11 or later with venv and found none: install python3.12 (Debian: also python3.12-venv), or run make PYTHON=/path/to/python3" >&2; exit 1; fi
	@echo "Setting up .venv with $$($(PYTHON) --version) (once, less than a minute) ..."
	@test "$$($(BIN)/python -V 2>&1)" = "$$($(PYTHON) -V 2>&1)" && $(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| $(PYTHON) -m venv --clear .venv
	@# Where uv is not to be had, or knows nothing of the index that pip is set up for, pip installs the same.
	@$(BIN)/pip install --disable-pip-version-check --quiet $$(sed -n '/^uv==/p' requirements-dev.txt) \
		&& $(BIN)/uv pip install --python $(BIN)/python -r requirements-dev.txt -c constraints.txt \
		|| { echo "uv could not install the packages; pip does, in one to three minutes ..."; \
		$(BIN)/pip install --disable-pip-version-check --progress-bar on -r requirements-dev.txt -c constraints.txt \
		| sed -u -n 's/^Collecting \([A-Za-z0-9_.-]*\).*/  \1/p; s/^Installing collected packages.*/  installing .../p'; \
		test -x $(BIN)/pytest || { echo "The packages of requirements-dev.txt could not be installed; pip said why above." >&2; exit 1; }; }
	@$(BIN)/python -m local --app chalice_app --prepare
	@touch .venv/ready

# How people sign in with a provider: docs/operations.md explains each. Those that were given, on the command line or in
# the environment.
SIGN_IN := OIDC_ISSUER OIDC_CLIENT_ID OIDC_CLIENT_SECRET OIDC_SCOPE OIDC_LABEL OIDC_MEMBERS OIDC_ADMINS \
	OIDC_SESSION_HOURS NAME_SIGN_IN
given_sign_in = $(foreach v,$(SIGN_IN),$(if $(filter command line environment,$(origin $(v))),$(v)))

run: .venv/ready ## start everything on this machine (PORT=8080 HOST=127.0.0.1 STATE=.undertone ACCESS_CODE= ADMIN_CODE= OIDC=demo LINK_PREVIEWS=yes ROOMS_BY=admins CHAT_NAME= LOGO= ACCENT=\#5b2245 STYLE=own.css TRAIN_EVERY=seconds)
ifeq ($(OIDC),demo)
	@exec $(BIN)/python -m testkit.demo_provider $(MAKE) --no-print-directory run OIDC=
else
	@policy=$$($(BIN)/python -m deploy_extras.content_security_policy) && \
		sign_in=$$(PYTHONPATH=chalice_app $(BIN)/python -m deploy_extras.sign_in) && \
		site=$(if $(strip $(given_look)),$$($(BIN)/python -m deploy_extras.look --out build/site $(given_look)),static_site) && \
		exec $(BIN)/python -m local --app chalice_app --site "$$site" --stage local \
		--template deploy_extras/template.yaml --parameter Stage=local \
		--state "$(STATE)" --port "$(PORT)" --host "$(HOST)" --version "$(CURRENT_VERSION)" \
		--site-header "Content-Security-Policy: $$policy" \
		$(if $(value ACCESS_CODE),--env ACCESS_CODE=$(call quoted,ACCESS_CODE)) \
		$(if $(value ADMIN_CODE),--env ADMIN_CODE=$(call quoted,ADMIN_CODE)) \
		$(if $(value MOOD_WEBHOOK),--env MOOD_WEBHOOK=$(call quoted,MOOD_WEBHOOK)) \
		$(foreach v,$(given_sign_in),--env $(v)=$(call quoted,$(v))) --config "signIn=$$sign_in" \
		$(if $(filter yes,$(LINK_PREVIEWS)),--env LINK_PREVIEWS=yes) \
		--config linkPreviews=$(if $(filter yes,$(LINK_PREVIEWS)),true,false) \
		$(if $(ROOMS_BY),--env ROOMS_BY=$(ROOMS_BY)) --config 'roomsBy="$(or $(ROOMS_BY),everyone)"' \
		$(if $(TRAIN_EVERY),--every "$(TRAIN_EVERY)" "nice $(BIN)/python -m trainer run")
endif

demo: .venv/ready ## start a new chat with five people who talk in it (PORT=8080)
	@$(MAKE) --no-print-directory reset STATE=.undertone-demo
	@exec $(BIN)/python -m testkit.demo "http://127.0.0.1:$(PORT)/" $(MAKE) --no-print-directory run STATE=.undertone-demo

train: .venv/ready ## train on what people labelled in a running chat (STATE=.undertone)
	@exec $(BIN)/python -m local.within --app chalice_app --stage local --state "$(STATE)" -- \
		$(BIN)/python -m trainer run

model: .venv/ready ## train the default model anew and put it into the application
	@$(BIN)/python -m trainer embed

chalice-local: .venv/ready ## serve only the REST routes, on the data of a running stack (PORT=8000 STATE=.undertone)
	@exec $(BIN)/python -m local.rest_only --app chalice_app --stage local --state "$(STATE)" \
		--port "$(if $(filter command line environment,$(origin PORT)),$(PORT),8000)"

reset: ## delete what make run has stored (STATE=.undertone)
	@pid=$$(sed -n 's/.*"pid": *\([0-9]*\).*/\1/p' "$(STATE)/endpoints.json" 2>/dev/null); \
		if [ -n "$$pid" ] && kill -0 "$$pid" 2>/dev/null; then echo "A stack runs on $(STATE) (process $$pid): stop it first." >&2; exit 1; fi
	rm -rf "$(STATE)"

test: .venv/ready ## run every test, the browser ones too (CHROMIUM=/path/to/chromium WORKERS=4)
	@$(BIN)/python -m testkit.chromium
	@# Each file runs in one process, in order: its tests share stages and browsers, and some must come last.
	@# Hundreds of processes start during the tests: without bytecode, each would compile its modules again.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n "$(WORKERS)" --dist loadfile --no-loadscope-reorder --durations=10

test-fast: .venv/ready ## run only the unit tests
	@$(BIN)/pytest tests/unit

bench: .venv/ready ## run every benchmark; a single one: .venv/bin/python -m bench fanout
	@for name in fanout room chat cost classify coldstart stress; do $(BIN)/python -m bench $$name || exit 1; echo; done

lint: .venv/ready ## check the code: ruff, mypy, oxlint, cfn-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings static_site
	$(BIN)/cfn-lint deploy_extras/trainer.yaml
	$(BIN)/python -m deploy_extras.template | $(BIN)/cfn-lint

format: .venv/ready ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

package: .venv/ready ## build and check the Lambda package, also as a CloudFormation template, in dist/ (STAGE=dev ARCHITECTURE=)
	@$(BIN)/python -m deploy_extras.package --out dist --stage "$(STAGE)" \
		$(if $(ARCHITECTURE),--architecture "$(ARCHITECTURE)")

screenshots: .venv/ready ## take pictures of the page's screens, in both themes and three widths (minutes; SCREENS="pulse live")
	@$(BIN)/python -m docs.screenshots $(SCREENS)

deploy: .venv/ready ## deploy to AWS (STAGE=dev REGION= ACCESS_CODE= ADMIN_CODE= OIDC_ISSUER= LINK_PREVIEWS= ROOMS_BY= CHAT_NAME= LOGO= ACCENT= STYLE= TRAINER= ARCHITECTURE= SUBNET= PARAMETERS="AlarmEmail=…" UNLOCK=)
	@$(BIN)/python -m deploy_extras deploy $(AWS_STAGE) \
		$(if $(TRAINER),--trainer "$(TRAINER)") $(if $(ARCHITECTURE),--architecture "$(ARCHITECTURE)") \
		$(if $(filter command line environment,$(origin ACCESS_CODE)),--access-code $(call quoted,ACCESS_CODE)) \
		$(if $(filter command line environment,$(origin ADMIN_CODE)),--admin-code $(call quoted,ADMIN_CODE)) \
		$(foreach v,$(given_sign_in),--setting $(v)=$(call quoted,$(v))) \
		$(if $(SUBNET),--subnet "$(SUBNET)") $(if $(UNLOCK),--unlock) $(foreach p,$(PARAMETERS),--parameter "$(p)") \
		$(given_look) \
		$(if $(LINK_PREVIEWS),--parameter "LinkPreviews=$(LINK_PREVIEWS)") \
		$(if $(ROOMS_BY),--parameter "RoomsBy=$(ROOMS_BY)")

destroy: .venv/ready ## remove a stage from AWS, except its messages, files and models (STAGE= REGION= DATA=delete YES=prod)
	@$(BIN)/python -m deploy_extras destroy $(AWS_STAGE) $(if $(DATA),--data "$(DATA)") $(if $(YES),--yes "$(YES)")

rollback: .venv/ready ## give the functions on AWS their earlier package again (STAGE=dev REGION= UNLOCK=)
	@$(BIN)/python -m deploy_extras rollback $(AWS_STAGE) $(if $(UNLOCK),--unlock)

rotate: .venv/ready ## make a new key that signs tokens, or pushes, on AWS (KEY=tokens STAGE=dev REGION= YES=)
	@$(BIN)/python -m deploy_extras rotate $(AWS_STAGE) $(if $(KEY),--key "$(KEY)") $(if $(YES),--yes "$(YES)")

restore: .venv/ready ## bring messages and files on AWS back as they were (STAGE=dev REGION= AT=2026-11-29T12:00Z TRAINER=yes)
	@$(BIN)/python -m deploy_extras restore $(AWS_STAGE) --at "$(AT)" --trainer "$(TRAINER)"

export: .venv/ready ## write every room with its files into a folder (TO=folder STAGE=dev REGION=; STAGE=local: of make run)
	@test -n "$(TO)" || { echo "Say where to: make export TO=folder" >&2; exit 1; }
	@PYTHONPATH=chalice_app $(BIN)/python -m deploy_extras export $(AWS_STAGE) --to "$(TO)" \
		$(if $(filter local,$(STAGE)),--state "$(STATE)")

train-now: .venv/ready ## start a training on AWS now (STAGE=dev REGION=)
	@$(BIN)/python -m deploy_extras train $(AWS_STAGE)

status: .venv/ready ## show what runs on AWS (STAGE=dev REGION=)
	@$(BIN)/python -m deploy_extras status $(AWS_STAGE)

release: .venv/ready ## set the version, date the changelog, commit and tag; pushes nothing (VERSION=0.2.0)
	@$(BIN)/python -m tools.release $(call quoted,VERSION)

constraints: .venv/ready ## pin the versions of this .venv in constraints.txt
	@{ sed '/^[^#]/,$$d' constraints.txt; $(BIN)/pip freeze --exclude-editable | grep -v '^numpy=='; } > constraints.new
	@mv constraints.new constraints.txt

clean: ## remove everything that is built, but not what make run has stored
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
