/* Uploads with a progress bar for each file, drag and drop, and lists that follow the virus check.
   Everything here is extra: the same form and the same pages work without it. */
"use strict";
(() => {
  const form = document.querySelector("form[data-upload]");
  const list = document.querySelector("[data-files]");
  const status = document.querySelector("[data-status]");
  const sizes = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
  const inMegabytes = (bytes) => `${sizes.format(bytes / 1048576)} MB`;
  const say = (words) => { if (status) status.textContent = words; };

  /* ---- Follow files whose state will change ---- */
  const moving = () => [...document.querySelectorAll("[data-moving]")];
  const WAIT = 1500;
  async function watch() {
    const rows = moving();
    if (!rows.length || !list || !list.dataset.watch) return;
    const ids = rows.map((row) => row.dataset.file).join(",");
    let fresh = {};
    try {
      const answer = await fetch(`${list.dataset.watch}?ids=${encodeURIComponent(ids)}`, {
        headers: { Accept: "application/json", "X-Background": "1" }, credentials: "same-origin",
      });
      if (answer.ok) fresh = await answer.json();
    } catch { /* The connection is away: ask again later. */ }
    for (const row of rows) {
      const now = fresh[row.dataset.file];
      if (!now || now.moving) continue;
      if ("reload" in row.dataset) { location.reload(); return; }
      row.innerHTML = now.html;
      row.removeAttribute("data-moving");
      say(`${row.querySelector("h3").textContent}: ${row.querySelector(".wk-state").textContent.trim()}`);
    }
    setTimeout(watch, WAIT);
  }
  setTimeout(watch, WAIT);

  if (!form) return;
  const button = form.querySelector("button[type=submit]");
  const several = form.dataset.upload === "several";
  const inputs = [...form.querySelectorAll("input[type=file]")];

  /* ---- Drag and drop: the files go into the real input ---- */
  const drop = form.querySelector("[data-drop]");
  const target = drop.querySelector("input[type=file]");
  const mark = (on) => drop.classList.toggle("is-over", on);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); mark(true); });
  }
  drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) mark(false); });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    target.files = event.dataTransfer.files;
    target.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* ---- One request for each file, with its own bar ---- */
  function newRow(file) {
    const row = document.createElement("li");
    row.innerHTML = '<div class="wk-list__top"><h3 class="wk-list__title"></h3><span class="wk-state wk-state--check">Uploading</span></div>' +
      '<p class="wk-list__meta wk-num" data-sent></p><progress class="wk-progress" max="100" value="0"></progress>' +
      '<button class="wk-linkbutton" type="button">Stop this upload</button>';
    row.querySelector("h3").textContent = file.name;
    row.querySelector("progress").setAttribute("aria-label", `${file.name}, part sent`);
    list.prepend(row);
    document.querySelector("[data-empty]")?.setAttribute("hidden", "");
    return row;
  }
  function showProblem(row, file, sentences) {
    row.querySelector(".wk-state").className = "wk-state wk-state--stop";
    row.querySelector(".wk-state").textContent = "Not uploaded";
    row.querySelector("progress")?.remove();
    row.querySelector("button")?.remove();
    row.querySelector("[data-sent]").textContent = "";
    const note = document.createElement("div");
    note.className = "wk-list__note";
    note.setAttribute("role", "alert");
    for (const sentence of sentences) {
      const line = document.createElement("p");
      line.textContent = sentence;
      note.append(line);
    }
    row.append(note);
  }
  const sentencesOf = (errors) => Object.values(errors).flat();
  const LOST = "The file did not arrive. Check your connection and upload it again.";

  function send(file, number, total) {
    return new Promise((done) => {
      const row = newRow(file);
      const data = new FormData(form);
      for (const input of inputs) data.delete(input.name);
      data.set("files", file);
      data.set("upload_key", `${form.elements.upload_key.value}-${number}`);
      if (several) data.set("one_of", total);
      const request = new XMLHttpRequest();
      request.open("POST", form.action || location.href);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        const share = Math.round((100 * event.loaded) / event.total);
        row.querySelector("progress").value = share;
        row.querySelector("[data-sent]").textContent =
          share < 100 ? `${inMegabytes(event.loaded)} of ${inMegabytes(event.total)} sent, ${share}%.` : "Sent. We are keeping it safe.";
      });
      row.querySelector("button").addEventListener("click", () => request.abort());
      request.addEventListener("abort", () => { row.remove(); done(null); });
      request.addEventListener("error", () => { showProblem(row, file, [LOST]); done(null); });
      request.addEventListener("load", () => {
        const answer = request.response || {};
        if (request.status === 201) { done({ row, made: answer.versions, page: answer.page }); return; }
        showProblem(row, file, answer.errors ? sentencesOf(answer.errors) : [LOST]);
        done(null);
      });
      request.send(data);
    });
  }
  async function follow(kept) {
    if (!several) { location.assign(kept.page); return; }
    kept.row.dataset.file = kept.made[0];
    kept.row.setAttribute("data-moving", "");
    const answer = await fetch(`${list.dataset.watch}?ids=${kept.made[0]}`, { credentials: "same-origin" });
    const now = (await answer.json())[kept.made[0]];
    kept.row.innerHTML = now.html;
    if (!now.moving) kept.row.removeAttribute("data-moving");
  }
  let round = 0;
  form.addEventListener("submit", async (event) => {
    const files = inputs.flatMap((input) => [...input.files]);
    if (!files.length || (!several && files.length > 1)) return;
    event.preventDefault();
    button.disabled = true;
    (document.getElementById("yours") || list).scrollIntoView({ block: "start" });
    round += 1;
    let kept = 0;
    const left = new DataTransfer();
    for (const [number, file] of files.entries()) {
      say(`Uploading ${file.name}. Stay on this page until it is sent.`);
      const result = await send(file, `${round}-${number}`, files.length);
      if (result) { kept += 1; await follow(result); } else left.items.add(file);
    }
    button.disabled = false;
    /* What is kept must not be sent twice: only the files that did not get through stay chosen. */
    for (const input of inputs) input.value = "";
    target.files = left.files;
    if (kept) say(kept === 1 ? "1 file is kept and waits for its virus check." : `${kept} files are kept and wait for their virus check.`);
    else say(files.length === 1 ? "The file was not kept." : "None of the files was kept.");
    const count = document.querySelector("[data-count]");
    if (count) count.textContent = list.querySelectorAll("[data-file]").length;
    setTimeout(watch, WAIT);
  });
})();
