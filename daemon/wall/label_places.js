// Where the labels of a plot stand so that none covers another, a mark or the frame, and lines as little as
// can be. Arithmetic alone, in pixels.

const GAP = 12;
const SAMPLE = 4;  // pixels between the points for which a line is looked at

/// labels: [{x, y, width, height}], most important first, each beside its mark at (x, y); marks: points that
/// stay free; lines: [[{x, y}, …], …] that had better stay free; frame: {left, top, right, bottom}. Returns
/// for each {left, top}, the corner of its box, or null where there is no room: then its words stand in the
/// mark's title and in the table alone.
export function placeLabels(labels, marks, lines, frame) {
  const taken = marks.map(({x, y}) => ({left: x - 6, top: y - 6, right: x + 6, bottom: y + 6}));
  const ink = lines.flatMap(pointsAlong);
  return labels.map((label) => {
    let best = null;
    for (const {box, step} of candidates(label)) {
      if (!inside(box, frame) || taken.some((other) => overlap(box, other))) continue;
      // A line that is crossed weighs as much as two steps away from the mark.
      const cost = Math.abs(step) + (ink.some((point) => holds(box, point)) ? 2 : 0);
      if (best === null || cost < best.cost) best = {box, cost};
    }
    if (best === null) return null;
    taken.push(best.box);
    return {left: best.box.left, top: best.box.top};
  });
}

// Beside the mark, then above and below it, then further up and down.
function candidates({x, y, width, height}) {
  const found = [];
  for (const step of [0, 1, -1, 2, -2, 3, -3]) {
    const top = y - height / 2 - step * (height + 2);
    const at = (left) => ({step, box: {left, top, right: left + width, bottom: top + height}});
    found.push(at(x + GAP), at(x - GAP - width));
    if (step !== 0) found.push(at(x - width / 2));
  }
  return found;
}

function pointsAlong(line) {
  return line.slice(1).flatMap((to, i) => {
    const from = line[i];
    const parts = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / SAMPLE));
    return Array.from({length: parts + 1}, (_, k) => ({
      x: from.x + ((to.x - from.x) * k) / parts, y: from.y + ((to.y - from.y) * k) / parts,
    }));
  });
}

function inside(box, frame) {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function holds(box, {x, y}) {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}
