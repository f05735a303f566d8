// Draws the network with vis-network (above) at places that the server computed. The same drawing is kept while the
// reader expands, filters and hides: what stays keeps its place.
let kept = null; // what a reader did, for when Streamlit builds the element anew

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  if (!data) return undefined;
  const read = readData(data);
  let net = parentElement.__wfNet;
  if (net) clearTimeout(net.leaving);
  if (!net || !net.root.isConnected) net = parentElement.__wfNet = begin(parentElement, read);
  net.ask = setTriggerValue;
  if (data.words && net.data && net.data.stamp === read.stamp) showWords(net, data.words);
  else draw(net, read);
  return () => { net.leaving = setTimeout(() => leave(net, parentElement), 400); };
}

function leave(net, parent) {
  net.network.destroy();
  net.root.remove();
  if (parent.__wfNet === net) delete parent.__wfNet;
}

function readData(data) {
  const nodes = data.nodes.map(([id, name, kind, verified, size, x, y, money, href]) =>
    ({ id, name, kind, verified, size, x, y, money, href, explorable: kind !== "decision" }));
  const roleOf = ([verb, back, sums, scope]) => ({ verb: data.verbs[verb], back, sums, scope: data.scopes[scope] });
  const edges = data.edges.map(([from, to, label, roles, width, money, arrows, aside], id) =>
    ({ id, from: nodes[from].id, to: nodes[to].id, label, roles: roles.map(roleOf), width, money, arrows, aside }));
  return { ...data, nodes, edges };
}

function begin(parent, data) {
  parent.querySelector(".wf-net")?.remove();
  const root = make("div", "wf-net", parent);
  const side = make("div", "wf-net-side", root);
  const tools = make("div", "wf-net-tools", side);
  const canvas = make("div", "wf-net-canvas", side);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  const panel = make("section", "wf-net-panel", root);
  panel.setAttribute("aria-label", "What is in the picture");
  panel.tabIndex = 0;
  const style = getComputedStyle(parent.host || parent);
  const net = {
    root, canvas, panel, tools, data: null, steps: [], placed: new Map(), widths: new Map(), sought: "", focus: "",
    line: null, open: null, nodes: new vis.DataSet(), edges: new vis.DataSet(),
    ink: style.getPropertyValue("--st-text-color").trim() || style.color || "#0b0c0c",
    paper: style.getPropertyValue("--st-background-color").trim() || "#ffffff",
  };
  canvas.style.background = net.paper;
  net.network = new vis.Network(canvas, { nodes: net.nodes, edges: net.edges }, {
    physics: false,
    layout: { improvedLayout: false },
    nodes: { borderWidth: 1, borderWidthSelected: 4, chosen: true },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.38 } }, selectionWidth: 1.5, hoverWidth: 1.5, smooth: false },
    interaction: { hover: data.nodes.length <= 300, keyboard: false, hideEdgesOnDrag: data.nodes.length > 300 },
  });
  canvas.querySelector(".vis-network")?.setAttribute("tabindex", "-1");
  net.network.on("afterDrawing", (ctx) => { if (net.data) { paintLabels(net, ctx); root.dataset.drawn = "yes"; } });
  listen(net);
  fillTools(net);
  return net;
}

