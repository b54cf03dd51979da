// The tablet forgets whoever does not touch it for 60 seconds. Every touch, key or scroll counts;
// the server is told of the last one within ten seconds, so that its clock never runs out first.
(function () {
  "use strict";
  var IDLE = 60, WARN = 20, TELL = 10;
  var warning = document.getElementById("still-there");
  var finish = document.getElementById("finish");
  var names = warning.dataset.names;
  var touched = Date.now(), told = 0, over = false, before = null;

  function leave() {
    if (over) { return; }
    over = true;
    // The page with the names makes the server forget, too.
    window.location.replace(names);
  }

  function tell() {
    told = Date.now();
    if (!finish) { return; }
    fetch(finish.dataset.here, {
      method: "POST",
      headers: {"X-Background": "1", "X-CSRFToken": finish.elements.csrfmiddlewaretoken.value},
      redirect: "manual"
    }).then(function (answer) { if (answer.status !== 204) { leave(); } }, function () {});
  }

  function touch() {
    touched = Date.now();
    if (!warning.hidden) {
      warning.hidden = true;
      if (before) { before.focus({preventScroll: true}); }
      tell();
    }
  }

  function tick() {
    var now = Date.now(), idle = (now - touched) / 1000;
    if (idle >= IDLE) { leave(); return; }
    if (idle >= IDLE - WARN && warning.hidden) {
      before = document.activeElement;
      warning.hidden = false;
      warning.querySelector("button").focus({preventScroll: true});
    }
    if (touched > told && (now - told) / 1000 >= TELL) { tell(); }
  }

  ["pointerdown", "pointermove", "keydown", "scroll", "touchmove", "input"].forEach(function (kind) {
    window.addEventListener(kind, touch, {passive: true, capture: true});
  });
  // A page brought back by "Back" may be somebody else's by now: ask the server for it again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); }
  });
  tell();
  window.setInterval(tick, 1000);
}());
