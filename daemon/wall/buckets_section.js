// The chart of one series over 24 hours or 30 days, and the choice between both.

import {getJson} from './api.js';
import {asked} from './asked.js';
import {bucketChart} from './bucket_chart.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {empty, failure} from './page_states.js';
import {part} from './part.js';
import {hasBuckets} from './picture.js';
import {PROVINCE, scopeName} from './scopes.js';
import {word} from './words.js';

// The buckets that the daemon keeps of each window, in ms.
const WINDOWS = {'24h': 15 * 60e3, '30d': 6 * 3600e3};
const EVERY = 60e3;

/// {element, update(indicator), stop()}. Buckets are of one department: of the province there is a chart
/// only where a single department reports.
export function bucketsSection(code, scope) {
  const {element, show} = part('section', {class: 'page-section page-buckets'});
  let window = '30d';
  let source = null;
  let asking = null;

  function choose(name) {
    window = name;
    asking?.stop();
    const question = {indicator: code, department: source, buckets_of: name};
    asking = asked(() => getJson('/api/v1/series', question), EVERY, redraw);
    redraw();
  }

  function button(name) {
    return h('button', {
      type: 'button', 'data-key': `window ${name}`, 'aria-pressed': String(name === window),
      onclick: () => choose(name),
    }, word(`window_${name}`));
  }

  function redraw() {
    const indicator = centre.indicators.get(code);
    if (indicator) update(indicator);
  }

  function update(indicator) {
    source = sourceOf(indicator, scope);
    if (source && !asking) return choose(window);
    const buckets = asking?.answer()?.buckets;
    const error = asking?.error();
    show([source, window, buckets, error?.message], () => {
      if (!source) return reasonForNone(indicator);
      return [
        h('h3', {}, word('course_of', scopeName(source, centre.departments))),
        h('div', {class: 'buttons', role: 'group', 'aria-label': word('window')}, Object.keys(WINDOWS).map(button)),
        failure(error),
        buckets ? bucketChart(buckets, indicator, WINDOWS[window]) : empty('loading'),
      ];
    });
  }

  return {element, update, stop: () => asking?.stop()};
}

function sourceOf(indicator, scope) {
  if (!hasBuckets(indicator)) return null;
  if (scope !== PROVINCE) return scope;
  return indicator.reporters.length === 1 && !indicator.fedBy ? indicator.reporters[0] : null;
}

function reasonForNone(indicator) {
  if (!hasBuckets(indicator)) return null;
  return [h('h3', {}, word('course')), empty(indicator.fedBy ? 'course_is_of_parts' : 'course_needs_department')];
}
