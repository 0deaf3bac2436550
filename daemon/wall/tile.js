// One unit: its name, how its worst target stands, whether its reports are here, and one figure.

import {departmentAddress} from './addresses.js';
import {h} from './elements.js';
import {number} from './formats.js';
import {freshnessOf, hasBuckets, headline, statusOf} from './picture.js';
import {freshnessMark, statusMark} from './status.js';
import {nameOf, word} from './words.js';

/// `sparklines` brings the drawings.
export function tile(department, sparklines) {
  const {code} = department;
  const marks = h('span', {class: 'marks'});
  const value = h('span', {class: 'value', 'data-figure': ''});
  const period = h('span', {class: 'period'});
  const what = h('span', {class: 'what'});
  const drawing = h('span', {class: 'drawing'});
  const element = h('a', {
    class: 'tile', href: departmentAddress(code), 'data-department': code,
    'data-status': 'none', 'data-freshness': 'none', title: nameOf(department),
  }, h('span', {class: 'first'}, h('span', {class: 'name'}, nameOf(department)), marks,
      h('span', {class: 'headline'}, value, period, drawing)), what);
  let marked = '';
  let drawn = '';

  function updateMarks() {
    const status = statusOf(code);
    const freshness = freshnessOf(code);
    if (`${status} ${freshness}` === marked) return;
    marked = `${status} ${freshness}`;
    element.dataset.status = status;
    element.dataset.freshness = freshness;
    marks.replaceChildren(...(status === 'none' ? [] : [statusMark(status)]), freshnessMark(freshness));
  }

  function updateFigure() {
    const shown = headline(code);
    const text = number(shown?.row.value, shown?.indicator.unit);
    if (value.textContent !== text) value.textContent = text;
    const when = shown?.row.window === '30d' ? word('in_30_days') : word('newest');
    const beside = shown?.row.window === '30d' ? word('in_30_days_short') : '';
    if (period.textContent !== beside) period.textContent = beside;
    const label = shown ? `${nameOf(shown.indicator)} · ${when}` : word('no_value_yet');
    if (what.textContent !== label) what.textContent = what.title = value.title = label;
    const series = shown && hasBuckets(shown.indicator) ? shown.indicator.code : '';
    if (series !== drawn) {
      drawn = series;
      drawing.replaceChildren();
      if (series) sparklines.show(drawing, code, series);
      else sparklines.hide(drawing);
    }
  }

  return {
    code,
    element,
    update() {
      updateMarks();
      updateFigure();
    },
  };
}
