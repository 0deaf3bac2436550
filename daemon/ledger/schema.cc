#include "ledger/schema.h"

namespace iocd::ledger {
namespace {

// Tables hold instants as nanoseconds, exactly; the views show them as texts of +07:00. No STRICT
// tables: SQL tools with a SQLite older than 3.37 could not open the file.
constexpr char kTables[] = R"(
CREATE TABLE position (
  id             INTEGER PRIMARY KEY CHECK (id = 1),
  log_position   INTEGER NOT NULL,
  recorded_at_ns INTEGER NOT NULL
);
INSERT INTO position VALUES (1, 0, 0);

CREATE TABLE period_revisions (
  scope          TEXT NOT NULL,
  indicator      TEXT NOT NULL,
  calendar       TEXT NOT NULL CHECK (calendar IN ('civil', 'admin')),
  period         TEXT NOT NULL,
  revision       INTEGER NOT NULL CHECK (revision >= 1),
  value          REAL,
  numerator      REAL,
  denominator    REAL,
  events         INTEGER NOT NULL,
  members_have   INTEGER NOT NULL,
  members_owe    INTEGER NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('provisional', 'closed', 'restated')),
  recorded_at_ns INTEGER NOT NULL,
  PRIMARY KEY (scope, indicator, calendar, period, revision)
) WITHOUT ROWID;
CREATE INDEX period_revisions_by_period ON period_revisions (period, calendar);

CREATE TABLE reports (
  department     TEXT NOT NULL,
  indicator      TEXT NOT NULL,
  period         TEXT NOT NULL,
  year           INTEGER NOT NULL,
  due_at_ns      INTEGER NOT NULL,
  late_from_ns   INTEGER NOT NULL,
  closes_at_ns   INTEGER NOT NULL,
  received_at_ns INTEGER,
  state          TEXT NOT NULL CHECK (state IN ('fresh', 'due', 'late', 'missing', 'waived')),
  waived         INTEGER NOT NULL CHECK (waived IN (0, 1)),
  counts_as_late INTEGER NOT NULL CHECK (counts_as_late IN (0, 1)),
  PRIMARY KEY (department, indicator, period)
) WITHOUT ROWID;
CREATE INDEX reports_late ON reports (year, department) WHERE counts_as_late = 1;

CREATE TABLE waivers (
  id              INTEGER PRIMARY KEY,
  department      TEXT NOT NULL,
  indicator       TEXT,
  first_day       TEXT NOT NULL,
  last_day        TEXT NOT NULL,
  reason          TEXT NOT NULL,
  author          TEXT NOT NULL,
  document_date   TEXT NOT NULL,
  recorded_at_ns  INTEGER NOT NULL,
  withdrawn_at_ns INTEGER
);

CREATE TABLE history_keys (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  scope     TEXT NOT NULL,
  indicator TEXT NOT NULL,
  target    TEXT NOT NULL,
  UNIQUE (kind, scope, indicator, target)
);
CREATE TABLE history (
  key_id      INTEGER NOT NULL REFERENCES history_keys (id),
  at_ns       INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  value_text  TEXT,
  value       REAL,
  PRIMARY KEY (key_id, at_ns, number)
) WITHOUT ROWID;
)";

