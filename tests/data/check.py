"""Do the data files of a site hold before other programs?

    check.py PROJECT SITE [FAULT...]

PROJECT is the folder of a site's sources, SITE what was built from it. Each FAULT
names a known fault of `frictionless` (FAULTS below) that the project runs into;
one that does not occur any more is a failure, too, so that the list stays true.

Read top to bottom: the checks, what they compare, the known faults, small helpers.
"""

import csv
import json
import re
import sys
import warnings
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
from csvw import CSVW
from frictionless import Package, system

HERE = Path(__file__).parent


class Files:
    """The files that the checks look at."""

    def __init__(self, project, site, expected_faults=()):
        self.project = Path(project)
        self.site = Path(site)
        self.expected_faults = set(expected_faults)
        self.met_faults = set()
        self.descriptor = self.project / "data" / "datapackage.json"
        found = list(self.site.glob("*/datapackage.json"))
        self.package = found[0] if found else None
        self.folder = self.package.parent if found else self.site

    def read(self, path):
        return json.loads(path.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- the checks


def the_project_is_valid(files):
    """frictionless finds nothing in the project's own descriptor and files."""
    for row, field, problem in findings(files.descriptor):
        described = field_of(files.read(files.descriptor), problem.pop("resource"), field)
        if described and row in summary_rows(files, problem["table"]):
            continue  # A rule for single rows does not hold for one that sums up.
        fault = described and fault_of(described, problem["cell"], None)
        if fault:
            files.met_faults.add(fault)
        else:
            yield f"{files.descriptor.name}: row {row}, {field}: {problem['message']}"


def the_package_is_valid(files):
    """frictionless finds nothing in the package of the site, sizes and checksums included."""
    if not files.package:
        yield "there is no datapackage.json in the site"
        return
    for row, field, problem in findings(files.package):
        yield f"{files.package.name}: row {row}, {field}: {problem['message']}"


def both_keep_the_published_profile(files):
    """The JSON Schema that datapackage.org publishes for Data Package v2 finds nothing."""
    validator = jsonschema.Draft7Validator(published_profile())
    for path in filter(None, [files.descriptor, files.package]):
        for error in validator.iter_errors(files.read(path)):
            place = "/".join(map(str, error.absolute_path))
            yield f"{path.name}: {place}: {error.message[:200]}"


def the_csvw_is_valid(files):
    """csvw accepts the metadata and reads from them the values that stand in the file."""
    found = sorted(files.folder.glob("*.csv-metadata.json"))
    if not found:
        yield "there is no CSVW metadata"
    for path in found:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            table = CSVW(str(path), validate=True)
            is_valid = table.is_valid
        if not is_valid or said:
            yield f"{path.name}: not valid: {[str(it.message) for it in said][:3]}"
            continue
        yield from csvw_values(path, list(table.tables[0]), files)


def csvw_values(path, read, files):
    name = path.name.removesuffix("-metadata.json")
    header, *rows = machine_rows(path.parent / name)
    columns = files.read(path)["tableSchema"]["columns"]
    if len(read) != len(rows):
        yield f"{name}: csvw reads {len(read)} rows, there are {len(rows)}"
        return
    for number, (values, row) in enumerate(zip(read, rows), start=2):
        for column, written in zip(columns, row, strict=True):
            value = values[column["name"]]
            wanted = None if written in column.get("null", [""]) else written
            if wanted is not None and column["datatype"] != "string":
                wanted = Decimal(wanted)
            if value != wanted:
                yield f"{name}:{number}: {column['name']}: csvw reads {value!r}, written is {written!r}"


def every_cell_is_the_delivered_one(files):
    """What frictionless reads from the original is what it reads from the files for machines."""
    if not files.package:
        return
    original, machine = Package(str(files.descriptor)), Package(str(files.package))
    for resource in original.resources:
        described = resource_of(files.read(files.descriptor), resource.name)
        rows = list(zip(cells_of(described, files.project / "data"), resource.read_rows(), strict=True))
        titles = summary_titles(described)
        column = described.get("kompendium", {}).get("rowHeader", described["schema"]["fields"][0]["name"])
        sums_up = [row[column] in titles for _, row in rows]
        data = [it for it, is_summary in zip(rows, sums_up) if not is_summary]
        summary = [it for it, is_summary in zip(rows, sums_up) if is_summary]
        described_by = {field["name"]: field for field in described["schema"]["fields"]}
        yield from same_cells(files, machine.get_resource(resource.name), data, described_by)
        if summary:
            others = [it for it in machine.resources if it.name.startswith(resource.name + "-")]
            if not others:
                yield f"{resource.name}: the rows that sum up have no file"
                continue
            yield from same_cells(files, others[0], summary, described_by)


def same_cells(files, machine, originals, described_by):
    names = [it for it in described_by]
    package = files.read(files.package)
    raws = cells_of(resource_of(package, machine.name), files.folder)
    ours = list(zip(raws, machine.read_rows(), strict=True))
    if len(ours) != len(originals):
        yield f"{machine.path}: {len(ours)} rows, the original has {len(originals)}"
        return
    ids = {field.name: field for field in machine.schema.fields}
    for number, ((raw, row), (our_raw, our_row)) in enumerate(zip(originals, ours), start=2):
        for name in names:
            field = described_by[name]
            identity = field.get("kompendium", {}).get("id") or slug_of(name, ids)
            if identity not in our_row:
                yield f"{machine.path}: there is no column {identity} for {name}"
                continue
            written, our_written = raw[name].strip(), our_raw[identity]
            if fault := fault_of(field, written, None):
                # Where the oracle errs, ours is compared with what is written.
                is_right = fault_of(field, written, our_written) == fault
                if is_right and row[name] != our_row[identity]:
                    files.met_faults.add(fault)
            else:
                is_right = row[name] == our_row[identity]
                if our_row[identity] is None:
                    is_right = is_right and written == our_written
            if not is_right:
                yield f"{machine.path}:{number}: {identity}: {written!r} became {our_written!r}"


def the_original_is_untouched(files):
    """The original is offered byte for byte."""
    for resource in files.read(files.descriptor)["resources"]:
        delivered = (files.project / "data" / resource["path"]).read_bytes()
        offered = list(files.folder.glob(f"{resource['name']}-original.csv"))
        if not offered or offered[0].read_bytes() != delivered:
            yield f"{resource['name']}-original.csv is not {resource['path']}"


def excel_shows_what_the_page_shows(files):
    """Python's csv, in strict mode, reads from the file for Excel each cell that the page shows."""
    compared = 0
    for page in sorted(files.site.rglob("*.html")):
        table = Shown(page)
        if not table.rows or not table.excel:
            continue
        compared += 1
        path = (page.parent / table.excel).resolve()
        yield from same_as_shown(path, table)
    if not compared:
        yield "no page shows a table beside its file for Excel"


def same_as_shown(path, table):
    header, *rows = excel_rows(path)
    marks = [at for at, name in enumerate(header) if re.search(r" – (Zeichen|mark)$", name)]

    def without_marks(row):
        return [undefused(cell) for at, cell in enumerate(row) if at not in marks]

    def with_marks(row):
        """Puts the signs beside their numbers, as the page does."""
        cells = list(row)
        for at in marks:
            if cells[at] == "( )":
                cells[at - 1] = f"({cells[at - 1]})"
            elif cells[at]:
                cells[at - 1] += f" {cells[at]}"
        return without_marks(cells)

    rows = [with_marks(row) for row in rows if any(row)]
    if without_marks(header) != table.header:
        yield f"{path.name}: the header is {without_marks(header)}, the page shows {table.header}"
    if len(rows) != len(table.rows):
        yield f"{path.name}: {len(rows)} rows, the page shows {len(table.rows)}"
    for number, (row, shown) in enumerate(zip(rows, table.rows), start=2):
        for name, cell, (text, is_number) in zip(table.header, row, shown, strict=True):
            wanted = text.replace(".", "").replace("\u2212", "-") if is_number else text
            if collapsed(cell) != collapsed(wanted):
                yield f"{path.name}: row {number}, {name}: {cell!r}, the page shows {text!r}"


def excel_runs_no_formula(files):
    """No cell of a file for Excel begins like a formula, unless it is a number."""
    found = [it for it in sorted(files.folder.rglob("*.csv")) if it.read_bytes().startswith(b"\xef\xbb\xbf")]
    found = [it for it in found if not it.name.endswith("-original.csv")]
    if not found:
        yield "there is no file for Excel"
    for path in found:
        text = path.read_bytes().decode("utf-8-sig")
        if not all(re.fullmatch(r'"(?:[^"]|"")*"(?:;"(?:[^"]|"")*")*', it, re.S) for it in records(text)):
            yield f"{path.name}: not every cell is in quotation marks, or a line does not end in CR LF"
        for row in excel_rows(path):
            for cell in row:
                if cell.startswith(tuple("=+-@\t\r\n＝＋－＠")) and not re.fullmatch(r"-\d+(,\d+)?", cell):
                    yield f"{path.name}: begins like a formula: {cell!r}"


def the_known_faults_still_occur(files):
    """Each fault that is excepted occurs, and no other one does."""
    for fault in sorted(files.expected_faults - files.met_faults):
        yield f"{fault} does not occur any more: {FAULTS[fault]}"
    for fault in sorted(files.met_faults - files.expected_faults):
        yield f"{fault} occurs and is not excepted here: {FAULTS[fault]}"


CHECKS = [
    the_project_is_valid,
    the_package_is_valid,
    both_keep_the_published_profile,
    the_csvw_is_valid,
    every_cell_is_the_delivered_one,
    the_original_is_untouched,
    excel_shows_what_the_page_shows,
    excel_runs_no_formula,
    the_known_faults_still_occur,
]


# ------------------------------------------- known faults and limits of others

FAULTS = {
    "grouped-integer": "frictionless refuses an integer with groupChar (its issue 1706)",
    "typographic-minus": "with bareNumber false, frictionless drops a typographic minus: −5 becomes 5",
    "group-sign-space": "frictionless knows one sign between thousands; offices also write no-break spaces",
    "mark-beside-number": "Table Schema has no flags: 12,5p and (3,0) are no numbers for frictionless",
}


def fault_of(field, original, ours):
    """Names the fault that explains why frictionless reads a cell differently, if one does."""
    if not isinstance(original, str):
        original = str(original)
    kind = field_type(field)
    if kind == "integer" and field.get("groupChar", "\0") in original:
        if ours is None or ours == original.replace(field["groupChar"], ""):
            return "grouped-integer"
    if kind != "number":
        return None
    plain = original.strip().replace(field.get("groupChar", "\0"), "").replace(field.get("decimalChar", "."), ".")
    if field.get("bareNumber") is False and plain[:1] in "\u2212\u2013" and plain:
        if ours is None or ours == "-" + re.sub(r"[^\d.]", "", plain):
            return "typographic-minus"
    if re.search("\\d[\u00a0\u202f\u2009]\\d{3}", plain):
        if ours is None or ours == re.sub("[\u00a0\u202f\u2009]", "", plain):
            return "group-sign-space"
    if re.fullmatch(r"-?\d+(\.\d+)?[prse*]|\(-?\d+(\.\d+)?\)", plain):
        if ours is None or ours == plain.strip("()prse*"):
            return "mark-beside-number"
    return None


# ------------------------------------------------------------------- helpers


def findings(path):
    """Yields what frictionless finds: row, field and the rest."""
    report = Package(str(path)).validate()
    for error in report.errors:
        yield None, None, {"message": error.message, "resource": None, "table": None, "cell": ""}
    for task in report.tasks:
        for error in task.errors:
            yield (
                getattr(error, "row_number", None),
                getattr(error, "field_name", None),
                {
                    "message": f"{task.name}: {error.message}",
                    "resource": task.name,
                    "table": task.name,
                    "cell": getattr(error, "cell", ""),
                },
            )


def resource_of(package, name):
    return next(it for it in package["resources"] if it["name"] == name)


def field_of(package, resource, name):
    if resource is None or name is None:
        return None
    return next((it for it in resource_of(package, resource)["schema"]["fields"] if it["name"] == name), None)


def field_type(field):
    return field.get("type", "string")


def summary_titles(resource):
    rows = resource.get("kompendium", {}).get("summaryRows", {}).get("values", [])
    return {it["value"] if isinstance(it, dict) else it for it in rows}


def summary_rows(files, table):
    """Numbers the rows of an original that sum up, as frictionless counts them."""
    resource = resource_of(files.read(files.descriptor), table)
    column = resource.get("kompendium", {}).get("summaryRows", {}).get("field")
    rows = cells_of(resource, files.project / "data")
    return {at for at, row in enumerate(rows, start=2) if column and row[column] in summary_titles(resource)}


def cells_of(resource, folder):
    """Reads the cells of a described resource as they are written."""
    with open(folder / resource["path"], encoding="utf-8-sig", newline="") as file:
        delimiter = resource.get("dialect", {}).get("delimiter", ",")
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def slug_of(name, ids):
    """A column without an id has one that is made of its name; its title tells which."""
    return next((it for it, field in ids.items() if field.title == name), name)


def published_profile():
    """The profile as the package check-datapackage ships it; only this file of it is used."""
    wheel = next(iter(sorted((HERE.parent / ".venv" / "profiles").glob("check_datapackage-*.whl"))))
    with zipfile.ZipFile(wheel) as archive:
        return json.loads(archive.read("check_datapackage/schemas/data-package-2-0.json"))


def machine_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def excel_rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";", strict=True))


