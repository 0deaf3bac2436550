// A target's way from its baseline to its deadline as a drawing: course, what was reached, what is
// expected today, where the pace leads. The same stands below it in words and in a table, for those who
// do not see the drawing.

import {axes, roomForValues, unitAbove} from './axes.js';
import {h, svg} from './elements.js';
import {fitted} from './fitted.js';
import {figure} from './formats.js';
import {placeLabels} from './label_places.js';
import {boundText, lastDay, periodText, shownDay, targetTitle} from './plot_formats.js';
import {domainOf, scale} from './scale.js';
import {trajectoryOf, valuesOf} from './trajectory.js';
import {trajectorySentence, trajectoryTable} from './trajectory_words.js';
import {word} from './words.js';

// In rem, of which letters and marks are measured too.
const HEIGHT = 17;
const LABEL_HEIGHT = 1.1;
const LETTER = 0.5;  // the mean width of a bold one

/// target: a TargetRow; indicator: its Indicator; periods: of its scope (PeriodValue[]); now: Date.
export function trajectoryPlot(target, indicator, periods, now) {
  const shown = trajectoryOf(target, indicator.kind, periods, now.getTime());
  const marks = marksOf(shown, target, indicator);
  return h('figure', {class: 'trajectory'},
    fitted((width, rem) => drawing(width, rem, shown, marks, target, indicator, now)),
    legend(shown),
    h('figcaption', {}, trajectorySentence(target, shown, indicator)),
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

function drawing(width, rem, shown, marks, target, indicator, now) {
  const height = HEIGHT * rem;
  const domain = domainOf(valuesOf(shown), indicator.minimum);
  const left = roomForValues(domain, indicator.unit, rem);
  const frame = {left, top: 1.8 * rem, right: width - rem, bottom: height - 1.8 * rem};
  const x = scale(shown.span, [frame.left, frame.right]);
  const y = scale(domain, [frame.bottom, frame.top]);
  const at = ({time, value}) => ({x: x(time), y: y(value)});
  return svg('svg', {
    class: 'plot', width, height, viewBox: `0 0 ${width} ${height}`, role: 'group',
    'aria-label': word('plot_of', targetTitle(target)),
  },
  axes({frame, x, y, span: shown.span, domain, unit: indicator.unit, rem}),
  unitAbove(indicator.unit, rem),
  today(x(now.getTime()), frame, rem),
  wayThere(shown, at, frame, y),
  whatWas(shown, at),
  // What matters most is drawn last, over the others.
  marks.toReversed().map((mark) => drawMark(mark, at(mark), rem)),
  drawLabels(marks, linesOf(shown).map((line) => line.map(at)), at, frame, rem));
}

function today(at, frame, rem) {
  const end = at > (frame.left + frame.right) / 2;
  return svg('g', {class: 'today'},
    svg('line', {x1: at, x2: at, y1: 1.1 * rem, y2: frame.bottom}),
    svg('text', {x: at, y: 0.85 * rem, 'text-anchor': end ? 'end' : 'start'}, word('today')));
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

// Around (0, 0), of the size of a letter.
const SHAPES = {
  actual: (r) => svg('circle', {r: 0.42 * r}),
  goal: (r) => svg('path', {d: `M0 ${-0.5 * r} L${0.5 * r} ${0.38 * r} L${-0.5 * r} ${0.38 * r} Z`}),
  stretch: (r) => svg('path', {d: `M0 ${-0.5 * r} L${0.5 * r} ${0.38 * r} L${-0.5 * r} ${0.38 * r} Z`}),
  forecast: (r) => svg('circle', {r: 0.36 * r}),
  expected: (r) => svg('path', {d: `M0 ${-0.5 * r} L${0.5 * r} 0 L0 ${0.5 * r} L${-0.5 * r} 0 Z`}),
  baseline: (r) => svg('rect', {x: -0.3 * r, y: -0.3 * r, width: 0.6 * r, height: 0.6 * r}),
  milestone: (r) => svg('rect', {x: -0.25 * r, y: -0.25 * r, width: 0.5 * r, height: 0.5 * r}),
  earlier: (r) => svg('circle', {r: 0.25 * r}),
};

// The words of an earlier point show when it is pointed at or has the focus; the others have labels.
function drawMark({kind, title, text}, {x, y}, rem) {
  return svg('g', {
    class: `mark mark-${kind}`, transform: `translate(${x} ${y})`, tabindex: 0, role: 'img', 'aria-label': title,
    'data-key': `mark ${title}`,
  },
  svg('title', {}, title),
  svg('circle', {class: 'reach', r: 0.8 * rem}),
  SHAPES[kind](rem),
  kind === 'earlier' && svg('text', {class: 'hint', y: -0.7 * rem, 'text-anchor': 'middle'}, text));
}

// Those that the drawing has: [[{time, value}, …], …].
function linesOf({course, threshold, goal, actual, earlier, forecast, span}) {
  return [
    course ?? [{time: span[0], value: threshold}, {time: goal?.time ?? span[1], value: threshold}],
    actual ? [...earlier, actual] : [],
    actual && forecast ? [actual, forecast] : [],
  ];
}

function drawLabels(marks, lines, at, frame, rem) {
  const labelled = marks.filter(({kind}) => kind !== 'earlier');
  const sized = labelled.map((mark) => ({
    ...at(mark), width: mark.text.length * LETTER * rem, height: LABEL_HEIGHT * rem,
  }));
  const places = placeLabels(sized, marks.map(at), lines, frame);
  return labelled.map(({kind, text}, i) => places[i] && svg('text', {
    class: `label label-${kind}`, 'aria-hidden': 'true',
    x: places[i].left, y: places[i].top + 0.8 * LABEL_HEIGHT * rem,
  }, text));
}

function legend({course, threshold, tolerance, expected, actual, earlier, forecast}) {
  const entry = (kind, there) => there && h('li', {},
    svg('svg', {class: 'plot', width: 24, height: 18, viewBox: '-12 -9 24 18', 'aria-hidden': 'true'}, sign(kind)),
    word(`legend_${kind}`));
  return h('ul', {class: 'legend'},
    entry('course', course), entry('band', course && tolerance > 0), entry('threshold', threshold !== null),
    entry('actual', actual), entry('earlier', earlier.length > 0), entry('expected', expected), entry('forecast', forecast));
}

function sign(kind) {
  if (kind in SHAPES) return svg('g', {class: `mark mark-${kind}`}, SHAPES[kind](16));
  if (kind === 'band') return svg('rect', {class: kind, x: -11, y: -6, width: 22, height: 12});
  return svg('line', {class: kind, x1: -11, x2: 11, y1: 0, y2: 0});
}

function points(list) {
  return list.map(({x, y}) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
}
