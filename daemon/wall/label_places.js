// Where the labels of a plot stand so that none covers another, a mark or the frame. Arithmetic
// alone, in pixels.

const GAP = 12;

/// labels: [{x, y, width, height}], most important first, each beside its mark at (x, y); marks: points
/// that stay free; frame: {left, top, right, bottom}. Returns for each {left, top}, the corner of its box,
/// or null where there is no room: then its words stand in the mark's title and the table alone.
export function placeLabels(labels, marks, frame) {
  const taken = marks.map(({x, y}) => ({left: x - 6, top: y - 6, right: x + 6, bottom: y + 6}));
  return labels.map((label) => {
    const place = candidates(label).map((corner) => boxAt(corner, label))
      .find((box) => inside(box, frame) && !taken.some((other) => overlap(box, other)));
    if (!place) return null;
    taken.push(place);
    return {left: place.left, top: place.top};
  });
}

// Beside the mark, then above and below it, then further up and down.
function candidates({x, y, width, height}) {
  const found = [];
  for (const step of [0, 1, -1, 2, -2, 3, -3]) {
    const top = y - height / 2 - step * (height + 2);
    found.push({left: x + GAP, top}, {left: x - GAP - width, top});
    if (step !== 0) found.push({left: x - width / 2, top});
  }
  return found;
}

function boxAt({left, top}, {width, height}) {
  return {left, top, right: left + width, bottom: top + height};
}

function inside(box, frame) {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
