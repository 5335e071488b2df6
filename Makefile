# Thin names for the Maven commands; Maven alone does the same.
MVN ?= mvn -B -ntp
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help test quickstart tck bench format

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: ## every check of every module, the TCK included
	$(MVN) verify

quickstart: ## run the quick start on a Redis of its own
	$(MVN) -q -pl examples -am compile -Dquickstart

tck: ## the TCK alone, with the unit tests of what it needs
	$(MVN) -pl tck-runner -am verify -DskipITs

bench: ## compare with others; ARGS="--full" or ARGS="--help"
	$(MVN) -q -pl jmh -am verify -DskipTests -Pbench -Dbench.args="$(ARGS)"

format: ## format the Java sources
	$(MVN) -q spotless:apply
