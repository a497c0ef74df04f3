"""Does the SARIF report keep the official schema?

The report is the one that the test of messages compares with the program's, byte for byte; the
schema comes with an npm package. A report with a slip must be refused, or the check is none.
"""

import json
import sys
from pathlib import Path

import jsonschema

TESTS = Path(__file__).parent.parent
SCHEMA = TESTS / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def main():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(report())]
    broken = report()
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    if validator.is_valid(broken):
        found.append("a column 0 is not refused")
    print("\n".join(found) or "the SARIF report keeps the schema")
    return 1 if found else 0


def report():
    case = (TESTS / "diagnostics/format-sarif.txt").read_text(encoding="utf-8")
    expected = case.split("-- expected.stderr --\n", 1)[1]
    return json.JSONDecoder().raw_decode(expected)[0]


sys.exit(main())
