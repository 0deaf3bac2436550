// One watch, kept alive: it connects again by itself, and says how it stands.

import {ApiError, hasToken, request} from './api.js';
import {whenSeen} from './sight.js';

const FIRST_WAIT = 500;  // ms; doubled with each failure
const LONGEST_WAIT = 10000;
const SILENCE = 40000;        // the daemon sends a sign of life every 15 s
const REFUSED_WAIT = 60000;   // an operator may open the wall to this machine meanwhile

/// Reads server-sent events from a stream: calls `take(name, data)` for each and `heard()` for
/// every piece that comes. Returns when the stream has ended.
export async function readEvents(stream, take, heard) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let name = 'message';
  let data = [];
  const line = (text) => {
    if (text === '') {
      if (data.length > 0) take(name, data.join('\n'));
      name = 'message';
      data = [];
    } else if (text.startsWith('data:')) {
      data.push(text.slice(5).replace(/^ /, ''));
    } else if (text.startsWith('event:')) {
      name = text.slice(6).trim();
    }
  };
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    heard();
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop();
    lines.forEach(line);
  }
}

/// The watch of every scope. `onMessage(WatchResponse)`; `onState({name, since, why})` with the names
/// connecting, live, lost and refused, and the Date from which on it is so.
export class Live {
  constructor(onMessage, onState) {
    this.onMessage = onMessage;
    this.onState = onState;
    this.state = {name: 'connecting', since: new Date(), why: ''};
    this.failures = 0;
    this.timer = 0;
    this.abort = null;
    this.resting = false;
    this.heardAt = null;  // Date of the newest sign of life
  }

  start() {
    // A machine whose line is back need not wait for the next try.
    addEventListener('online', () => {
      if (!this.resting) this.retry();
    });
    whenSeen(() => this.rest(), () => this.wake());
    // A browser keeps a page that was left for the way back: without its watch, of which there are few.
    addEventListener('pagehide', () => this.stop());
    addEventListener('pageshow', (event) => {
      if (event.persisted) this.retry();
    });
    this.connect();
  }

  stop() {
    clearTimeout(this.timer);
    const {abort} = this;
    this.abort = null;
    abort?.abort();
  }

  /// Nobody sees the page: it watches nothing until wake().
  rest() {
    this.stop();
    this.resting = true;
    // What it shows when it is seen again is old until the watch says otherwise.
    if (this.state.name === 'live') this.begin();
  }

  wake() {
    const rested = this.resting;
    this.resting = false;
    // A token that is wrong stays so; a machine that slept need not wait for the next try.
    if (this.state.name === 'refused' && hasToken()) return;
    if (!rested && this.state.name !== 'lost') return;
    if (this.state.name === 'connecting') this.begin();
    this.retry();
  }

  begin() {
    this.state = {name: 'connecting', since: new Date(), why: ''};
    this.onState(this.state);
  }

  /// At once, e.g. with another token.
  retry() {
    this.stop();
    this.resting = false;
    this.failures = 0;
    this.connect();
  }

  async connect() {
    const abort = new AbortController();
    this.abort = abort;
    let silence = 0;
    let heardAt = new Date();
    const heard = () => {
      heardAt = new Date();
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(new Error('no sign of life')), SILENCE);
    };
    let why = '';
    let failure = null;
    try {
      heard();
      const response = await request('/api/v1/watch', {}, abort.signal);
      await readEvents(response.body, (name, data) => {
        const message = JSON.parse(data);
        if (name === 'end') {
          why = message.message ?? '';
          return;
        }
        this.failures = 0;
        this.onMessage(message);
        this.tell('live', heardAt, '');
      }, () => {
        heard();
        this.heardAt = heardAt;
      });
    } catch (error) {
      failure = error;
    }
    clearTimeout(silence);
    const newest = this.abort === abort;
    // What could not be read to its end would stay open beside the next one.
    abort.abort();
    if (newest) this.lost(failure, why, heardAt);
  }

  lost(failure, why, heardAt) {
    const status = failure instanceof ApiError ? failure.status : 0;
    // Only what the daemon says is worth reading.
    if (status !== 0) why ||= failure.message;
    if (status === 401 || status === 403) {
      this.tell('refused', heardAt, why);
      // A token that is wrong stays so, and each try stands in the daemon's audit log.
      if (!hasToken()) this.timer = setTimeout(() => this.connect(), REFUSED_WAIT);
      return;
    }
    // A watch ends after half a day: nothing is lost yet if the next one begins at once.
    if (failure === null && this.failures === 0) {
      ++this.failures;
      this.timer = setTimeout(() => this.connect(), FIRST_WAIT / 2);
      return;
    }
    // At the start nothing is lost while an answer is only awaited.
    const awaited = this.heardAt === null && failure !== null && !(failure instanceof ApiError);
    if (!awaited) this.tell('lost', this.heardAt ?? heardAt, why);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures++);
    // Spread, so that all walls do not come at once when the daemon is back.
    const spread = wait * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.connect(), Math.max(spread, 1000 * (failure?.retryAfter ?? 0)));
  }

  /// The instant of the first of several tellings of one state counts.
  tell(name, since, why) {
    if (this.state.name === name && this.state.why === why) return;
    const same = this.state.name === name;
    this.state = {name, since: same ? this.state.since : since, why};
    this.onState(this.state);
  }
}
