// The present picture of the centre: what the watch has said, and the names of what it speaks of.

import {getJson} from './api.js';
import {Live} from './live.js';
import {whenSeen} from './sight.js';

const SENDERS_EVERY = 15000;  // ms: whether senders are simulated changes without a message
const NAMES_AGAIN = 3000;   // after a failure
const CLOCKS_DIFFER = 30000;  // ms: below it a message was only long on its way

/// What a target is known by.
export const targetKey = (row) => `${row.scope} ${row.indicator} ${row.target}`;
const figureKey = (scope, indicator) => `${scope} ${indicator}`;
const byCode = (rows) => new Map((rows ?? []).map((row) => [row.code, row]));

class Centre {
  constructor() {
    this.departments = new Map();
    this.indicators = new Map();
    this.territory = {code: '', nameVi: '', nameEn: ''};
    this.reports = new Map();
    this.time = null;          // of the newest message
    this.named = false;        // departments and indicators are there
    this.complete = false;     // the watch has told everything once
    this.namesFailed = false;  // to be read, last time
    this.live = new Live((message) => this.take(message), () => this.changed());
    this.rows = new Map();
    this.figures = new Map();
    this.offset = 0;
    this.subscribers = new Set();
    this.frame = 0;
    this.namesTimer = 0;
    this.namesAsked = 0;
  }

  start() {
    this.live.start();
    this.readNames();
    whenSeen(() => this.rest(), (rested) => rested && this.wake());
  }

  /// There is something to show.
  get whole() {
    return this.complete && this.named;
  }

  /// That of the watch; but nothing is live before there is something to show.
  get state() {
    const {state} = this.live;
    return state.name === 'live' && !this.whole ? {...state, name: 'connecting'} : state;
  }

  /// TargetRow[], in catalogue order.
  get targets() {
    return [...this.rows.values()];
  }

  get simulated() {
    return [...this.departments.values()].some((department) => department.simulated);
  }

  /// IndicatorRow of "province" or a department's code; undefined if there is none.
  figure(scope, indicator) {
    return this.figures.get(figureKey(scope, indicator));
  }

  /// By the daemon's clock, where that of this machine is off.
  now() {
    return this.byDaemon(new Date());
  }

  /// An instant of this machine's clock.
  byDaemon(date) {
    return new Date(date.getTime() + this.offset);
  }

  /// `changed` is called at most once in an animation frame. Returns how to end that.
  subscribe(changed) {
    this.subscribers.add(changed);
    return () => this.subscribers.delete(changed);
  }

  /// With a token that may be another one.
  retry() {
    this.live.retry();
    this.readNames();
  }

  take(message) {
    if (message.complete) {
      // Another catalogue, perhaps. The first names are on their way already, if they could be read.
      if (this.complete || this.namesFailed) this.readNames();
      this.rows.clear();
      this.figures.clear();
      this.reports.clear();
      this.complete = true;
    }
    for (const row of message.targets ?? []) this.rows.set(targetKey(row), row);
    for (const row of message.indicators ?? []) {
      this.figures.set(figureKey(row.scope, row.indicator), row);
    }
    for (const row of message.departments ?? []) this.reports.set(row.department, row);
    this.time = new Date(message.time);
    const offset = this.time - Date.now();
    this.offset = Math.abs(offset) < CLOCKS_DIFFER ? 0 : offset;
    this.changed();
  }

  rest() {
    ++this.namesAsked;  // what is on its way comes too late
    clearTimeout(this.namesTimer);
  }

  /// Where there was a picture, names are read with the next whole one.
  wake() {
    if (!this.complete) this.readNames();
  }

  /// `all`: of indicators too, which change with the catalogue alone.
  async readNames(all = true) {
    clearTimeout(this.namesTimer);
    const asked = ++this.namesAsked;
    let wait = SENDERS_EVERY;
    try {
      const [departments, indicators] = await Promise.all(
          [getJson('/api/v1/departments'), all ? getJson('/api/v1/indicators') : null]);
      if (asked !== this.namesAsked) return;
      this.departments = byCode(departments.departments);
      if (indicators !== null) this.indicators = byCode(indicators.indicators);
      this.territory = departments.territory ?? this.territory;
      this.named = true;
      this.namesFailed = false;
    } catch (error) {
      if (asked !== this.namesAsked) return;
      this.namesFailed = true;
      wait = NAMES_AGAIN;
      // Each refusal stands in the daemon's audit log: the watch alone tries again.
      if (error.status === 401 || error.status === 403) return this.changed();
    }
    const again = this.namesFailed;
    this.namesTimer = setTimeout(() => this.readNames(again), wait);
    this.changed();
  }

  changed() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      for (const changed of this.subscribers) changed();
    });
  }
}

export const centre = new Centre();
