# Thin names for the Maven commands; Maven alone does the same.
MVN ?= mvn -B -ntp
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help test quickstart two-jvms tck hash bench bench-full bench-local bench-heard bench-layouts bench-plots format

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: ## every check of every module, the TCK included
	$(MVN) verify

quickstart: ## run the quick start on a Redis of its own
	$(MVN) -q -pl examples -am compile -Dquickstart

two-jvms: ## listeners and a local tier in two JVMs, on a Redis of their own
	$(MVN) -q -pl examples -am compile -Dquickstart=TwoJvms

tck: ## the TCK alone, with the unit tests of what it needs
	$(MVN) -pl tck-runner -am verify -DskipITs

hash: ## all tests of the layout hash, the TCK among them; REDIS_SERVER names a Redis 8 or Valkey 9.1
	$(MVN) -pl provider -am verify -Dgroups=field-lifetimes
	$(MVN) -pl tck-runner -am verify -DskipTests -Dtck.skip=false -Dtck.layout=hash

BENCH = $(MVN) -q -pl jmh -am verify -DskipTests -Pbench -Dbench.args

bench: ## compare with others in under ten minutes; ARGS="--help" tells what else there is
	$(BENCH)="$(ARGS)"

bench-full: ## the same for an hour and a half, into docs; ARGS="--java-home DIR" names a JDK 25
	$(BENCH)="--full --plots ../docs/img --data ../docs/data/full.json $(ARGS)"

bench-local: ## how much longer a hit of the local tier takes than Caffeine or the codec alone
	$(BENCH)="$(ARGS)" -Dbench.main=org.jcacheredis.jmh.LocalHits

bench-heard: ## how much longer a put takes that a listener in another JVM hears of
	$(BENCH)="$(ARGS)" -Dbench.main=org.jcacheredis.jmh.HeardPuts

bench-layouts: ## what whole caches cost on the server, layout beside layout; ARGS="--help" tells more
	$(BENCH)="$(ARGS)" -Dbench.main=org.jcacheredis.jmh.layouts.Layouts

bench-plots: ## draw docs/img again from what was measured, docs/data/full.json
	$(BENCH)="--draw ../docs/data/full.json --plots ../docs/img $(ARGS)"

format: ## format the Java sources
	$(MVN) -q spotless:apply