function draw(net, data) {
  if (!net.data && kept && kept.data.centre === data.centre) resume(net);
  const before = net.data;
  const anew = !before || before.centre !== data.centre || before.across !== data.across || before.filters !== data.filters;
  if (!before || before.centre !== data.centre) { net.placed.clear(); net.steps.length = 0; }
  net.data = data;
  net.byId = new Map(data.nodes.map((node) => [node.id, node]));
  net.edgeById = new Map(data.edges.map((edge) => [edge.id, edge]));
  net.faint = Math.min(1, Math.sqrt(200 / Math.max(1, data.edges.length))); // many lines would make a dark cloud
  net.canvas.setAttribute("aria-label", `${data.summary} Arrow keys move the picture, plus and minus bring it closer. The marks are in the list beside it, and the same stands as a table below.`);
  // where the whole only fits small, marks and lines are drawn larger, so that they are still seen
  net.larger = Math.max(1, Math.min(data.nodes.length > 300 ? 1.4 : 2, 0.65 / whole(net, data.nodes).scale));
  const marks = data.nodes.map((node) => markOf(net, node)), lines = data.edges.map((edge) => lineOf(net, edge));
  if (net.nodes.length) {
    net.edges.clear();
    net.nodes.remove(net.nodes.getIds().filter((id) => !net.byId.has(id)));
    net.nodes.update(marks);
    net.edges.add(lines);
  } else {
    Object.assign(net, { nodes: new vis.DataSet(marks), edges: new vis.DataSet(lines) });
    net.network.setData({ nodes: net.nodes, edges: net.edges });
  }
  const isNew = (node) => !before || !before.nodes.some((each) => each.id === node.id);
  kept = net;
  if (anew) fit(net, false);
  else if (data.nodes.some((node) => isNew(node) && !isSeen(net, node))) fit(net, true);
  const open = net.open;
  net.focus = ""; net.line = null;
  const hasFocus = net.panel.contains(net.root.getRootNode().activeElement); // else Escape would no longer be heard
  if (open && open.node && net.byId.has(open.node)) openNode(net, open.node, hasFocus);
  else showList(net);
}

function resume(net) {
  Object.assign(net, { data: kept.data, open: kept.open, placed: kept.placed, steps: kept.steps, sought: kept.sought });
  net.network.moveTo({ position: kept.network.getViewPosition(), scale: kept.network.getScale() });
}

function markOf(net, node) {
  const kind = net.data.kinds[node.kind];
  const isStrong = node.id === net.data.centre || net.data.expanded.includes(node.id);
  const isPinned = net.data.pinned.includes(node.id);
  const place = net.placed.get(node.id) || node;
  const fill = node.verified ? kind.colour : paler(kind.colour, net.paper);
  const border = node.verified || isStrong || isPinned ? net.ink : kind.colour;
  return {
    id: node.id, shape: kind.shape, size: node.size * net.larger, x: place.x, y: place.y, fixed: isPinned,
    borderWidth: isPinned ? 5 : isStrong ? 3 : 1,
    color: { background: fill, border, highlight: { background: fill, border: net.ink }, hover: { background: fill, border: net.ink } },
  };
}

function paler(colour, paper) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const under = /^#[0-9a-f]{6}$/i.test(paper) ? parts(paper) : [255, 255, 255];
  return `rgb(${parts(colour).map((part, number) => Math.round(0.35 * part + 0.65 * under[number])).join(",")})`;
}

function lineOf(net, edge) {
  const strong = (edge.aside ? 0.16 : 0.4) * net.faint;
  return {
    id: edge.id, from: edge.from, to: edge.to, width: edge.width * net.larger, dashes: edge.money ? false : [5, 5],
    color: { color: net.ink, opacity: strong, highlight: "#1d70b8", hover: "#1d70b8", inherit: false },
    arrows: { to: { enabled: edge.arrows[0] }, from: { enabled: edge.arrows[1], scaleFactor: 0.38 } },
  };
}

function listen(net) {
  const { network, canvas } = net;
  network.on("click", (event) => {
    canvas.focus({ preventScroll: true });
    if (event.nodes.length) openNode(net, event.nodes[0]);
    else if (event.edges.length) openLine(net, event.edges[0]);
    else if (net.open) closeCard(net);
  });
  network.on("doubleClick", (event) => {
    const id = event.nodes[0];
    if (!id || id === net.data.centre || net.data.expanded.includes(id)) return;
    net.steps.push({ name: "with", key: id, added: true });
    addToAddress("with", id);
  });
  network.on("hoverNode", (event) => { if (!net.open) { net.focus = event.node; network.redraw(); } });
  network.on("blurNode", () => { if (!net.open) { net.focus = ""; network.redraw(); } });
  let held = [];
  network.on("dragStart", (event) => { held = event.nodes.map((id) => ({ id, ...network.getPosition(id) })); });
  network.on("dragEnd", (event) => {
    if (!held.length) return;
    net.steps.push({ places: held });
    event.nodes.forEach((id) => net.placed.set(id, network.getPosition(id)));
    held = [];
  });
  // the wheel scrolls the page until the reader has gone into the picture
  canvas.addEventListener("wheel", (event) => { if (!event.ctrlKey && !canvas.matches(":focus")) event.stopPropagation(); }, { capture: true });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
    if (step) {
      const scale = network.getScale(), at = network.getViewPosition();
      network.moveTo({ position: { x: at.x + step[0] / scale, y: at.y + step[1] / scale } });
    } else if (event.key === "+" || event.key === "=") zoom(net, 1.25);
    else if (event.key === "-") zoom(net, 0.8);
    else if (event.key === "0") fit(net, false);
    else return;
    event.preventDefault();
  });
  net.root.addEventListener("keydown", (event) => { if (event.key === "Escape" && net.open) { event.preventDefault(); closeCard(net); } });
  new ResizeObserver(() => { if (net.data && canvas.clientWidth) { network.setSize("100%", "100%"); fit(net, false); } }).observe(canvas);
}

