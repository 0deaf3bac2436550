// What a trajectory plot shows, in one sentence and as a table.

import {h} from './elements.js';
import {figure} from './formats.js';
import {boundText, lastDay, periodText, shownDay, targetTitle} from './plot_formats.js';
import {tableFrame} from './table_frame.js';
import {statusWord, word} from './words.js';

/// target: a TargetRow; shown: its trajectoryOf(); indicator: its Indicator.
export function trajectorySentence(target, shown, indicator) {
  const say = (value) => figure(value, indicator.unit);
  const bound = boundText(target, indicator.unit);
  const parts = [shown.goal ? word('say_goal_by', bound, lastDay(shown.goal.time)) : word('say_goal', bound)];
  // Without a value the status says so.
  if (shown.actual) parts.push(word('say_actual', say(shown.actual.value), shownDay(shown.actual.time)));
  if (shown.expected) parts.push(word('say_expected', say(shown.expected.value)));
  if (shown.forecast) parts.push(word('say_forecast', say(shown.forecast.value)));
  if (!shown.course) parts.push(word(reasonWithoutCourse(target)));
  return `${statusWord(target.status)}: ${parts.join('; ')}.`;
}

function reasonWithoutCourse(target) {
  if (target.trajectory === 'maintain') return 'say_maintain';
  return target.deadline ? 'say_no_baseline' : 'say_no_deadline';
}

/// Every point of the plot, in the order of time.
export function trajectoryTable(target, shown, indicator, now) {
  const say = (value) => figure(value, indicator.unit);
  const row = (kind, point) => point && {time: point.time, what: word(kind), value: say(point.value)};
  const ends = (kind, point) => point && {...row(kind, point), when: lastDay(point.time)};
  const rows = [
    ...(shown.course ?? []).slice(0, -1).map((point, i) => row(i === 0 ? 'baseline' : 'milestone', point)),
    ...shown.earlier.map((point) => ({...row('earlier', point), when: periodText(point.period)})),
    row('actual', shown.actual), row('expected', shown.expected),
    shown.goal && {...ends('goal', shown.goal), value: boundText(target, indicator.unit)},
    ends('stretch', shown.stretch), ends('forecast', shown.forecast),
  ].filter(Boolean).sort((a, b) => a.time - b.time);
  return tableFrame('facts', word('plot_of', targetTitle(target)), [word('what'), word('when'), [word('value')]],
      rows.map(({time, what, when, value}) => h('tr', {},
          h('th', {scope: 'row'}, what),
          h('td', {}, when ?? shownDay(Math.min(time, now.getTime()))),
          h('td', {class: 'number'}, value))));
}
