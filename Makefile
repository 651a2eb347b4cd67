# Two commands: `make serve` shows the page, `make test` proves it. `make help` lists the rest.
#
# ARGS goes to the program: make serve ARGS="--port 9000 --voice rms"

VISAVIS := .build/release/visavis
PYTHON  := .venv/bin/python
LIPS    := Sources/LipSync/Model/lips.onnx
SWIFT_SOURCES := Package.swift Sources Tests tools

.PHONY: help serve test test-swift test-import test-python build measure-sync measure-interruption measure-soak train evaluate-lips format lint clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26

serve: build ## install what is missing, build, and serve http://127.0.0.1:8080
	@$(VISAVIS) serve $(ARGS)

build: ## the release binary
	@scripts/setup
	@swift build -c release --product visavis

test: test-swift test-import test-python ## every test, the browser's included

# Neural networks keep all cores busy for minutes, and an upstream that stalls is told by the time that it takes: what
# runs them comes apart, one test after the other.
ALONE := ^(AvatarPreparation|Engines|Inference|MuseTalk|RealtimeUpstream)Tests
test-swift:
	@scripts/setup test
	@scripts/mini-model
	@swift test --skip '$(ALONE)' $(ARGS)
	@swift test --skip-build --no-parallel --filter '$(ALONE)' $(ARGS)

# In the Python that imports models: the other one has no PyTorch.
test-import:
	@scripts/mini-model
	@"$${VISAVIS_IMPORT_PYTHON:-$${VISAVIS_HOME:-.build/home}/import-venv/bin/python}" -B Tests/Import/test_import.py

# The server that these talk to is the release build, as a user has it.
test-python: build
	@scripts/setup test
	@swift build -c release --product realtime-stand-in
	@$(PYTHON) -m pytest -q Tests/Training Tests/Protocol Tests/Commands Tests/Browser

measure-sync: build ## A/V skew in a real browser over 30 s of speech, one JSON line
	@scripts/setup test
	@$(PYTHON) Tests/Browser/measure_sync.py

measure-interruption: build ## how fast the avatar falls silent, by button and by voice, one JSON line
	@scripts/setup test
	@$(PYTHON) Tests/Browser/measure_interruption.py

measure-soak: build ## half an hour of conversation: does memory grow, do picture and sound drift apart?
	@scripts/setup test
	@$(PYTHON) Tests/Browser/measure_soak.py $(ARGS)

train: ## the network that reads lips off speech, from text and Debian's voices: within an hour on two cores
	@scripts/setup train
	@$(PYTHON) training/train.py $(ARGS)
	@$(if $(ARGS),,$(PYTHON) training/golden.py $(LIPS))

evaluate-lips: ## how right the lips are in voices and a language that the network has never heard
	@scripts/setup train
	@swift build -c release --product lips-read
	@$(PYTHON) training/evaluate.py $(ARGS)

format: ## lay out the Swift sources
	@swift format format --in-place --recursive --parallel $(SWIFT_SOURCES)

lint: ## the layout and the rules that CI insists on
	@swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

clean: ## forget everything that was built
	@rm -rf .build .venv
