#!/usr/bin/env bash
# Reproduces the figures of README.md in this folder. Steps that read the real storylines or train a model need
# ../shared.
#
#     benches/timeline/run.sh [power|null|left-out|million|picture]...
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo build --release --quiet
detente=target/release/detente
storylines=../shared/storylines
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ignored() { cargo test --release --quiet --test storylines -- --nocapture --ignored "$1"; }

# Trains models without one of the six files of authored articles, and tests each on that file.
left-out() {
    for left in a b c d e g; do
        data=$(ls data/corpus/*.jsonl | grep -v "train-$left\.jsonl")
        news=$(ls ../shared/real/train.jsonl ../shared/real/soft.jsonl 2>/dev/null || true)
        # shellcheck disable=SC2086
        $detente train --id "without-$left" --out "$work/without-$left" $data $news > /dev/null
    done
    LEFT_OUT=$work ignored never_saw
}

million() {
    python3 benches/timeline/million.py data/corpus/train-e.jsonl 1000000 > "$work/million.jsonl"
    for by in "" "--by side,source"; do
        # shellcheck disable=SC2086
        /usr/bin/time -f "%e s, %U + %S s of CPU, %M kB  ${by:-by week}" \
            $detente timeline "$work/million.jsonl" $by --format csv --output "$work/series.csv"
    done
}

# needs rsvg-convert; writes us-china-trade.png to the current folder
picture() {
    $detente timeline "$storylines/us-china-trade.tsv" --since 2018-01-01 --until 2020-12-31 --format svg |
        rsvg-convert -w 1600 -o us-china-trade.png
}

if [ $# -eq 0 ]; then set -- power null left-out million; fi
for step; do
    echo "== $step"
    case $step in
        power) ignored shifts_of_known_size ;;
        null) ignored shuffled_dates ;;
        left-out | million | picture) "$step" ;;
        *) echo "unknown step: $step" >&2; exit 2 ;;
    esac
done
