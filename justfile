# What must pass before a change lands.
check:
    bash .ci/run

test:
    cargo test

bench:
    cargo bench

# Trains the built-in model again (the news text is used where it is present).
train:
    cargo run --release -- train --out models/negotiation-en-1 --lexicon data/lexicon data/corpus/*.jsonl $(ls ../shared/real/train.jsonl ../shared/real/soft.jsonl 2>/dev/null)
