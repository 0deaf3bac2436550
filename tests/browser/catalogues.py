"""Small catalogues for the wall, and what is pushed by them. Courses run from a year ago to a year on,
so that half of the way is expected today, whenever that is."""

import datetime
import itertools
import time

DEPARTMENTS = """\
territory: {code: test, name_vi: tỉnh Thử Nghiệm, name_en: Test province}
departments:
  - {code: stttt, name_vi: Sở Thông tin và Truyền thông, name_en: Information, kind: so}
  - {code: stc, name_vi: Sở Tài chính, name_en: Finance, kind: so}
  - {code: stp, name_vi: Sở Tư pháp, name_en: Justice, kind: so}
"""

INDICATORS = """\
indicators:
  - {code: dossiers_received, name_vi: Số hồ sơ tiếp nhận, name_en: Dossiers received, kind: flow,
     unit: dossier, direction: none, cadence: realtime, reporters: [so]}
  - {code: internet_users_pct, name_vi: Tỷ lệ người sử dụng Internet, name_en: Internet users,
     kind: coverage, unit: percent, direction: higher, cadence: monthly, reporters: owner,
     owner: stttt}
  - {code: budget_online_pct, name_vi: Ngân sách công khai, name_en: Budgets published,
     kind: coverage, unit: percent, direction: higher, cadence: monthly, reporters: owner,
     owner: stc}
"""

TARGETS = """\
targets:
  - {{indicator: internet_users_pct, operator: ">=", value: 100%, deadline: {end},
     baseline: {{value: 0%, date: {begin}}}, document: Test, document_date: {begin}}}
  - {{indicator: budget_online_pct, operator: ">=", value: 100%, deadline: {end},
     baseline: {{value: 0%, date: {begin}}}, document: Test, document_date: {begin}}}
"""

# Of a target of TARGETS: what its actual has to be today.
ON_TRACK, AT_RISK, LAGGING = 0.8, 0.4, 0.1

SCRIPT = "<script>alert(1)</script>"
IMAGE = "\"><img src=x onerror=\"alert(2)\"> it's & 'quoted' </td></svg>"

_sequences = itertools.count(1)


def targets():
    today = datetime.date.today()
    year = datetime.timedelta(days=365)
    return TARGETS.format(begin=today - year, end=today + year)


def whole():
    return DEPARTMENTS + INDICATORS + targets()


def hostile():
    """Names that a page which builds its text as HTML would run."""
    return (whole()
            .replace("Sở Tư pháp", f"'{SCRIPT}'").replace("Justice", f"'{SCRIPT}'")
            .replace("Tỷ lệ người sử dụng Internet", _quoted(IMAGE))
            .replace("Internet users", _quoted(IMAGE)))


def _quoted(text):
    """As a plain scalar of YAML."""
    return "'" + text.replace("'", "''") + "'"


def push(daemon, department, indicator, value, simulated=False):
    """One event of now."""
    answer = daemon.push({
        "department": department, "producer": "browser", "sequence": str(next(_sequences)),
        "simulated": simulated, "events": [
            {"indicator": indicator, "value": value,
             "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}]})
    if answer.get("accepted") != 1:
        raise AssertionError(answer)
