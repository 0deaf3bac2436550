// Fetches the last 24 hours of what is seen, few at a time, and again now and then.

import {getJson} from './api.js';
import {centre} from './centre.js';
import {whenSeen} from './sight.js';
import {sparkline} from './sparkline.js';

const AT_ONCE = 4;
const REFRESH = 300000;  // ms
const AGAIN = 30000;     // after a failure, or where nothing can be asked
const WATCH_FIRST = 2000;  // when the page is seen again

/// null: it cannot be had now.
async function draw(series) {
  if (centre.live.state.name !== 'live') return null;
  try {
    const {buckets} = await getJson('/api/v1/series', {...series, buckets_of: '24h'});
    return sparkline(buckets ?? []);
  } catch {
    return null;
  }
}

export class Sparklines {
  constructor() {
    this.wanted = new Map();  // place → {series, next}; next: when to ask again, or 0
    this.queue = [];
    this.running = 0;
    this.timers = new Set();
    this.resting = false;  // nobody sees the page
    this.blind = whenSeen(() => this.rest(), () => this.wake());
    this.seen = new IntersectionObserver((entries) => {
      for (const {isIntersecting, target} of entries) {
        if (!isIntersecting) continue;
        this.seen.unobserve(target);
        this.ask(target);
      }
    });
  }

  /// Draws the series into `place` as soon as that is seen, in place of the one shown before.
  show(place, department, indicator) {
    this.wanted.set(place, {series: {department, indicator}, next: 0});
    this.seen.observe(place);
  }

  /// No longer; what is drawn there is the caller's to remove.
  hide(place) {
    this.wanted.delete(place);
    this.seen.unobserve(place);
  }

  forget() {
    this.seen.disconnect();
    this.wanted.clear();
    this.pause();
  }

  /// For good.
  end() {
    this.blind();
    this.forget();
  }

  pause() {
    this.queue = [];
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  rest() {
    this.resting = true;
    this.pause();
  }

  wake() {
    if (!this.resting) return;
    this.resting = false;
    for (const [place, asked] of this.wanted) {
      if (asked.next === 0) this.seen.observe(place);
      else this.askLater(place, asked, Math.max(WATCH_FIRST, asked.next - Date.now()));
    }
  }

  ask(place) {
    if (!this.queue.includes(place)) this.queue.push(place);
    this.work();
  }

  work() {
    while (this.running < AT_ONCE && this.queue.length > 0) {
      ++this.running;
      this.fetch(this.queue.shift()).finally(() => {
        --this.running;
        this.work();
      });
    }
  }

  async fetch(place) {
    const asked = this.wanted.get(place);
    if (asked === undefined) return;
    const drawing = await draw(asked.series);
    if (this.wanted.get(place) !== asked) return;
    // The state of the connection is told at the top; the drawing before stands until then.
    if (drawing !== null) place.replaceChildren(drawing);
    const wait = (drawing === null ? AGAIN : REFRESH) * (0.8 + Math.random() * 0.4);
    asked.next = Date.now() + wait;
    if (!this.resting) this.askLater(place, asked, wait);
  }

  askLater(place, asked, wait) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.wanted.get(place) === asked) this.ask(place);
    }, wait);
    this.timers.add(timer);
  }
}
