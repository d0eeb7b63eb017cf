#!/usr/bin/env python3
"""Lists the public API of the core library, for comparison with tests/public-api.txt.

    tests/public-api.py            compares; exits with 1 where the API differs
    tests/public-api.py --write    writes tests/public-api.txt

Reads the JSON output of rustdoc, which needs RUSTC_BOOTSTRAP=1 on a stable toolchain.
Items that are hidden from the documentation are not part of the API.
"""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SNAPSHOT = ROOT / "tests/public-api.txt"


def rustdoc():
    environment = dict(os.environ, RUSTC_BOOTSTRAP="1")
    command = ["cargo", "rustdoc", "--quiet", "-p", "detente", "--lib", "--", "-Z", "unstable-options"]
    subprocess.run([*command, "--output-format", "json"], cwd=ROOT, env=environment, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return json.loads((target / "doc/detente.json").read_text())


def type_name(value):
    """A short spelling of a type."""
    if value is None:
        return "()"
    kind, inner = next(iter(value.items())) if isinstance(value, dict) else (value, None)
    if kind == "resolved_path":
        arguments = ((inner.get("args") or {}).get("angle_bracketed") or {}).get("args") or []
        names = [type_name(argument["type"]) for argument in arguments if "type" in argument]
        return inner["path"].split("::")[-1] + (f"<{', '.join(names)}>" if names else "")
    if kind == "primitive":
        return inner
    if kind == "generic":
        return inner
    if kind == "borrowed_ref":
        return "&" + ("mut " if inner["is_mutable"] else "") + type_name(inner["type"])
    if kind == "slice":
        return f"[{type_name(inner)}]"
    if kind == "array":
        return f"[{type_name(inner['type'])}; {inner['len']}]"
    if kind == "tuple":
        return f"({', '.join(map(type_name, inner))})"
    if kind == "impl_trait":
        return "impl " + " + ".join(b["trait_bound"]["trait"]["path"] for b in inner if "trait_bound" in b)
    return kind


def signature(function):
    inputs = ", ".join(f"{name}: {type_name(kind)}" for name, kind in function["sig"]["inputs"])
    output = function["sig"]["output"]
    return f"({inputs})" + (f" -> {type_name(output)}" if output else "")


def items(doc, identifier, prefix, lines):
    item = doc["index"].get(str(identifier))
    if item is None:
        return
    kind, inner = next(iter(item["inner"].items()))
    name = f"{prefix}::{item['name']}" if item["name"] else prefix
    if kind == "use":
        if inner["id"] is not None:
            target = doc["index"].get(str(inner["id"]))
            if target is None:
                lines.append(f"re-export {prefix}::{inner['name']}")
            else:
                items(doc, inner["id"], prefix, lines)
        return
    if kind == "module":
        for child in inner["items"]:
            items(doc, child, name, lines)
        return
    if kind == "function":
        lines.append(f"fn {name}{signature(inner)}")
        return
    if kind in ("constant", "static"):
        lines.append(f"{kind} {name}: {type_name(inner['type'])}")
        return
    suffix = " (non-exhaustive)" if "non_exhaustive" in json.dumps(item["attrs"]) else ""
    lines.append(f"{kind} {name}{suffix}")
    fields = []
    if kind == "struct" and isinstance(inner["kind"], dict) and "plain" in inner["kind"]:
        fields = inner["kind"]["plain"]["fields"]
    if kind == "enum":
        fields = inner["variants"]
    for field in fields:
        found = doc["index"].get(str(field))
        if found is not None:
            spelled = found["inner"].get("struct_field")
            lines.append(f"  {name}::{found['name']}" + (f": {type_name(spelled)}" if spelled else ""))
    for implementation in inner.get("impls", []):
        found = doc["index"].get(str(implementation))
        if found is None:
            continue
        body = found["inner"]["impl"]
        if body["trait"] is None:
            for method in body["items"]:
                function = doc["index"].get(str(method))
                if function is not None and "function" in function["inner"]:
                    lines.append(f"  fn {name}::{function['name']}{signature(function['inner']['function'])}")
        elif not body["is_synthetic"] and body["blanket_impl"] is None:
            lines.append(f"  impl {body['trait']['path'].split('::')[-1]} for {name}")


def main():
    doc = rustdoc()
    lines = []
    root = doc["index"][str(doc["root"])]
    for child in root["inner"]["module"]["items"]:
        items(doc, child, "detente", lines)
    # keep each item with its fields and methods together, items sorted by name
    groups, current = [], []
    for line in lines:
        if not line.startswith("  "):
            current = [line]
            groups.append(current)
        else:
            current.append(line)
    groups.sort(key=lambda group: group[0].split(" ", 1)[1])
    text = "\n".join("\n".join([group[0], *sorted(group[1:])]) for group in groups) + "\n"
    if "--write" in sys.argv:
        SNAPSHOT.write_text(text)
        return
    old = SNAPSHOT.read_text().splitlines() if SNAPSHOT.exists() else []
    new = text.splitlines()
    for line in old:
        if line not in new:
            print("removed:", line)
    for line in new:
        if line not in old:
            print("added:", line)
    if old != new:
        sys.exit("the public API differs from tests/public-api.txt; --write takes it over")


main()
