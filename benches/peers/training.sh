#!/usr/bin/env bash
# Training time beside LIBLINEAR's; see training.py. Usage: benches/peers/training.sh [DATA.jsonl…]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=target/peers
mkdir -p "$work"
if [ ! -x "$work/env/bin/python" ]; then
  python3 -m venv "$work/env"
  "$work/env/bin/pip" install --quiet -r benches/peers/requirements.txt
fi
data=("$@")
if [ ${#data[@]} -eq 0 ]; then
  data=(data/corpus/*.jsonl)
fi
cargo build --release --quiet --example fit
"$work/env/bin/python" benches/peers/training.py target/release/examples/fit "${data[@]}"
