#!/usr/bin/env bash
# Compares the speed of detente and its peers, interleaved in one run; see speed.py. Usage: benches/peers/speed.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=benches/peers/env.sh
. benches/peers/env.sh
# peers that cannot be installed everywhere
"$work/env/bin/pip" install --quiet fasttext-wheel vowpalwabbit || echo "fastText or Vowpal Wabbit cannot be installed here" >&2
cargo build --release --quiet
"$work/env/bin/python" benches/peers/speed.py target/release/detente "${1:-5}"
