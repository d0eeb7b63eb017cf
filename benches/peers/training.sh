#!/usr/bin/env bash
# Compares training time with LIBLINEAR; see training.py. Usage: benches/peers/training.sh [DATA.jsonl…]
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=benches/peers/env.sh
. benches/peers/env.sh
data=("$@")
if [ ${#data[@]} -eq 0 ]; then
  data=(data/corpus/*.jsonl)
fi
cargo build --release --quiet --example fit
"$work/env/bin/python" benches/peers/training.py target/release/examples/fit "${data[@]}"
