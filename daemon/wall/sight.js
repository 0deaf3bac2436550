// Whether anybody can see the page. A browser opens six connections to one host: pages in other tabs that keep theirs
// would leave none to the one that is looked at.

const PATIENCE = 10000;  // ms: who only looks into another tab comes back sooner

const parts = new Set();
let timer = 0;
let resting = false;
let listening = false;

function look() {
  clearTimeout(timer);
  if (document.hidden) {
    timer = setTimeout(() => {
      resting = true;
      for (const {rest} of parts) rest();
    }, PATIENCE);
    return;
  }
  const rested = resting;
  resting = false;
  for (const {wake} of parts) wake(rested);
}

/// Calls rest() when nobody has seen the page for 10 s, and wake(rested) at once when it is seen again; `rested`:
/// rest() was called meanwhile. Returns how to end that.
export function whenSeen(rest, wake) {
  const part = {rest, wake};
  parts.add(part);
  if (!listening) {
    listening = true;
    document.addEventListener('visibilitychange', look);
    // A tab may be opened behind the others.
    if (document.hidden) look();
  }
  return () => parts.delete(part);
}