function fillTools(net) {
  const tool = (words, title, act) => {
    const made = button(net.tools, words, act);
    made.title = title;
    made.setAttribute("aria-label", /\w/.test(words) ? `${words}: ${title.toLowerCase()}` : title);
    return made;
  };
  tool("+", "Closer", () => zoom(net, 1.3));
  tool("−", "Further away", () => zoom(net, 1 / 1.3));
  tool("Fit", "Show everything", () => fit(net, true));
  tool("Undo", "Take back what was expanded, hidden, pinned or moved last", () => undo(net));
  const copy = tool("Copy link", "Copy the address of this picture", async () => {
    const done = await navigator.clipboard?.writeText(window.location.href).then(() => true, () => false);
    copy.textContent = done ? "Copied" : "Copy it from the address bar";
    setTimeout(() => { copy.textContent = "Copy link"; }, 2500);
  });
  tool("Save picture", "Save as PNG", () => savePicture(net));
}

function undo(net) {
  const step = net.steps.pop();
  if (step && step.places) {
    step.places.forEach(({ id, x, y }) => { net.placed.delete(id); if (net.nodes.get(id)) net.nodes.update({ id, x, y }); });
    return;
  }
  const last = step || (([name, key] = []) => name && { name, key, added: true })(lastChange());
  if (last) (last.added ? takeFromAddress : addToAddress)(last.name, last.key);
}

function focusOn(net, id, line) {
  net.focus = id;
  net.line = line;
  net.network.unselectAll();
  if (id && net.nodes.get(id)) net.network.selectNodes([id]);
  else if (line !== null && net.edges.get(line)) net.network.selectEdges([line]);
  net.network.redraw();
}

function bringNear(net, id) {
  const node = net.nodes.get(id);
  if (node && !isSeen(net, net.network.getPosition(id))) net.network.focus(id, { scale: Math.max(net.network.getScale(), 0.8), animation: false });
  if (node && net.data.nodes.length > 300) net.network.focus(id, { scale: Math.max(net.network.getScale(), 0.7), animation: false });
}

function isSeen(net, place) {
  const at = net.network.canvasToDOM({ x: place.x, y: place.y });
  return at.x > 20 && at.y > 20 && at.x < net.canvas.clientWidth - 20 && at.y < net.canvas.clientHeight - 30;
}

// What shows everything, names under the lowest marks too; never much closer than full size.
function whole(net, nodes) {
  const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
  const left = Math.min(...xs) - 75, right = Math.max(...xs) + 75, top = Math.min(...ys) - 40, bottom = Math.max(...ys) + 70;
  const scale = Math.min(1.3, (net.canvas.clientWidth || 800) / (right - left), (net.canvas.clientHeight || 600) / (bottom - top));
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale };
}

function fit(net, slowly) {
  const nodes = net.nodes.get();
  if (!nodes.length || !net.canvas.clientWidth) return;
  const still = !slowly || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  net.network.moveTo({ ...whole(net, nodes), animation: still ? false : { duration: 400 } });
}

function zoom(net, factor) {
  net.network.moveTo({ scale: net.network.getScale() * factor });
}
