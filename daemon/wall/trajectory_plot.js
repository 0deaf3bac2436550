// A target's way from its baseline to its deadline as a drawing: course, what was reached, what is
// expected today, where the pace leads. The same stands below it in words and in a table, for those who
// do not see the drawing.

import {axes, roomForValues} from './axes.js';
import {h, svg} from './elements.js';
import {fitted} from './fitted.js';
import {figure} from './formats.js';
import {placeLabels} from './label_places.js';
import {boundText, lastDay, periodText, shownDay} from './plot_formats.js';
import {domainOf, scale} from './scale.js';
import {trajectoryOf, valuesOf} from './trajectory.js';
import {trajectorySentence, trajectoryTable} from './trajectory_words.js';
import {word} from './words.js';

const HEIGHT = 300;
const LABEL_HEIGHT = 17;
const LETTER = 7.4;  // the mean width of one, in pixels

/// target: a TargetRow; indicator: its Indicator; periods: of its scope (PeriodValue[]); now: Date.
export function trajectoryPlot(target, indicator, periods, now) {
  const shown = trajectoryOf(target, indicator.kind, periods, now.getTime());
  const marks = marksOf(shown, target, indicator);
  return h('figure', {class: 'trajectory'},
    fitted((width) => drawing(width, shown, marks, target, indicator, now)),
    legend(shown),
    h('figcaption', {}, trajectorySentence(target, shown, indicator, now)),
    h('details', {'data-key': `table ${target.scope} ${target.target} ${target.document}`},
      h('summary', {}, word('plot_table')),
      trajectoryTable(target, shown, indicator, now)));
}

// Most important first: that is the order in which their labels find room.
function marksOf(shown, target, indicator) {
  const say = (value) => figure(value, indicator.unit);
  const mark = (kind, point, text, when) => point && {kind, ...point, text, title: `${text} · ${when}`};
  return [
    mark('actual', shown.actual, `${word('actual')} ${shown.actual && say(shown.actual.value)}`,
      shown.actual && shownDay(shown.actual.time)),
    mark('goal', shown.goal, boundText(target, indicator.unit), word('until_day', lastDay(shown.goal?.time))),
    mark('forecast', shown.forecast, `${word('forecast')} ${shown.forecast && say(shown.forecast.value)}`,
      lastDay(shown.forecast?.time)),
    mark('expected', shown.expected, `${word('expected')} ${shown.expected && say(shown.expected.value)}`,
      shown.expected && shownDay(shown.expected.time)),
    mark('stretch', shown.stretch, `${word('stretch')} ${shown.stretch && say(shown.stretch.value)}`,
      lastDay(shown.stretch?.time)),
    ...(shown.course ?? []).slice(0, -1).map((point, i) => mark(i === 0 ? 'baseline' : 'milestone', point,
      `${word(i === 0 ? 'baseline' : 'milestone')} ${say(point.value)}`, shownDay(point.time))),
    ...shown.earlier.map((point) => mark('earlier', point, say(point.value),
      `${periodText(point.period)}, ${word(`period_${point.state}`)}`)),
  ].filter(Boolean);
}

function drawing(width, shown, marks, target, indicator, now) {
  const domain = domainOf(valuesOf(shown), indicator.minimum);
  const frame = {left: roomForValues(domain, indicator.unit), top: 26, right: width - 14, bottom: HEIGHT - 30};
  const x = scale(shown.span, [frame.left, frame.right]);
  const y = scale(domain, [frame.bottom, frame.top]);
  const at = ({time, value}) => ({x: x(time), y: y(value)});
  return svg('svg', {
    class: 'plot', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: 'group',
    'aria-label': word('plot_of', target.target),
  },
  axes({frame, x, y, span: shown.span, domain, unit: indicator.unit}),
  today(x(now.getTime()), frame),
  wayThere(shown, at, frame, y),
  whatWas(shown, at),
  marks.map((mark) => drawMark(mark, at(mark))),
  drawLabels(marks, at, {...frame, left: frame.left + 2}));
}

