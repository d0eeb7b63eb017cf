#!/usr/bin/env bash
# Evaluates detente and its peers on the same sentences and prints one table.
# Usage: benches/peers/run.sh [EVALUATE.jsonl [TRAIN.jsonl…]]
# Creates a virtual environment in target/peers with vaderSentiment, TextBlob and scikit-learn.
set -euo pipefail
cd "$(dirname "$0")/../.."

evaluate=${1:-../shared/real/dev.jsonl}
shift || true
train=("$@")
if [ ${#train[@]} -eq 0 ]; then
  train=(data/corpus/*.jsonl ../shared/real/train.jsonl ../shared/real/soft.jsonl)
fi

# shellcheck source=benches/peers/env.sh
. benches/peers/env.sh
"$work/env/bin/python" benches/peers/peers.py "$evaluate" "$work/peers.csv" "${train[@]}"

peers=()
for peer in vader textblob tfidf-ridge tfidf-logistic; do
  peers+=(--peer "$work/peers.csv:$peer")
done
cargo run --release --quiet -- evaluate "$evaluate" "${peers[@]}"
