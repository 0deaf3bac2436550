// What the picture of the centre says of each department, and which targets need action.

import {centre} from './centre.js';
import {isoDay} from './formats.js';
import {severity, worstFreshness, worstStatus} from './status.js';

export const COUNTED = ['achieved', 'on_track', 'at_risk', 'lagging', 'regressed', 'missed'];
const WINDOWED = ['flow', 'ratio', 'duration'];
const BEHIND = ['missed', 'regressed', 'lagging', 'at_risk'];

/// Departments that exist today, in catalogue order.
export function presentDepartments() {
  const today = isoDay(centre.now());
  return [...centre.departments.values()].filter((department) =>
    (!department.validFrom || department.validFrom <= today) &&
    (!department.validTo || department.validTo > today));
}

/// Those that the department has to reach itself, and those of others that it owns.
export function targetsOf(code) {
  return centre.targets.filter((row) => row.owner === code || row.scope === code);
}

/// The worst status of them.
export function statusOf(code) {
  return worstStatus(targetsOf(code).map((row) => row.status));
}

const reportsOf = (code) => centre.reports.get(code)?.reports ?? [];

/// The worst state of the department's present reports.
export function freshnessOf(code) {
  return worstFreshness(reportsOf(code).map((report) => report.state));
}

/// How many of its present reports are late or missing.
export function owedReports(code) {
  return reportsOf(code).filter(({state}) => state === 'late' || state === 'missing').length;
}

/// How far a target is behind, as a share of the whole way to it.
export function lag(row) {
  const missing = row.shortfall ?? row.gap ?? 0;
  const way = Math.abs(row.targetValue - (row.baseline ?? 0)) || 1;
  return missing / way;
}

/// The worst first.
export function targetsBehind() {
  return centre.targets
      .filter((row) => BEHIND.includes(row.status))
      .sort((a, b) => severity(a.status) - severity(b.status) || lag(b) - lag(a));
}

/// The course of a department's figure can be asked for: of a windowed kind, without members.
export function hasBuckets(indicator) {
  return WINDOWED.includes(indicator.kind) && !indicator.memberSet;
}

/// What a tile shows of a department: {indicator, row} of its first windowed indicator that has a
/// value, otherwise of its first that has one; undefined if none has.
export function headline(code) {
  let first;
  for (const indicator of centre.indicators.values()) {
    if (!indicator.reporters?.includes(code)) continue;
    const row = centre.figure(code, indicator.code);
    if (row?.value === undefined) continue;
    if (row.window === '30d') return {indicator, row};
    first ??= {indicator, row};
  }
  return first;
}
