"""Checks what the workflows may do: those of this repository and those for editors.

    tests/.venv/bin/python tests/workflows/check.py [ROOT]

They build what strangers send. So each has the least rights, what is fetched is pinned, and
no text of a stranger gets into a script. Then the schemas of GitHub and GitLab are asked,
and an auditor of workflows.
"""

import pathlib
import re
import subprocess
import sys

import yaml

TOOLS = pathlib.Path(sys.executable).parent
EDITORS = pathlib.Path("src/init/common")
GITHUB = [pathlib.Path(".github/workflows"), EDITORS / ".github/workflows"]
GITLAB = [EDITORS / ".gitlab-ci.yml"]

PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
IMAGE = re.compile(r"\S+@sha256:[0-9a-f]{64}$")
# What `kompendium diff` and `check` say must reach the comment in both in the same way.
SHARED = ["Write the report", "Keep the report for the comment", "Keep the preview"]


def main(root: pathlib.Path) -> int:
    github = sorted(path for folder in GITHUB for path in (root / folder).glob("*.yml"))
    gitlab = [root / path for path in GITLAB]
    found = [f"{path.relative_to(root)}: {it}" for path in github for it in of_github(path.read_text())]
    found += [f"{path.relative_to(root)}: {it}" for path in gitlab for it in of_gitlab(path.read_text())]
    found += of_copies(root)
    print("\n".join(found) or f"{len(github) + len(gitlab)} workflows keep the rules")
    return 1 if found or not tools_agree(github, gitlab) else 0


def of_github(text: str) -> list[str]:
    """Says what a workflow of GitHub does wrong."""
    workflow = yaml.safe_load(text)
    events = workflow[True]  # YAML 1.1 reads `on` so
    found = [f"not pinned to a commit with its version: {line}" for line in unpinned(text)]
    if "pull_request_target" in events:
        found.append("pull_request_target runs with secrets")
    if re.search(r"\bsecrets\.", text):
        found.append("a secret is used")
    if not isinstance(workflow.get("permissions"), dict) or "write" in workflow["permissions"].values():
        found.append("no permissions at the top, or more than reading")
    if "concurrency" not in workflow:
        found.append("no concurrency group")
    for name, job in workflow["jobs"].items():
        found += [f"job {name}: {it}" for it in of_job(job, events)]
    return found


def unpinned(text: str) -> list[str]:
    lines = [line.strip().removeprefix("- ") for line in text.splitlines()]
    return [line for line in lines if line.startswith("uses:") and not PINNED.match(line)]


def of_job(job: dict, events: dict) -> list[str]:
    found = [] if "timeout-minutes" in job else ["no timeout"]
    steps = job["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    actions = [step["uses"].split("@")[0] for step in steps if "uses" in step]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    found += [f"an expression in a script: {it}" for run in scripts for it in re.findall(r"\$\{\{.*?\}\}", run)]
    if any(it.get("with", {}).get("persist-credentials") is not False for it in checkouts):
        found.append("the checkout keeps the token")
    if "write" in job.get("permissions", {}).values() and any(map(runs_foreign_code, scripts)):
        found.append("runs the program with the right to write")
    if "workflow_run" in events and set(actions) & {"actions/checkout", "actions/download-artifact"}:
        found.append("takes files of a pull request")
    return found


def runs_foreign_code(script: str) -> bool:
    return re.search(r"^\s*(cargo|kompendium|rustup|npm|pip|make)\b", script, re.MULTILINE) is not None


def of_gitlab(text: str) -> list[str]:
    """Says what the workflow of GitLab does wrong."""
    workflow = yaml.safe_load(text)
    default = workflow["default"]
    found = [] if IMAGE.match(default.get("image", "")) else ["the image is not pinned to its digest"]
    found += [f"no {key} by default" for key in ("timeout", "interruptible") if key not in default]
    if re.search(r"TOKEN|PASSWORD|SECRET", text):
        found.append("a secret is used")
    jobs = {name: job for name, job in workflow.items() if isinstance(job, dict) and "script" in job}
    found += [f"job {name}: not built on .kompendium" for name, job in jobs.items() if job.get("extends") != ".kompendium"]
    if "resource_group" not in jobs["pages"]:
        found.append("two runs may publish at once")
    return found


def of_copies(root: pathlib.Path) -> list[str]:
    """This repository does what editors get: the same comment, the same report."""
    ours, theirs = (root / folder for folder in GITHUB)
    comment = (theirs / "kommentar.yml").read_text()
    found = []
    if (ours / "kommentar.yml").read_text() != comment.replace('"Website"', '"ci"').replace("[Website]", "[ci]"):
        found.append("kommentar.yml: not the same as for editors")
    named = [{it.get("name"): it for it in steps(path)} for path in (ours / "ci.yml", theirs / "website.yml")]
    found += [f"ci.yml: “{name}” is not the same as for editors" for name in SHARED if named[0][name] != named[1][name]]
    return found


def steps(path: pathlib.Path) -> list[dict]:
    return yaml.safe_load(path.read_text())["jobs"]["build"]["steps"]


def tools_agree(github: list[pathlib.Path], gitlab: list[pathlib.Path]) -> bool:
    schema = [TOOLS / "check-jsonschema", "--builtin-schema"]
    commands = [
        [*schema, "vendor.github-workflows", *github],
        [*schema, "vendor.gitlab-ci", "--data-transform", "gitlab-ci", *gitlab],
        [TOOLS / "zizmor", "--offline", "--no-progress", "--quiet", *github],
    ]
    # Each one is asked, so that one run tells all.
    return all([subprocess.run(command).returncode == 0 for command in commands])


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
