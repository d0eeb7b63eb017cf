#!/usr/bin/env bash
# Counts the instructions that each stage takes per byte of text, with callgrind: unlike times they do not depend on
# other load. Fails if a count differs by more than 5% from benches/record/instructions.tsv; `load` is in
# instructions per start. `--record` rewrites that file. Skipped without valgrind or with another compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
record=benches/record/instructions.tsv
if ! command -v valgrind >/dev/null; then
  echo "skipped: valgrind is not installed"
  exit 0
fi
# profile settings in the environment change the counts
compiler="$(rustc --version) $(env | sed -n 's/^CARGO_PROFILE_RELEASE_//p' | sort | tr '\n' ' ')"
if [ "${1:-}" != --record ] && [ ! -f "$record" ]; then
  echo "skipped: there is no $record; benches/count.sh --record writes it"
  exit 0
fi
if [ "${1:-}" != --record ] && [ "$(sed -n 's/^# //p' "$record" | head -n 1)" != "$compiler" ]; then
  echo "skipped: recorded with $(sed -n 's/^# //p' "$record" | head -n 1), this is $compiler"
  exit 0
fi
cargo build --release --quiet --example stages
count() { # stage, rounds
  valgrind --tool=callgrind --callgrind-out-file=/dev/null target/release/examples/stages "$1" "$2" 2>&1 |
    sed -n 's/^==[0-9]*== Collected : //p'
}
# three rounds minus one: loading the model and the first round are in both runs
bytes=$(target/release/examples/stages bytes 1 | sed -n 's/^.*(\([0-9]*\))$/\1/p')
counts=$(
  for stage in segment tokenise read extract score voices dates foreign article json; do
    echo "$stage $(count "$stage" 1) $(count "$stage" 3)" |
      awk -v bytes="$bytes" '{ printf "%s\t%.1f\n", $1, ($3 - $2) / 2 / bytes }'
  done
  echo "load $(count load 1) $(count load 3)" | awk '{ printf "%s\t%d\n", $1, ($3 - $2) / 2 }'
)
if [ "${1:-}" = --record ]; then
  printf '# %s\n%s\n' "$compiler" "$counts" >"$record"
fi
# shellcheck disable=SC2016
echo "$counts" | awk -F '\t' '
  NR == FNR { if ($0 !~ /^#/) recorded[$1] = $2; next }
  {
    change = recorded[$1] ? 100 * ($2 / recorded[$1] - 1) : 100
    printf "%-10s %12s  recorded %12s  %+.1f%%\n", $1, $2, recorded[$1], change
    if (change > 5 || change < -5) wrong = 1
  }
  END { if (wrong) { print "differs by more than 5% from the record: find the cause, then run benches/count.sh --record"; exit 1 } }
' "$record" -
