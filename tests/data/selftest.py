"""Do the checks of check.py find anything?

    selftest.py PROJECT SITE

Breaks a copy of a site in one place after the other; the check that is named has
to say so. A check that cannot fail proves nothing.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import check
from frictionless import system

FAULTS = list(check.FAULTS)

# The check, the file, what is replaced by what, and what has to be said.
BREAKS = [
    (check.the_project_is_valid, "project/data/orte.csv", ";B;5;", ";B;viele;", "viele"),
    (check.the_package_is_valid, "site/daten/orte.csv", "1234.50", "1234.51", "hash"),
    (check.the_package_is_valid, "site/daten/laender.csv", "B,", "A,", "the primary key"),
    (check.both_keep_the_published_profile, "site/daten/datapackage.json", '"delimiter": ","', '"delimiter": 7', "7 is not of type"),
    (check.both_keep_the_published_profile, "project/data/datapackage.json", '"name": "mitnehmen"', '"name": 7', "7 is not of type"),
    (check.the_csvw_is_valid, "site/daten/orte.csv-metadata.json", '"datatype": "string"', '"datatype": "decimal"', "not valid"),
    (check.the_csvw_is_valid, "site/daten/orte.csv-metadata.json", '"datatype": "decimal"', '"datatype": "zahl"', "not valid"),
    (check.every_cell_is_the_delivered_one, "site/daten/orte.csv", "1000000", "1000001", "1000001"),
    (check.every_cell_is_the_delivered_one, "site/daten/orte.csv", ",-2.70,", ",2.70,", "saldo-je-1000"),
    (check.every_cell_is_the_delivered_one, "site/daten/orte.csv", ",A,-,", ",A,.,", "became '.'"),
    (check.every_cell_is_the_delivered_one, "site/daten/orte.csv", "schon mit", "nicht mehr mit", "nicht mehr"),
    (check.every_cell_is_the_delivered_one, "site/daten/orte-summenzeilen.csv", "1250.50", "1250.49", "1250.49"),
    (check.the_original_is_untouched, "site/daten/orte-original.csv", "\r\n", "\n", "orte.csv"),
    (check.excel_shows_what_the_page_shows, "site/daten/orte-excel.csv", "1234,50", "1234,60", "1234,60"),
    (check.excel_shows_what_the_page_shows, "site/daten/orte-excel.csv", '"Ganzes Land"', '"Halbes Land"', "Halbes Land"),
    (check.excel_runs_no_formula, "site/daten/orte-excel.csv", "'=cmd", "=cmd", "=cmd"),
    (check.excel_runs_no_formula, "site/daten/orte/vollbreite.csv", '"3"', "3", "quotation marks"),
    (check.excel_runs_no_formula, "site/daten/orte/kennzahl-typ.csv", "'＋", "＋", "＋Vollbreite"),
]


def main(project, site):
    missing = 0
    for test, name, old, new, expected in BREAKS:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(project, Path(folder) / "project")
            shutil.copytree(site, Path(folder) / "site")
            path = Path(folder) / name
            text = path.read_bytes().decode()
            assert old in text, f"{name} holds no {old!r}"
            path.write_bytes(text.replace(old, new, 1).encode())
            files = check.Files(Path(folder) / "project", Path(folder) / "site", FAULTS)
            said = "\n".join(said_by(test, files))
        if expected not in said:
            missing += 1
            print(f"{test.__name__} does not say {expected!r} of {name}: {said or 'nothing'}")
    missing += unknown_faults(project, site)
    print(f"{len(BREAKS) + 2} breaks, {missing} not found")
    return 1 if missing else 0


def said_by(test, files):
    with system.use_context(trusted=True):
        try:
            return list(test(files))
        except Exception as error:  # A file that cannot even be read is found, too.
            return [f"{type(error).__name__}: {error}"]


def unknown_faults(project, site):
    """A fault that is gone, and one that nobody named."""
    missing = 0
    for expected, word in [(FAULTS + ["gone"], "gone does not occur"), (FAULTS[1:], "is not excepted")]:
        check.FAULTS["gone"] = "a fault that was mended"
        files = check.Files(project, site, expected)
        for test in (check.the_project_is_valid, check.every_cell_is_the_delivered_one):
            said_by(test, files)
        said = "\n".join(said_by(check.the_known_faults_still_occur, files))
        if word not in said:
            missing += 1
            print(f"the known faults: {word!r} is not said: {said or 'nothing'}")
    return missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
