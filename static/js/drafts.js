/* What was typed and not saved (a session that ended, a closed window) is kept in this browser and offered again.
   Pages work without this file. Nothing leaves the browser; what is saved is forgotten here. */
(function () {
  "use strict";

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  var form = document.querySelector("form[data-draft]");
  if (!form) return;
  var store;
  try { store = window.localStorage; } catch (error) { return; }
  if (!store) return;
  var key = "draft:" + form.dataset.draft;
  var skip = /csrfmiddlewaretoken|-version$|-base$/;

  function read() {
    var values = {};
    form.querySelectorAll("input, textarea, select").forEach(function (control) {
      if (!control.name || skip.test(control.name) || control.type === "file" || control.type === "hidden") return;
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked) (values[control.name] = values[control.name] || []).push(control.value);
      } else if (control.value) {
        values[control.name] = [control.value];
      }
    });
    return values;
  }
  function same(a, b) { return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)); }
  function sorted(values) {
    return Object.keys(values).sort().map(function (name) { return [name, values[name].slice().sort()]; });
  }
  function bring(values) {
    form.querySelectorAll("input, textarea, select").forEach(function (control) {
      if (!control.name || skip.test(control.name) || control.type === "file" || control.type === "hidden") return;
      var kept = values[control.name] || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = kept.indexOf(control.value) >= 0;
      else control.value = kept[0] || "";
    });
  }

  var shown = read();
  var kept = null;
  try { kept = JSON.parse(store.getItem(key) || "null"); } catch (error) { store.removeItem(key); }
  if (kept && same(kept.values, shown)) { store.removeItem(key); kept = null; }
  if (kept && !document.querySelector(".error-summary, .conflict")) offer(kept);

  var timer = 0;
  form.addEventListener("input", function () {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 400);
  });
  form.addEventListener("change", keep);
  function keep() {
    var now = read();
    try {
      if (same(now, shown)) store.removeItem(key);
      else store.setItem(key, JSON.stringify({ at: new Date().toISOString(), values: now }));
    } catch (error) { /* full or forbidden: then there is no draft */ }
  }

  function offer(draft) {
    var template = document.getElementById("draft-offer");
    if (!template) return;
    var bar = template.content.firstElementChild.cloneNode(true);
    var time = bar.querySelector("time");
    var when = new Date(draft.at);
    time.dateTime = draft.at;
    time.textContent = when.toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    bar.querySelector("[data-bring]").addEventListener("click", function () {
      bring(draft.values);
      bar.remove();
      form.scrollIntoView();
    });
    bar.querySelector("[data-forget]").addEventListener("click", function () {
      store.removeItem(key);
      bar.remove();
    });
    form.before(bar);
  }
})();
