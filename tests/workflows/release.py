"""Packs archives as a release does, and gets the program from one as editors' workflows do.

The program is a script that prints its arguments: what is packed matters, not what it does.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import yaml

ROOT = pathlib.Path.cwd()
GITHUB = ROOT / "src/init/common/.github/workflows/website.yml"
GITLAB = ROOT / "src/init/common/.gitlab-ci.yml"
LINUX = "x86_64-unknown-linux-musl"
WINDOWS = "x86_64-pc-windows-msvc"
TEXTS = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"]
MADE = [
    "completions/_kompendium",
    "completions/_kompendium.ps1",
    "completions/kompendium.bash",
    "completions/kompendium.fish",
]
PAGES = ["man/de/man1/kompendium.1", "man/man1/kompendium.1"]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        archives = [packed(home, place, LINUX) for place in ("one", "two")]
        sums = hashlib.sha256(archives[0].read_bytes()).hexdigest()
        name = archives[0].name.removesuffix(".tar.gz")
        wrong = [
            *different("the archive is the same each time", archives[1].read_bytes(), archives[0].read_bytes()),
            *different("the files of the archive", in_tar(archives[0]), listed(name, "kompendium")),
            *different("what the program printed", printed(archives[0], f"{name}/man/man1/kompendium.1"), "man --lang en\n"),
            *different("the files of the archive for Windows", *windows(home)),
            *different("the checksums", checksums(archives[0].parent), f"{sums}  {archives[0].name}\n"),
            *different("the lines for workflows", lines(archives[0].parent), [f"KOMPENDIUM_URL: https://host/{archives[0].name}", f"KOMPENDIUM_SHA256: {sums}"]),
        ]
        for workflow, get in (("GitHub", on_github), ("GitLab", on_gitlab)):
            url = {"KOMPENDIUM_URL": "https://host.invalid/kompendium.tar.gz"}
            wrong += different(f"{workflow} gets the program", get(home, archives[0], url | {"KOMPENDIUM_SHA256": sums}), "--version\n")
            wrong += different(f"{workflow} refuses another one", get(home, archives[0], url | {"KOMPENDIUM_SHA256": "0" * 64}), None)
            wrong += different(f"{workflow} wants a checksum", get(home, archives[0], url | {"KOMPENDIUM_SHA256": ""}), None)
    print("\n".join(wrong) or "archives are packed and found again")
    return 1 if wrong else 0


def different(what: str, got: object, expected: object) -> list[str]:
    return [] if got == expected else [f"{what}: expected {expected!r}, got {got!r}"[:2000]]


def packed(home: pathlib.Path, place: str, target: str) -> pathlib.Path:
    """Packs in a folder of its own; gives the archive."""
    program = home / place / "target" / target / "dist" / ("kompendium.exe" if target == WINDOWS else "kompendium")
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$*"\n')
    program.chmod(0o755)
    environment = os.environ | {"CARGO_TARGET_DIR": str(home / place / "target"), "SOURCE_DATE_EPOCH": "1790000000"}
    said = run([ROOT / "scripts/release", "pack", target], home / place, environment)
    return home / place / said.strip()


def run(command: list, folder: pathlib.Path, environment=os.environ) -> str:
    return subprocess.run(command, cwd=folder, env=environment, check=True, text=True, stdout=subprocess.PIPE).stdout


def listed(name: str, program: str) -> list[tuple[str, int]]:
    files = [*((it, 0o644) for it in TEXTS + MADE), (program, 0o755), *((it, 0o644) for it in PAGES)]
    return [(f"{name}/{it}", mode) for it, mode in files]


def in_tar(path: pathlib.Path) -> list[tuple[str, int]]:
    with tarfile.open(path) as archive:
        return [(it.name, it.mode) for it in archive]


def printed(path: pathlib.Path, name: str) -> str:
    with tarfile.open(path) as archive:
        return archive.extractfile(name).read().decode()


def windows(home: pathlib.Path) -> tuple[list, list]:
    path = packed(home, "windows", WINDOWS)
    with zipfile.ZipFile(path) as archive:
        found = [(it.filename, it.external_attr >> 16) for it in archive.infolist()]
    return found, listed(path.name.removesuffix(".zip"), "kompendium.exe")


def checksums(folder: pathlib.Path) -> str:
    run([ROOT / "scripts/release", "checksums", folder], folder)
    return (folder / "SHA256SUMS").read_text()


def lines(folder: pathlib.Path) -> list[str]:
    notes = run([ROOT / "scripts/release", "notes", folder, "https://host"], folder)
    return [line.strip() for line in notes.splitlines() if line.startswith("  KOMPENDIUM_")]


def on_github(home: pathlib.Path, archive: pathlib.Path, variables: dict[str, str]) -> str | None:
    """Runs the step with the archive in the cache; gives what the program prints then."""
    work = pathlib.Path(tempfile.mkdtemp(dir=home))
    (work / "kompendium.tar.gz").write_bytes(archive.read_bytes())
    steps = yaml.safe_load(GITHUB.read_text())["jobs"]["build"]["steps"]
    script = next(it["run"] for it in steps if it.get("name") == "Get Kompendium")
    more = {"HOME": str(work), "RUNNER_TEMP": str(work), "GITHUB_PATH": str(work / "path")}
    return shell(f'{script}\nPATH="$(cat "$GITHUB_PATH"):$PATH"\nkompendium --version >said', work, variables | more)


def on_gitlab(home: pathlib.Path, archive: pathlib.Path, variables: dict[str, str]) -> str | None:
    work = pathlib.Path(tempfile.mkdtemp(dir=home))
    (work / ".cache").mkdir()
    (work / ".cache/kompendium.tar.gz").write_bytes(archive.read_bytes())
    script = "\n".join(yaml.safe_load(GITLAB.read_text())[".kompendium"]["before_script"])
    # The container of a job is its own; here the folder of the test is.
    script = script.replace("/tmp/kompendium", f"{work}/program")
    return shell(f"{script}\nkompendium --version >said", work, variables)


def shell(script: str, work: pathlib.Path, variables: dict[str, str]) -> str | None:
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    ended = subprocess.run(command, cwd=work, env=os.environ | variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (work / "said").read_text() if ended.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
