#!/usr/bin/env bash
# Runs fuzz targets one after the other with the address sanitizer: all, or those named. What they
# grow stays in fuzz/grown (not committed), finds in fuzz/artifacts. Needs a nightly compiler and cargo-fuzz.
#
#     MINUTES=6 fuzz/run.sh [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- article record html model lexicon tokenizer
for target; do
    # longer inputs repeat what short ones do, at a fraction of the pace
    case $target in
        article) longest=512 ;;
        html | tokenizer) longest=2048 ;;
        *) longest=1200 ;;
    esac
    mkdir -p "fuzz/grown/$target"
    echo "== $target"
    cargo +nightly fuzz run "$target" "fuzz/grown/$target" "fuzz/corpus/$target" -- -max_len=$longest \
        -dict="fuzz/dict/$target.dict" -max_total_time=$((60 * ${MINUTES:-6})) -timeout=20 -print_final_stats=1 \
        2>&1 | grep -E 'INITED|DONE|stat::|SUMMARY|ERROR|panicked|Test unit'
done
