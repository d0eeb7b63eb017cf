#!/usr/bin/env bash
# Instructions for every byte of text that each stage takes, by callgrind: unlike time they do not depend on what
# else the machine does. Held against benches/record/instructions.tsv to within 5%; the load is in whole
# instructions. `--record` writes that file anew. Skipped, and says so, without valgrind or with another compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
record=benches/record/instructions.tsv
if ! command -v valgrind >/dev/null; then
  echo "skipped: valgrind is not installed"
  exit 0
fi
# settings of the profile in the environment change what is counted
compiler="$(rustc --version) $(env | sed -n 's/^CARGO_PROFILE_RELEASE_//p' | sort | tr '\n' ' ')"
if [ "${1:-}" != --record ] && [ ! -f "$record" ]; then
  echo "skipped: there is no $record; benches/count.sh --record writes it"
  exit 0
fi
if [ "${1:-}" != --record ] && [ "$(sed -n 's/^# //p' "$record" | head -n 1)" != "$compiler" ]; then
  echo "skipped: the record is of $(sed -n 's/^# //p' "$record" | head -n 1), this is $compiler"
  exit 0
fi
cargo build --release --quiet --example stages
count() { # stage, rounds
  valgrind --tool=callgrind --callgrind-out-file=/dev/null target/release/examples/stages "$1" "$2" 2>&1 |
    sed -n 's/^==[0-9]*== Collected : //p'
}
# what is counted: all stages but the first round and the load of the model, which both runs have
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
  END { if (wrong) { print "more than 5% from the record: find out why, then benches/count.sh --record"; exit 1 } }
' "$record" -
