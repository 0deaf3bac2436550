// A list that is longer than its frame, on a screen where nobody scrolls: it turns its pages by itself.

const EVERY = 15000;  // ms
const calm = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

/// Where a frame of that height, scrolled to `top`, goes next: to the first row that is not seen whole, and from the end
/// back to 0. rows: [{top, bottom}], from the list's own top.
export function nextTop(rows, top, height) {
  const next = rows.find(({bottom}) => bottom > top + height + 1);
  if (next === undefined) return 0;
  // A row that is higher than the frame is read in parts.
  return next.top > top ? next.top : top + height;
}

/// Turns the pages of `list` in `frame` (which scrolls), unless somebody has the pointer or the focus in it. Returns how
/// to end that.
export function turnPages(frame, list) {
  const timer = setInterval(() => {
    if (document.hidden || frame.matches(':hover') || frame.contains(document.activeElement)) return;
    if (frame.scrollHeight <= frame.clientHeight) return;
    const start = list.getBoundingClientRect().top;
    const rows = [...list.children].map((row) => row.getBoundingClientRect())
        .map(({top, bottom}) => ({top: top - start, bottom: bottom - start}));
    frame.scrollTo({
      top: nextTop(rows, frame.scrollTop, frame.clientHeight),
      behavior: calm?.matches ? 'instant' : 'smooth',
    });
  }, EVERY);
  return () => clearInterval(timer);
}