def records(text):
    """Splits at line ends outside of quotation marks; only CR LF is one."""
    found, start, inside = [], 0, False
    for at, sign in enumerate(text):
        if sign == '"':
            inside = not inside
        elif sign == "\n" and not inside and text[at - 1] == "\r":
            found.append(text[start : at - 1])
            start = at + 1
    return found + ([text[start:]] if start < len(text) else [])


def undefused(cell):
    """Takes the ' away that keeps Excel from computing; one that is not needed stays."""
    return cell[1:] if re.match("'[=+\\-@\t\r\n＝＋－＠0-9]", cell) else cell


def collapsed(text):
    return " ".join(text.split())


class Shown(HTMLParser):
    """What a page shows of a table: header, rows of (text, is a number), and the file for Excel.

    Rows and cells of large tables have no end tags, and its style sheet says which columns
    stand to the right: those are numbers.
    """

    def __init__(self, page):
        super().__init__()
        self.page = page
        self.header, self.rows, self.excel = [], [], None
        self.inside = self.row = self.cell = None
        self.numbers = set()
        self.skipped = 0
        self.unit = False
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        classes = (known.get("class") or "").split()
        if tag == "a" and (known.get("href") or "").endswith("-excel.csv"):
            self.excel = known["href"]
        if tag == "link" and known.get("rel") == "stylesheet" and "assets/" not in known["href"]:
            style = (self.page.parent / known["href"]).read_text(encoding="utf-8")
            right = re.search(r":is\(([^{}]*)\)\{text-align:right\}", style)
            self.numbers = {int(it) - 1 for it in re.findall(r"nth-child\((\d+)\)", right[1])} if right else set()
        if tag == "table":
            self.inside = "data-table" in classes
        if not self.inside:
            return
        if tag in ("tr", "tbody"):
            self.end_row()
        if tag == "tr":
            self.row = []
        elif tag in ("th", "td"):
            self.end_cell()
            is_number = len(self.row) in self.numbers and not {"missing", "unclear"} & set(classes)
            self.cell = {"text": "", "scope": known.get("scope"), "is_number": is_number}
        elif tag in ("span", "sup") and self.cell is not None:
            if self.skipped or {"hidden", "caveat"} & set(classes):
                self.skipped += 1
            elif "unit" in classes:
                self.unit = True
                self.cell["text"] = self.cell["text"].rstrip() + " ("

    def handle_endtag(self, tag):
        if tag in ("tr", "tbody", "table"):
            self.end_row()
        if tag == "table":
            self.inside = False
        if self.cell is None:
            return
        if tag in ("span", "sup") and self.skipped:
            self.skipped -= 1
        elif tag == "span" and self.unit:
            self.unit = False
            self.cell["text"] += ")"
        elif tag in ("th", "td"):
            self.end_cell()

    def end_cell(self):
        if self.cell is not None:
            if self.cell["scope"] == "col":
                self.header.append(self.cell["text"])
            elif self.cell["scope"] != "colgroup":
                self.row.append(self.cell)
            self.cell = None

    def end_row(self):
        self.end_cell()
        if self.row and self.row[0]["scope"] == "row":
            first, *rest = self.row
            self.rows.append([(first["text"], False)] + [(it["text"], it["is_number"]) for it in rest])
        self.row = None

    def handle_data(self, data):
        if self.cell is not None and not self.skipped:
            self.cell["text"] += data


def run(files, say=print):
    """Runs all checks; returns how many failed."""
    failed = 0
    with system.use_context(trusted=True):
        for check in CHECKS:
            name = check.__name__.replace("_", " ")
            complaints = list(check(files))
            failed += bool(complaints)
            say(("FAILED " if complaints else "passed ") + name)
            for complaint in complaints[:20]:
                say(f"  {complaint}")
    return failed


if __name__ == "__main__":
    sys.exit(1 if run(Files(sys.argv[1], sys.argv[2], sys.argv[3:])) else 0)
