// Keeps the visit: a plain click on a link inside the app is told to Streamlit as a step in the browser's history, so
// the session stays and "back" returns by one step. Without this script, or with a modifier key, the same link opens
// as any other.
const AWHILE = 100; // milliseconds until the page has taken what was typed

export default function () {
  const onClick = (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!anchor || !anchor.classList.contains("wf-link")) return;
    const url = new URL(anchor.href, document.baseURI);
    if (url.origin !== window.location.origin) return;
    event.preventDefault();
    window.history.pushState(null, "", url);
    window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  };
  document.addEventListener("click", onClick);
  // Streamlit takes a date that was typed only when the focus goes elsewhere on the page; Enter means it as well
  const onEnter = (event) => {
    if (event.key !== "Enter" || !event.target.closest?.("[data-testid=stDateInput]")) return;
    const at = event.target;
    document.getElementById("stMain")?.focus({ preventScroll: true });
    setTimeout(() => { if (at.isConnected) at.focus(); }, AWHILE);
  };
  document.addEventListener("keydown", onEnter, true);
  // On a phone the menu lies over the page: a choice closes it, and no page begins with it open
  const close = () => document.querySelector(
    "[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarCollapseButton] button")?.click();
  const onMenu = (event) => {
    if (event.composedPath().some((node) => node instanceof Element && node.matches("[data-testid=stSidebarNavLink]")))
      setTimeout(close);
  };
  document.addEventListener("click", onMenu);
  if (!window.whofundsMenu) setTimeout(close);
  window.whofundsMenu = true;
  // Streamlit puts headings between the items of its menu for phones, which makes it no list: screen readers get links
  const plain = () => document.querySelectorAll("[data-testid=stSidebarNavItems], [data-testid=stSidebarNavItems] li")
    .forEach((element) => { if (!element.hasAttribute("role")) element.setAttribute("role", "none"); });
  const watch = new MutationObserver(plain);
  watch.observe(document.body, { childList: true, subtree: true });
  plain();
  return () => {
    for (const each of [onClick, onMenu]) document.removeEventListener("click", each);
    document.removeEventListener("keydown", onEnter, true);
    watch.disconnect();
  };
}
