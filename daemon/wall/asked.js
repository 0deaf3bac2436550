// What a page asks for beside the live picture, again and again while it is open.

import {centre} from './centre.js';
import {whenSeen} from './sight.js';

const AFTER_FAILURE = 5000;

/// Calls get(), which promises an answer, at once and then each `every` ms; a page that nobody sees does not
/// ask, nor one that is not let in: each refusal stands in the daemon's audit log. Calls changed() after each
/// answer or failure. Returns {answer(), error(), stop()}: the newest answer, kept when a later request
/// fails, or null; what the last request failed with (ApiError), or null. After stop() nothing is asked or
/// called any more.
export function asked(get, every, changed) {
  let answer = null;
  let error = null;
  let stopped = false;
  let timer;

  async function ask() {
    if (!document.hidden && centre.live.state.name !== 'refused') {
      try {
        const got = await get();
        if (stopped) return;
        answer = got;
        error = null;
      } catch (failure) {
        if (stopped) return;
        error = failure;
      }
      changed();
    }
    timer = setTimeout(ask, error ? Math.min(AFTER_FAILURE, every) : every);
  }

  ask();
  const blind = whenSeen(() => clearTimeout(timer), (rested) => {
    if (!rested) return;
    clearTimeout(timer);
    ask();
  });
  return {
    answer: () => answer,
    error: () => error,
    stop() {
      stopped = true;
      blind();
      clearTimeout(timer);
    },
  };
}
