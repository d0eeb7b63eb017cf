#!/usr/bin/env bash
# Runs fuzz targets one after another with address sanitizer: all, or those named. New inputs go to fuzz/grown (not
# committed), failures to fuzz/artifacts. Needs a nightly compiler and cargo-fuzz.
#
#     MINUTES=6 fuzz/run.sh [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- article record document html request model lexicon tokenizer voice
for target; do
    # longer inputs reach no new code and run much slower
    case $target in
        article | voice) max_len=512 ;;
        html | tokenizer) max_len=2048 ;;
        *) max_len=1200 ;;
    esac
    dictionary=$target
    [ "$target" != voice ] || dictionary=article
    [ "$target" != request ] || dictionary=record
    [ "$target" != document ] || dictionary=html
    mkdir -p "fuzz/grown/$target"
    echo "== $target"
    cargo +nightly fuzz run "$target" "fuzz/grown/$target" "fuzz/corpus/$target" -- -max_len=$max_len \
        -dict="fuzz/dict/$dictionary.dict" -max_total_time=$((60 * ${MINUTES:-6})) -timeout=20 -print_final_stats=1 \
        2>&1 | grep -E 'INITED|DONE|stat::|SUMMARY|ERROR|panicked|Test unit'
done
