"""Breaks each rule of check.py once and reads what it says: a check that cannot fail proves nothing."""

import pathlib
import sys

import check

EDITORS = pathlib.Path("src/init/common")
WEBSITE = EDITORS / ".github/workflows/website.yml"
COMMENT = EDITORS / ".github/workflows/kommentar.yml"
GITLAB = EDITORS / ".gitlab-ci.yml"
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"

# A file, what is changed in it, and what is then said.
CASES = [
    (WEBSITE, CHECKOUT, "actions/checkout@v7", "not pinned to a commit with its version: uses: actions/checkout@v7"),
    (WEBSITE, CHECKOUT, CHECKOUT[:-9], f"not pinned to a commit with its version: uses: {CHECKOUT[:-9]}"),
    (WEBSITE, "  pull_request:\n", "  pull_request_target:\n", "pull_request_target runs with secrets"),
    (WEBSITE, "vars.SITE_URL", "secrets.SITE_URL", "a secret is used"),
    (WEBSITE, "permissions:\n  contents: read\n", "", "no permissions at the top, or more than reading"),
    (WEBSITE, "  contents: read\n", "  contents: write\n", "no permissions at the top, or more than reading"),
    (COMMENT, "\nconcurrency:", "\nx-concurrency:", "no concurrency group"),
    (WEBSITE, "    timeout-minutes: 15\n", "", "job build: no timeout"),
    (WEBSITE, '"$SITE_URL"', '"${{ github.head_ref }}"', "job build: an expression in a script: ${{ github.head_ref }}"),
    (WEBSITE, "persist-credentials: false", "persist-credentials: true", "job build: the checkout keeps the token"),
    (WEBSITE, "    timeout-minutes: 15\n", "    timeout-minutes: 15\n    permissions: {pages: write}\n", "job build: runs the program with the right to write"),
    (COMMENT, "    steps:\n", f"    steps:\n      - uses: {CHECKOUT}\n        with:\n          persist-credentials: false\n", "job comment: takes files of a pull request"),
    (GITLAB, "bookworm-scm@sha256:", "bookworm-scm@", "the image is not pinned to its digest"),
    (GITLAB, "  timeout: 15 minutes\n", "", "no timeout by default"),
    (GITLAB, "$CI_PAGES_URL/", "$CI_JOB_TOKEN", "a secret is used"),
    (GITLAB, "  resource_group: pages\n", "", "two runs may publish at once"),
]


def main() -> int:
    wrong = [it for case in CASES if (it := tried(*case))]
    print("\n".join(wrong) or f"{len(CASES)} broken workflows are found")
    return 1 if wrong else 0


def tried(path: pathlib.Path, old: str, new: str, expected: str) -> str | None:
    text = path.read_text()
    if old not in text:
        return f"{path}: there is no {old!r} to break"
    rules = check.of_gitlab if path == GITLAB else check.of_github
    found = rules(text.replace(old, new, 1))
    return None if found == [expected] else f"{path}: expected {[expected]}, got {found}"


if __name__ == "__main__":
    sys.exit(main())
