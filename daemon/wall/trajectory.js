// What a trajectory plot shows of one target, as points of (time, value): the course from the
// baseline to the deadline, where it stands today, what was reached and where the pace leads.
// Arithmetic alone: no DOM, no language. Times are milliseconds since 1970. The formulas stand in
// docs/targets.md; status, forecast and tolerance are the daemon's and only taken over.

import {dayStart, periodEnd} from './periods.js';

/// target: a TargetRow; kind: of its indicator; periods: PeriodValues of that indicator and scope; now: ms.
///
/// Returns {course, threshold, goal, stretch, expected, actual, earlier, forecast, tolerance, span}:
/// - course: [{time, value}], at least two, or null: no baseline, no deadline, or it must be held.
/// - threshold: the value that is asked for all along where there is no course, otherwise null.
/// - goal, stretch, forecast: {time, value} at the deadline, or null.
/// - expected: the course today, or null before the baseline and from the deadline on.
/// - actual: {time, value} or null. earlier: [{time, value, period, state}], oldest first.
/// - span: [from, to] of time that holds all of this and today.
export function trajectoryOf(target, kind, periods, now) {
  const deadline = timeOf(target.deadline);
  const course = courseOf(target, deadline);
  const at = (value) => (deadline !== null && value !== undefined ? {time: deadline, value} : null);
  const shown = {
    course,
    threshold: course ? null : target.targetValue,
    goal: at(target.targetValue),
    stretch: at(target.stretch),
    expected: course && now >= course[0].time && now < deadline ? {time: now, value: courseAt(course, now)} : null,
    actual: target.actual === undefined ? null : {time: timeOf(target.actualTime) ?? now, value: target.actual},
    earlier: earlierOf(target, kind, periods),
    forecast: at(target.forecast),
    tolerance: course ? target.tolerance ?? 0 : 0,
  };
  return {...shown, span: spanOf(target, shown, now)};
}

/// The value that a course asks for at a time; held at its ends.
export function courseAt(course, time) {
  if (time <= course[0].time) return course[0].value;
  for (let i = 1; i < course.length; ++i) {
    const [from, to] = [course[i - 1], course[i]];
    if (time < to.time) {
      return from.value + ((time - from.time) / (to.time - from.time)) * (to.value - from.value);
    }
  }
  return course.at(-1).value;
}

/// Every value that a plot of it has to hold.
export function valuesOf(shown) {
  const {course, threshold, goal, stretch, actual, earlier, forecast, tolerance} = shown;
  const values = [...(course ?? []), goal, stretch, actual, forecast, ...earlier]
    .filter((point) => point !== null)
    .map((point) => point.value);
  if (threshold !== null) values.push(threshold);
  if (course) values.push(...course.flatMap((point) => [point.value - tolerance, point.value + tolerance]));
  return values;
}

function courseOf(target, deadline) {
  const begins = target.baseline !== undefined && target.baselineDate;
  if (target.trajectory === 'maintain' || deadline === null || !begins) return null;
  return [
    {time: dayStart(target.baselineDate), value: target.baseline},
    ...(target.milestones ?? []).map(({date, value}) => ({time: dayStart(date), value})),
    {time: deadline, value: target.targetValue},
  ];
}

// Days are left out: their scatter hides the course. Of a flow only months are comparable, since its
// value of today is that of 30 days. Of periods with one end the longest stays.
function earlierOf(target, kind, periods) {
  const kinds = kind === 'flow' ? ['month'] : ['month', 'quarter', 'year'];
  const byEnd = new Map();
  for (const each of kinds) {
    for (const period of periods) {
      if (period.kind !== each || period.which === 'current') continue;
      byEnd.set(periodEnd(period.period), period);
    }
  }
  const latest = timeOf(target.actualTime);
  return [...byEnd]
    .filter(([time]) => latest === null || time < latest)
    .map(([time, {value, period, state}]) => ({time, value, period, state}))
    .sort((a, b) => a.time - b.time);
}

function spanOf(target, {course, actual, earlier, goal}, now) {
  const times = [now, ...[course?.[0], actual, goal, ...earlier].filter(Boolean).map((point) => point.time)];
  if (!course && target.documentDate) times.push(dayStart(target.documentDate));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const air = Math.max((to - from) * 0.03, 24 * 3600e3);
  return [from - air, to + air];
}

function timeOf(timestamp) {
  return timestamp ? Date.parse(timestamp) : null;
}
