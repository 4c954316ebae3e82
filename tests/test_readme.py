"""What README shows is what happens: its commands are run in order, and their output is compared."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@dataclass(frozen=True)
class Command:
    line: str
    output: str


def commands() -> list[Command]:
    """The commands of README's console blocks, each with the output shown below it."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.rstrip("\n").split("\n")
            end = next(i for i in range(1, len(lines) + 1) if "\n".join(lines[:i]).count("'") % 2 == 0)
            while end < len(lines) and lines[end - 1].endswith("\\"):
                end += 1
            found.append(Command("\n".join(lines[:end]), "\n".join(lines[end:])))
    return found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a clone in which `make graph` has run."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (turtle,) = re.findall(r"^```turtle\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    (folder / "rescue.ttl").write_text(turtle, "utf-8")
    run("kg build seeds -o output", folder)
    return folder


def run(line: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONUTF8": "1"}
    result = subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.line.split("\n")[0])
def test_commands_give_what_readme_shows(workspace: Path, command: Command) -> None:
    output = run(command.line, workspace)
    if command.output:
        assert [line.rstrip() for line in output.rstrip().split("\n")] == command.output.split("\n")


@pytest.mark.parametrize(("target", "call"), [("graph", "kg build seeds -o output"), ("test", "python -m pytest")])
def test_make_does_what_readme_says(target: str, call: str) -> None:
    assert f"    make {target} " in README
    plan = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True)
    assert call in plan.stdout


def test_every_file_that_readme_names_exists() -> None:
    named = set(re.findall(r"`((?:ontology|seeds|\.github|tests)/[\w./-]*)`", README)) | set(
        re.findall(r"\]\(([^)#:]+)\)", README)
    )
    assert named
    assert {name for name in named if not (ROOT / name).exists()} == set()
