"""Makes rekey_client/generated out of openapi/openapi.json, below a folder: generate.py FOLDER."""

import json
import os
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
CONTRACT = PACKAGE.parent / "openapi.json"
GENERATED = Path("rekey_client", "generated")

CONFIG = {
    "package_name_override": "generated",
    "content_type_overrides": {"application/problem+json": "application/json"},
    "post_hooks": [
        "ruff check --isolated --no-cache --select F,I,UP --fix-only --quiet .",
        "ruff format --isolated --no-cache --line-length 120 --quiet .",
    ],
}


def tolerant(contract: dict[str, Any]) -> dict[str, Any]:
    """Leaves the webhooks out, and lets the client read what a later version says.

    Problems hold texts, which are looked up in the lists afterwards.
    """
    contract = deepcopy(contract)
    contract.pop("webhooks", None)
    schemas = contract["components"]["schemas"]
    used = references(contract["paths"])
    while missing := {name for kept in used for name in references(schemas[kept])} - used:
        used |= missing
    schemas = {name: schema for name, schema in schemas.items() if name in used}
    problem = schemas["Problem"]["properties"]
    problem["code"] = {"type": "string"}
    problem["reasons"]["items"] = {"type": "string"}
    for open_list in ["ProblemCode", "PasswordReason"]:
        schemas[open_list]["enum"].append("unknown")
    contract["components"]["schemas"] = schemas
    return contract


def references(part: Any) -> set[str]:
    """The schemas that a part of the contract names."""
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(part)))


def hide_secrets(contract: dict[str, Any], package: Path) -> None:
    """Keeps what the contract calls a password out of `repr`; the generator has no word for it."""
    for name, schema in contract["components"]["schemas"].items():
        for field, kind in schema.get("properties", {}).items():
            if kind.get("format") == "password":
                module = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
                file = package / "models" / f"{module}.py"
                if field in schema["required"]:
                    change(file, f"\n    {field}: str\n", f"\n    {field}: str = _attrs_field(repr=False)\n")
                else:
                    plain = f"\n    {field}: None | str | Unset = "
                    change(file, f"{plain}UNSET\n", f"{plain}_attrs_field(default=UNSET, repr=False)\n")
    # An answer as it came holds the token.
    types = package / "types.py"
    change(types, "\n    content: bytes\n", "\n    content: bytes = field(repr=False)\n")
    change(types, "from attrs import define\n", "from attrs import define, field\n")
    once = "import define as _attrs_define\n"
    for file in package.glob("models/*.py"):
        text = file.read_text()
        if "_attrs_field(" in text and "import field as _attrs_field" not in text:
            change(file, once, f"{once}from attrs import field as _attrs_field\n")


def change(file: Path, old: str, new: str) -> None:
    """Replaces what must stand in a file exactly once."""
    text = file.read_text()
    if text.count(old) != 1:
        sys.exit(f"error: {file.name} does not hold {old.strip()!r} once: has the generator changed?")
    file.write_text(text.replace(old, new))


def generate(package: Path) -> None:
    """Runs the generator; its programs lie beside this Python."""
    contract = json.loads(CONTRACT.read_text())
    with TemporaryDirectory() as folder:
        for name, content in [("contract.json", tolerant(contract)), ("config.json", CONFIG)]:
            Path(folder, name).write_text(json.dumps(content))
        programs = Path(sys.executable).parent
        command = [programs / "openapi-python-client", "generate", "--fail-on-warning", "--meta", "none"]
        command += ["--path", "contract.json", "--config", "config.json", "--output-path", package.absolute()]
        environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"error: the generator failed:\n{ran.stdout}{ran.stderr}")
    hide_secrets(contract, package)


def files(folder: Path) -> list[str]:
    """What lies in a folder, by its path."""
    found = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted(str(file.relative_to(folder)) for file in found)


def main(folder: Path) -> None:
    """Generates, and prints the names for deploy/dev/clients.sh, which compares or copies."""
    made = folder / GENERATED
    made.parent.mkdir(parents=True)
    generate(made)
    for name in files(made):
        print(GENERATED / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
