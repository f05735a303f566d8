// The picture as a file: what is seen, with its title, legend, what it leaves out, and when and from what it was made.
function savePicture(net) {
  const drawn = net.canvas.querySelector("canvas");
  const ratio = net.network.canvas.pixelRatio;
  const copy = document.createElement("canvas");
  const head = 64, foot = 56;
  const wide = drawn.width / ratio, high = drawn.height / ratio + head + foot;
  copy.width = wide * ratio;
  copy.height = high * ratio;
  const pen = copy.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = net.paper;
  pen.fillRect(0, 0, wide, high);
  pen.drawImage(drawn, 0, head, wide, drawn.height / ratio);
  pen.fillStyle = net.ink;
  pen.font = "bold 20px Arial, sans-serif";
  pen.fillText(net.data.title, 12, 28, wide - 24);
  pen.font = "13px Arial, sans-serif";
  pen.fillText([net.data.summary, net.data.filters && `Filtered by ${net.data.filters}.`].filter(Boolean).join(" "), 12, 50, wide - 24);
  let x = 12;
  for (const kind of Object.values(net.data.kinds)) {
    drawKey(pen, kind.shape, kind.colour, x + 6, high - foot + 18);
    pen.fillStyle = net.ink;
    pen.fillText(kind.name, x + 18, high - foot + 22);
    x += pen.measureText(kind.name).width + 36;
  }
  pen.fillText("Wider lines and larger marks: more money", x, high - foot + 22, wide - x - 12);
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  pen.fillText(`whofunds, ${day}. ${net.data.source}`, 12, high - 14, wide - 24);
  const anchor = document.createElement("a");
  anchor.href = copy.toDataURL("image/png");
  anchor.download = `whofunds-${net.data.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60)}.png`;
  anchor.click();
}

function drawKey(pen, shape, colour, x, y) {
  const corners = { diamond: 4, triangle: 3, square: 4, hexagon: 6 }[shape];
  pen.fillStyle = colour;
  pen.beginPath();
  if (!corners) pen.arc(x, y, 6, 0, 2 * Math.PI);
  for (let corner = 0; corner < (corners || 0); corner += 1) {
    const turn = (2 * Math.PI * corner) / corners - Math.PI / 2 + (shape === "square" ? Math.PI / 4 : 0);
    pen.lineTo(x + 7 * Math.cos(turn), y + 7 * Math.sin(turn));
  }
  pen.fill();
}
