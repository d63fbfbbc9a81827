# Two commands do everything: `make study` to learn, `make test` to develop.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUE := quizdl/locale/ko/LC_MESSAGES/quizdl

.PHONY: study test messages schema pictures bench clean

study: $(VENV)/.installed
	@$(BIN)/quizdl study

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -q

# The virtual environment is made anew when what it must hold has changed.
$(VENV)/.installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing quizdl into $(VENV) (once; about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

# Gather the texts of the interface, merge them into the Korean catalogue and compile it.
messages: $(VENV)/.installed-dev
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --no-wrap --sort-output --project quizdl -o $(CATALOGUE).pot quizdl
	$(BIN)/pybabel -q update -i $(CATALOGUE).pot -o $(CATALOGUE).po -l ko --no-wrap --ignore-obsolete
	$(BIN)/pybabel -q compile -i $(CATALOGUE).po -o $(CATALOGUE).mo
	rm $(CATALOGUE).pot

# The JSON Schema that editors complete packs with.
schema: $(VENV)/.installed
	$(BIN)/quizdl pack schema > quizdl/packs/pack.schema.json

# The pictures of the README, made by the app.
pictures: $(VENV)/.installed-dev
	$(BIN)/python tests/app/pictures.py

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks --write

clean:
	rm -rf $(VENV) dist build
