"""No folder of code escapes the gate: each is on the lists that mypy and import-linter work through."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = {
    folder.name
    for folder in ROOT.iterdir()
    if folder.is_dir() and not folder.name.startswith(".") and any(folder.rglob("*.py"))
}
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]


def test_every_folder_is_typed() -> None:
    assert set(TOOLS["mypy"]["packages"]) == CODE


def test_every_folder_but_the_tests_has_its_place_among_the_layers() -> None:
    lint = TOOLS["importlinter"]
    layers = {name.strip() for layer in lint["contracts"][0]["layers"] for name in layer.split("|")}
    assert set(lint["root_packages"]) == layers == CODE - {"tests"}


def test_every_folder_but_the_tests_and_the_benchmarks_is_delivered() -> None:
    assert set(TOOLS["hatch"]["build"]["targets"]["wheel"]["only-include"]) == CODE - {"bench", "tests"}
