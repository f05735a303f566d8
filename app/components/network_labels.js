// Names and sums, painted after the marks so that none hides another: the important first, each where there is room.
// As the reader goes closer there is more room, and more of them come up.
const LETTERS = "13px Arial, sans-serif";
const BOLD = "bold 14px Arial, sans-serif";
const FIGURES = "12px Arial, sans-serif";
const MOST_TRIED = 400;
const FEW = 30; // names while more than 300 marks are in view: they would hide the picture
const MOST_SUMS = 14; // until the reader goes closer

function paintLabels(net, ctx) {
  const { network, data } = net;
  const scale = network.getScale();
  const ratio = network.canvas.pixelRatio;
  const wide = net.canvas.clientWidth, high = net.canvas.clientHeight;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const taken = new Ground(wide, high);
  const marks = new Map();
  for (const node of data.nodes) {
    const drawn = network.body.nodes[node.id];
    if (!drawn) continue;
    const at = network.canvasToDOM({ x: drawn.x, y: drawn.y });
    const radius = Math.max(2, node.size * net.larger * scale);
    if (at.x < -80 || at.y < -40 || at.x > wide + 80 || at.y > high + 40) continue;
    marks.set(node.id, { at, radius });
    if (radius > 1.5) taken.add(around(at.x, at.y, 2 * radius, 2 * radius));
  }
  const { near, lines } = inFocus(net);
  const weights = new Map(data.nodes.map((node) => [node.id, weight(net, near, node)]));
  const named = data.nodes.filter((node) => marks.has(node.id)).sort((a, b) => weights.get(b.id) - weights.get(a.id));
  const tried = marks.size > 300 ? FEW : MOST_TRIED;
  for (const node of named.slice(0, Math.max(tried, near.size))) {
    const must = node.id === net.focus || node.id === data.centre;
    paintName(net, ctx, taken, node, marks.get(node.id), must);
  }
  const isClose = net.focus || net.line !== null || scale > 1.2 || data.edges.length < 20;
  const most = isClose ? 60 : marks.size > 300 ? 0 : MOST_SUMS;
  let sums = 0;
  const sized = data.edges.filter((edge) => edge.label && (!lines || lines.has(edge.id)))
    .sort((a, b) => b.width - a.width);
  for (const edge of sized) {
    if (sums >= most) break;
    sums += paintSum(net, ctx, taken, edge, scale);
  }
  ctx.restore();
}

// The mark or line that is open or under the pointer, with what it is tied to.
function inFocus(net) {
  const near = new Set(), lines = new Set();
  if (!net.focus && net.line === null) return { near, lines: null };
  for (const edge of net.data.edges) {
    if (edge.id !== net.line && edge.from !== net.focus && edge.to !== net.focus) continue;
    lines.add(edge.id);
    near.add(edge.from).add(edge.to);
  }
  return { near, lines };
}

function weight(net, near, node) {
  if (node.id === net.focus) return 5;
  if (node.id === net.data.centre) return 4;
  if (near.has(node.id)) return 3;
  return net.data.expanded.includes(node.id) || net.data.pinned.includes(node.id) ? 2 : 0;
}

function paintName(net, ctx, taken, node, mark, must) {
  const strong = node.id === net.data.centre || net.data.expanded.includes(node.id);
  ctx.font = strong ? BOLD : LETTERS;
  const lines = wrapped(node.name);
  const wide = Math.max(...lines.map((line) => measured(net, ctx, line))) + 8;
  const high = 15 * lines.length + 2;
  const { at, radius } = mark;
  const places = [
    [at.x, at.y + radius + high / 2 + 2], [at.x, at.y - radius - high / 2 - 2],
    [at.x + radius + wide / 2 + 2, at.y], [at.x - radius - wide / 2 - 2, at.y],
    [at.x + wide / 3, at.y + radius + high / 2 + 2], [at.x - wide / 3, at.y + radius + high / 2 + 2],
    [at.x + wide / 3, at.y - radius - high / 2 - 2], [at.x - wide / 3, at.y - radius - high / 2 - 2],
  ];
  const place = places.find(([x, y]) => taken.isFree(around(x, y, wide, high))) || (must ? places[0] : null);
  if (!place) return;
  taken.add(around(place[0], place[1], wide, high));
  paper(net, ctx, place, wide, high);
  ctx.fillStyle = net.ink;
  lines.forEach((line, number) => ctx.fillText(line, place[0], place[1] + 15 * (number - (lines.length - 1) / 2)));
}

function paintSum(net, ctx, taken, edge, scale) {
  const drawn = net.network.body.edges[edge.id];
  if (!drawn || !drawn.connected) return 0;
  ctx.font = FIGURES;
  const wide = measured(net, ctx, edge.label) + 8;
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const at = net.network.canvasToDOM(drawn.edgeType.getPoint(share));
    if (!taken.isFree(around(at.x, at.y, wide, 16))) continue;
    taken.add(around(at.x, at.y, wide, 16));
    paper(net, ctx, [at.x, at.y], wide, 16);
    ctx.fillStyle = net.ink;
    ctx.fillText(edge.label, at.x, at.y);
    return 1;
  }
  return 0;
}

function paper(net, ctx, [x, y], wide, high) {
  ctx.globalAlpha = 0.86;
  ctx.fillStyle = net.paper;
  ctx.fillRect(x - wide / 2, y - high / 2, wide, high);
  ctx.globalAlpha = 1;
}

function measured(net, ctx, text) {
  const key = ctx.font + text;
  if (!net.widths.has(key)) net.widths.set(key, ctx.measureText(text).width);
  return net.widths.get(key);
}

function around(x, y, wide, high) {
  return { left: x - wide / 2, right: x + wide / 2, top: y - high / 2, bottom: y + high / 2 };
}

// A name over several short lines, as the server reckoned when it made room for it.
function wrapped(name, width = 20, most = 3) {
  const lines = [""];
  for (const word of name.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`.trim();
  }
  const cut = lines.map((line) => (line.length <= 2 * width ? line : `${line.slice(0, 2 * width)}…`));
  return cut.length <= most ? cut : [...cut.slice(0, most - 1), `${cut[most - 1]}…`];
}

// What is painted already, in squares, so that looking for room stays quick with 1,500 marks.
class Ground {
  constructor(wide, high) { Object.assign(this, { wide, high, squares: new Map() }); }
  add(box) {
    this.each(box, (key) => {
      const square = this.squares.get(key);
      if (square) square.push(box); else this.squares.set(key, [box]);
      return true;
    });
  }
  isFree(box) {
    if (box.left < 0 || box.top < 0 || box.right > this.wide || box.bottom > this.high) return false;
    return this.each(box, (key) => (this.squares.get(key) || []).every((other) =>
      box.left >= other.right || other.left >= box.right || box.top >= other.bottom || other.top >= box.bottom));
  }
  each(box, holds) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x += 1) {
      for (let y = Math.floor(box.top / 80); y <= Math.floor(box.bottom / 80); y += 1) if (!holds(x * 10000 + y)) return false;
    }
    return true;
  }
}
