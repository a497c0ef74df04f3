"""Runs the scripts of kommentar.yml with a `gh` that answers from a list.

A stranger wrote the report. What becomes of it is compared whole.
"""

import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import yaml

WORKFLOW = pathlib.Path("src/init/common/.github/workflows/kommentar.yml")
EVENT = {
    "REPOSITORY": "amt/wissen",
    "RUN_ID": "7",
    "RUN_URL": "https://github.com/amt/wissen/actions/runs/7",
    "HEAD_SHA": "c0ffee",
    "HEAD_BRANCH": "x&state=closed",
    "HEAD_OWNER": "fremd",
    "HEAD_REPOSITORY": "fremd/wissen",
}
PULL = {"number": 12, "head": {"sha": "c0ffee", "repo": {"full_name": "fremd/wissen"}}, "base": {"repo": {"full_name": "amt/wissen"}}}
TOP = "<!-- kompendium -->\nVorschau / preview: [website.zip](https://github.com/amt/wissen/actions/runs/7#artifacts)\n\n"
BOT = {"login": "github-actions[bot]"}

# Answers from a folder: the address with `/` as `_` names the file. Calls that write are noted.
GH = """#!/usr/bin/env bash
address=$(printf '%s\\n' "$@" | grep ^repos/ | tr / _)
case "$*" in
    *"--method P"*) echo "$3 $4" >>"$ANSWERS/calls"; cp comment.md "$ANSWERS/written" ;;
    *) cat "$ANSWERS/$address" ;;
esac
"""


def main() -> int:
    report = lambda text: packed({"bericht.md": text})
    hostile = "# Neu\n@chef </pre><script> ![](https://x.example/p.png) `a`\n\x1b[2J\u202eboese\u0000 & Umlaut ä 🎉\n"
    tame = "# Neu\n@chef &lt;/pre&gt;&lt;script&gt; ![](https://x.example/p.png) `a`\n[2Jboese &amp; Umlaut ä 🎉\n"
    marked = {"id": 5, "user": BOT, "body": "<!-- kompendium -->\nalt"}
    foreign = {"id": 4, "user": {"login": "fremd"}, "body": "<!-- kompendium -->\nfalsch"}
    own = EVENT | {"HEAD_REPOSITORY": "amt/wissen", "HEAD_OWNER": "amt"}
    of_own = PULL | {"head": {"sha": "c0ffee", "repo": {"full_name": "amt/wissen"}}}
    post, patch = "POST repos/amt/wissen/issues/12/comments", "PATCH repos/amt/wissen/issues/comments/5"
    cases = [
        ("a report from a fork is text", {"zip": report(hostile)}, (post, f"{TOP}<pre>\n{tame}</pre>\n")),
        ("a report of the own repository is Markdown", {"zip": report("# Neu\n"), "event": own, "pulls": [of_own]}, (post, TOP + "# Neu\n")),
        ("the old comment is changed", {"zip": report("a\n"), "comments": [foreign, marked]}, (patch, f"{TOP}<pre>\na\n</pre>\n")),
        ("a comment of others is left alone", {"zip": report("a\n"), "comments": [foreign]}, (post, f"{TOP}<pre>\na\n</pre>\n")),
        ("an older commit says nothing", {"zip": report("a\n"), "pulls": [PULL | {"head": PULL["head"] | {"sha": "decaf"}}]}, None),
        ("a pull request elsewhere says nothing", {"zip": report("a\n"), "pulls": [PULL | {"base": {"repo": {"full_name": "fremd/wissen"}}}]}, None),
        ("a large archive is not fetched", {"zip": report("a\n"), "size": 1000001}, None),
        ("no report, no comment", {"zip": packed({"anders.md": "a\n"})}, None),
        ("what is no archive is no report", {"zip": b"bericht"}, None),
        ("a long report is cut", {"zip": report("a" * 50_000_000)}, (post, f"{TOP}<pre>\n{'a' * 50_000}</pre>\n")),
    ]
    wrong = [f"{name}: expected {expected}, got {said}"[:2000] for name, given, expected in cases if (said := ran(**given)) != expected]
    print("\n".join(wrong) or f"{len(cases)} comments are as expected")
    return 1 if wrong else 0


def packed(files: dict[str, str]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as it:
        for name, text in files.items():
            it.writestr(name, text)
    return archive.getvalue()


def ran(zip: bytes, event=EVENT, pulls=(PULL,), comments=(), size=None) -> tuple[str, str] | None:
    """Runs the steps one after the other, as their conditions say; gives the call and the comment."""
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        artifact = {"id": 3, "expired": False, "size_in_bytes": size or len(zip)}
        answers = {"pulls": list(pulls), "actions/runs/7/artifacts": {"artifacts": [artifact]}, "issues/12/comments": list(comments)}
        for address, answer in answers.items():
            (home / f"repos/amt/wissen/{address}".replace("/", "_")).write_text(json.dumps(answer))
        (home / "repos_amt_wissen_actions_artifacts_3_zip").write_bytes(zip)
        write_program(home / "gh", GH)
        find, fetch, write = yaml.safe_load(WORKFLOW.read_text())["jobs"]["comment"]["steps"]
        number = step(find, home, event).get("number", "")
        if number and step(fetch, home, event).get("found") == "true":
            step(write, home, event | {"NUMBER": number})
        if not (home / "calls").exists():
            return None
        return (home / "calls").read_text().strip(), (home / "written").read_text(encoding="utf-8")


def write_program(path: pathlib.Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def step(step: dict, home: pathlib.Path, variables: dict[str, str]) -> dict[str, str]:
    """Runs the script of a step as GitHub does; gives what it put out."""
    (home / "work").mkdir(exist_ok=True)
    output = home / "output"
    output.write_text("")
    environment = os.environ | variables | {
        "PATH": f"{home}:{os.environ['PATH']}",
        "ANSWERS": str(home),
        "RUNNER_TEMP": str(home / "work"),
        "GITHUB_OUTPUT": str(output),
    }
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    subprocess.run(shell, env=environment, check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return dict(line.split("=", 1) for line in output.read_text().splitlines())


if __name__ == "__main__":
    sys.exit(main())
