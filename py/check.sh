#!/usr/bin/env bash
# Builds the wheel and runs its tests, each in a clean virtual environment.
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1

python3 -m venv "$work/bare"
"$work/bare/bin/pip" wheel --no-deps --wheel-dir "$work/dist" .
wheel=$(ls "$work"/dist/detente-*.whl)
size=$(stat -c %s "$wheel")
printf '%d bytes  %s\n' "$size" "$(basename "$wheel")"
test "$size" -le 17000000

# without any other package
"$work/bare/bin/pip" install --no-index "$wheel"
(cd "$work" && "$work/bare/bin/python" -c '
import sys, detente
assert detente.score("Talks collapsed on Sunday.").reading == "pessimistic"
assert "collapsed" in detente.explain("Talks collapsed on Sunday.").to_text()
assert not {"numpy", "pandas", "pyarrow"} & set(sys.modules)')
"$work/bare/bin/detente" --version
"$work/bare/bin/python" -m detente --version > /dev/null

python3 -m venv "$work/full"
python="$work/full/bin/python"
"$work/full/bin/pip" install "$wheel" -r requirements-test.txt
# spaCy, PySpark and Sail take 600 MB: they are tested where they are asked for, or installed anyway
if [ -n "${DETENTE_ALL_ENGINES:-}" ]; then
  "$work/full/bin/pip" install spacy pysail "$(command -v java > /dev/null && echo pyspark || echo pyspark-client)"
else
  echo "spaCy, PySpark and Sail are not tested: DETENTE_ALL_ENGINES is not set"
fi
"$work/full/bin/ruff" check --quiet .
"$work/full/bin/ruff" format --check --quiet .
"$python" -m mypy --strict --python-executable "$python" -p detente
"$python" -m mypy.stubtest detente._native --ignore-disjoint-bases
"$python" -m pytest -q -ra tests
