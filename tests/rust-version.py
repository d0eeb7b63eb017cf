#!/usr/bin/env python3
"""Fails if a dependency needs a newer Rust than the workspace's `rust-version`. Reads `cargo metadata` on stdin."""

import json
import sys


def version(text):
    return tuple(int(part) for part in (text.split(".") + ["0", "0"])[:3])


packages = json.load(sys.stdin)["packages"]
own = [package for package in packages if package["source"] is None]
minimum = min(version(package["rust_version"]) for package in own)
needed = sorted(
    ((version(package["rust_version"]), package["name"]) for package in packages if package["rust_version"]),
    reverse=True,
)
newer = [(need, name) for need, name in needed if need > minimum]
for need, name in newer:
    print(f"{name} needs Rust {'.'.join(map(str, need))}")
print(f"rust-version {'.'.join(map(str, minimum))}; {len(needed)} packages name a version")
sys.exit(1 if newer else 0)