function today(at, frame) {
  const end = at > (frame.left + frame.right) / 2;
  return svg('g', {class: 'today'},
    svg('line', {x1: at, x2: at, y1: frame.top - 8, y2: frame.bottom}),
    svg('text', {x: at + (end ? 2 : -2), y: frame.top - 12, 'text-anchor': end ? 'end' : 'start'}, word('today')));
}

function wayThere({course, threshold, goal, tolerance}, at, frame, y) {
  if (course) {
    const band = [...course.map(({time, value}) => at({time, value: value + tolerance})),
      ...course.map(({time, value}) => at({time, value: value - tolerance})).reverse()];
    return [svg('polygon', {class: 'band', points: points(band)}),
      svg('polyline', {class: 'course', points: points(course.map(at))})];
  }
  const right = goal ? at(goal).x : frame.right;
  return svg('line', {class: 'threshold', x1: frame.left, x2: right, y1: y(threshold), y2: y(threshold)});
}

function whatWas({actual, earlier, forecast}, at) {
  return [
    actual && earlier.length > 0 &&
      svg('polyline', {class: 'reached', points: points([...earlier, actual].map(at))}),
    actual && forecast &&
      svg('polyline', {class: 'forecast-line', points: points([actual, forecast].map(at))}),
  ];
}

const SHAPES = {
  actual: () => svg('circle', {r: 7}),
  goal: () => svg('path', {d: 'M0 -8 L8 6 L-8 6 Z'}),
  stretch: () => svg('path', {d: 'M0 -8 L8 6 L-8 6 Z'}),
  forecast: () => svg('circle', {r: 6}),
  expected: () => svg('path', {d: 'M0 -8 L8 0 L0 8 L-8 0 Z'}),
  baseline: () => svg('rect', {x: -5, y: -5, width: 10, height: 10}),
  milestone: () => svg('rect', {x: -4, y: -4, width: 8, height: 8}),
  earlier: () => svg('circle', {r: 4}),
};

// The words of an earlier point show when it is pointed at or has the focus; the others have labels.
function drawMark({kind, title, text}, {x, y}) {
  return svg('g', {
    class: `mark mark-${kind}`, transform: `translate(${x} ${y})`, tabindex: 0, role: 'img', 'aria-label': title,
  },
  svg('title', {}, title),
  svg('circle', {class: 'reach', r: 14}),
  SHAPES[kind](),
  kind === 'earlier' && svg('text', {class: 'hint', y: -12, 'text-anchor': 'middle'}, text));
}

function drawLabels(marks, at, frame) {
  const labelled = marks.filter(({kind}) => kind !== 'earlier');
  const places = placeLabels(
    labelled.map((mark) => ({...at(mark), width: mark.text.length * LETTER, height: LABEL_HEIGHT})),
    marks.map(at), frame);
  return labelled.map(({kind, text}, i) => places[i] && svg('text', {
    class: `label label-${kind}`, x: places[i].left, y: places[i].top + LABEL_HEIGHT - 4, 'aria-hidden': 'true',
  }, text));
}

function legend({course, threshold, expected, actual, earlier, forecast}) {
  const entry = (kind, there) => there && h('li', {},
    svg('svg', {class: 'plot legend-sign', width: 24, height: 18, viewBox: '-12 -9 24 18', 'aria-hidden': 'true'},
      kind in SHAPES ? svg('g', {class: `mark mark-${kind}`}, SHAPES[kind]())
        : svg('line', {class: kind, x1: -11, x2: 11, y1: 0, y2: 0})),
    word(`legend_${kind}`));
  return h('ul', {class: 'legend'},
    entry('course', course), entry('threshold', threshold !== null), entry('actual', actual),
    entry('earlier', earlier.length > 0), entry('expected', expected), entry('forecast', forecast));
}

function points(list) {
  return list.map(({x, y}) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
}
