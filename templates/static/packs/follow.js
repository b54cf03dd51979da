/* Follows a pack that is being made. Extra: the page works without it, by loading it again. */
"use strict";
(() => {
  const WAIT = 2000;
  const place = () => document.querySelector("[data-follow]");
  async function look() {
    try {
      const answer = await fetch(location.href, { headers: { "X-Background": "1" }, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
        const now = place();
        if (!fresh || fresh.dataset.follow !== "moving") { location.reload(); return; }
        if (fresh.innerHTML !== now.innerHTML) now.replaceChildren(...fresh.childNodes);
      }
    } catch { /* The connection is away: ask again later. */ }
    setTimeout(look, WAIT);
  }
  if (place() && place().dataset.follow === "moving") setTimeout(look, WAIT);
})();