constexpr char kEnglishViews[] = R"(
CREATE VIEW figure_revisions AS
SELECT scope, indicator, calendar,
       CASE WHEN length(period) = 4 THEN 'year'
            WHEN period LIKE '____-Q_' THEN 'quarter'
            WHEN period LIKE '____-H_' THEN 'half'
            WHEN period LIKE '____-9M' THEN 'nine_months'
            WHEN period LIKE '____-W__' THEN 'week'
            WHEN length(period) = 7 THEN 'month'
            ELSE 'day' END AS period_kind,
       period, revision, value, numerator, denominator, events, members_have, members_owe, state,
       datetime(recorded_at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS recorded_at
FROM period_revisions;

CREATE VIEW figures AS
SELECT * FROM figure_revisions AS this
WHERE NOT EXISTS (SELECT 1 FROM period_revisions AS next
                  WHERE next.scope = this.scope AND next.indicator = this.indicator
                    AND next.calendar = this.calendar AND next.period = this.period
                    AND next.revision = this.revision + 1);

CREATE VIEW report_list AS
SELECT year, department, indicator, period,
       datetime(due_at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS due_at,
       datetime(late_from_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS late_from,
       datetime(closes_at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS closes_at,
       datetime(received_at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS received_at,
       state, waived, counts_as_late
FROM reports;

CREATE VIEW late_counts AS
SELECT year, department, COUNT(*) AS late_reports
FROM reports WHERE counts_as_late = 1 GROUP BY year, department;

CREATE VIEW waiver_list AS
SELECT department, indicator, first_day, last_day, reason, author, document_date,
       datetime(recorded_at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS recorded_at,
       datetime(withdrawn_at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS withdrawn_at
FROM waivers;

CREATE VIEW changes AS
SELECT datetime(at_ns / 1000000000 + 25200, 'unixepoch') || '+07:00' AS at,
       kind, scope, indicator, target, value_text, value, at_ns, number
FROM history JOIN history_keys ON history_keys.id = history.key_id;
)";

// Names without diacritics, which every keyboard and tool has; the words in the cells have them.
constexpr char kVietnameseViews[] = R"(
CREATE VIEW lan_sua_so_lieu AS
SELECT scope AS pham_vi, indicator AS chi_so,
       CASE calendar WHEN 'admin' THEN 'hành chính' ELSE 'dương lịch' END AS lich,
       CASE period_kind WHEN 'year' THEN 'năm' WHEN 'quarter' THEN 'quý' WHEN 'half' THEN '6 tháng'
                        WHEN 'nine_months' THEN '9 tháng' WHEN 'week' THEN 'tuần'
                        WHEN 'month' THEN 'tháng' ELSE 'ngày' END AS loai_ky,
       period AS ky, revision AS lan_ghi, value AS gia_tri, numerator AS tu_so,
       denominator AS mau_so, events AS so_su_kien, members_have AS so_da_co,
       members_owe AS so_phai_co,
       CASE state WHEN 'provisional' THEN 'tạm tính' WHEN 'closed' THEN 'đã chốt'
                  ELSE 'sửa sau chốt' END AS trang_thai,
       recorded_at AS ghi_luc
FROM figure_revisions;

CREATE VIEW so_lieu AS
SELECT * FROM lan_sua_so_lieu AS nay
WHERE NOT EXISTS (SELECT 1 FROM period_revisions AS sau
                  WHERE sau.scope = nay.pham_vi AND sau.indicator = nay.chi_so
                    AND sau.calendar = CASE nay.lich WHEN 'hành chính' THEN 'admin' ELSE 'civil' END
                    AND sau.period = nay.ky AND sau.revision = nay.lan_ghi + 1);

CREATE VIEW bao_cao AS
SELECT year AS nam, department AS don_vi, indicator AS chi_so, period AS ky, due_at AS han,
       late_from AS tre_tu, closes_at AS chot_luc, received_at AS nhan_luc,
       CASE state WHEN 'fresh' THEN 'đã có' WHEN 'due' THEN 'đến hạn' WHEN 'late' THEN 'trễ hạn'
                  WHEN 'missing' THEN 'không có' ELSE 'được miễn' END AS trang_thai,
       waived AS duoc_mien, counts_as_late AS tinh_la_tre
FROM report_list;

CREATE VIEW so_lan_tre AS
SELECT year AS nam, department AS don_vi, late_reports AS so_lan_tre FROM late_counts;

CREATE VIEW mien_bao_cao AS
SELECT department AS don_vi, indicator AS chi_so, first_day AS tu_ngay, last_day AS den_ngay,
       reason AS ly_do, author AS nguoi_duyet, document_date AS ngay_van_ban,
       recorded_at AS ghi_luc, withdrawn_at AS rut_luc
FROM waiver_list;

CREATE VIEW dien_bien AS
SELECT at AS luc, kind AS loai, scope AS pham_vi, indicator AS chi_so, target AS chi_tieu,
       value_text AS noi_dung, value AS gia_tri
FROM changes;
)";

}  // namespace

std::span<const std::string> SchemaSteps() {
  static const std::string steps[] = {std::string(kTables) + kEnglishViews + kVietnameseViews};
  return steps;
}

}  // namespace iocd::ledger
