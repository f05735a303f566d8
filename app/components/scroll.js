// Brings the paragraph that the link asked for into view, once for each visit of the page: what is chosen there later
// does not move it, and who comes back by the same link is led there again.
export default function (component) {
  const { data } = component;
  if (!data || window.__wfScrolledTo === data.visit) return;
  let tries = 0;
  const look = () => {
    const wanted = document.getElementById(data.anchor);
    if (wanted) {
      window.__wfScrolledTo = data.visit;
      wanted.scrollIntoView({ block: "center" });
    } else if (tries++ < 40) {
      window.setTimeout(look, 50);
    }
  };
  look();
  return () => {
    window.__wfScrolledTo = "";
  };
}
