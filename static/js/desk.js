/* The rating desk: one indicator at a time, keys, and everything saved as it is typed.
   Without this file the page is one long form that works. */
(function () {
  "use strict";

  var form = document.querySelector("form[data-desk]");
  if (!form) return;
  var says = form.dataset;
  var keys = says.keys.split(" ");
  var sections = Array.prototype.slice.call(form.querySelectorAll("[data-indicator]"));
  var token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  var language = document.documentElement.lang || undefined;
  var current = 0;
  var store = null;
  try { store = window.localStorage; } catch (error) { /* forbidden: then nothing is kept in the browser */ }

  function recall(name) { try { return store && store.getItem(name); } catch (error) { return null; } }
  function keep(name, value) {
    try { if (value === null) store.removeItem(name); else store.setItem(name, value); } catch (error) { /* full */ }
  }

  // One indicator's fields and how its saving stands.
  var desks = sections.map(function (section) {
    var desk = {
      section: section,
      code: section.dataset.indicator,
      url: section.dataset.url,
      radios: Array.prototype.slice.call(section.querySelectorAll('input[type="radio"]')),
      note: section.querySelector("textarea"),
      base: section.querySelector('input[type="hidden"]'),
      status: section.querySelector("[data-status]"),
      clash: section.querySelector("[data-clash]"),
      timer: 0, sending: null, again: false, stopped: false, last: ""
    };
    desk.last = typed(desk);
    return desk;
  });

  function rating(desk) {
    var chosen = desk.radios.filter(function (radio) { return radio.checked; })[0];
    return chosen ? chosen.value : "";
  }
  function choose(desk, value) {
    desk.radios.forEach(function (radio) { radio.checked = radio.value === value; });
  }
  function typed(desk) { return JSON.stringify([rating(desk), desk.note.value]); }
  function say(desk, words, tone) {
    desk.status.textContent = words;
    desk.status.dataset.tone = tone || "";
  }

  // Saving ----------------------------------------------------------------------------------------------------------

  function save(desk) {
    window.clearTimeout(desk.timer);
    if (desk.stopped) return Promise.resolve();
    if (desk.sending) { desk.again = true; return desk.sending; }
    if (typed(desk) === desk.last) return Promise.resolve();
    var sent = typed(desk);
    var body = new URLSearchParams({ csrfmiddlewaretoken: token, rating: rating(desk), note: desk.note.value, base: desk.base.value });
    keep("desk:" + desk.url, sent);
    say(desk, says.saving);
    desk.sending = fetch(desk.url, { method: "POST", body: body, redirect: "manual", keepalive: body.toString().length < 60000 })
      .then(function (answer) {
        var json = (answer.headers.get("Content-Type") || "").indexOf("json") >= 0;
        return json ? answer.json() : { kind: "out" };
      }, function () { return { kind: "offline" }; })
      .then(function (found) {
        desk.sending = null;
        took(desk, sent, found);
        if (desk.again) { desk.again = false; return save(desk); }
      });
    return desk.sending;
  }

  function took(desk, sent, found) {
    if (found.kind === "saved" || found.kind === "draft") {
      desk.last = sent;
      desk.base.value = found.version;
      keep("desk:" + desk.url, null);
    }
    if (found.kind === "saved") {
      var time = new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
      say(desk, says.saved + " " + time, "good");
      mark(desk, rating(desk));
    } else if (found.kind === "draft") {
      say(desk, says.draft + " " + found.words, "care");
    } else if (found.kind === "clash") {
      clashed(desk, sent, found);
    } else if (found.kind === "offline") {
      say(desk, says.offline, "stop");
      desk.timer = window.setTimeout(function () { save(desk); }, 5000);
    } else {
      say(desk, found.words || says.out, "stop");
    }
  }

  function clashed(desk, sent, found) {
    desk.stopped = true;
    desk.last = sent;
    keep("desk:" + desk.url, null);
    say(desk, "");
    desk.clash.innerHTML = found.html;
    show(desks.indexOf(desk), false);
    desk.clash.querySelectorAll("[data-take]").forEach(function (button) {
      button.addEventListener("click", function () {
        if (button.dataset.take === "theirs") {
          choose(desk, found.rating);
          desk.note.value = found.note;
        } else if (button.dataset.take === "both") {
          desk.note.value = found.note + "\n" + desk.note.value;
        }
        desk.base.value = found.version;
        desk.clash.textContent = "";
        desk.stopped = false;
        desk.last = "";
        save(desk);
        desk.note.focus();
      });
    });
  }

  function mark(desk, value) {
    var link = form.querySelector('[data-strip="' + desk.code + '"]');
    link.querySelector(".desk-dot").dataset.state = value || "none";
    var radio = desk.radios.filter(function (one) { return one.checked; })[0];
    var label = radio && radio.closest("label, .form-check");
    link.querySelector("[data-strip-words]").textContent = label ? label.dataset.words || label.textContent.trim() : says.unrated;
  }

  desks.forEach(function (desk) {
    desk.radios.forEach(function (radio) {
      var label = desk.section.querySelector('label[for="' + radio.id + '"]') || radio.closest("label");
      if (label) {
        var hint = document.createElement("kbd");
        hint.textContent = String(keys.indexOf(radio.value) + 1);
        hint.setAttribute("aria-hidden", "true");
        (radio.closest("label") || label).dataset.words = label.textContent.trim();
        label.append(" ", hint);
      }
      radio.addEventListener("change", function () { save(desk); });
    });
    desk.note.addEventListener("input", function () {
      window.clearTimeout(desk.timer);
      desk.timer = window.setTimeout(function () { save(desk); }, 900);
    });
    desk.note.addEventListener("blur", function () { save(desk); });
    // What could not be sent last time from this browser comes back and is sent now.
    var left = recall("desk:" + desk.url);
    if (left && left !== desk.last) {
      try {
        var values = JSON.parse(left);
        choose(desk, values[0]);
        desk.note.value = values[1];
        save(desk);
      } catch (error) { keep("desk:" + desk.url, null); }
    }
  });
  window.addEventListener("online", function () { desks.forEach(save); });
  window.addEventListener("pagehide", function () { desks.forEach(save); });
  window.addEventListener("beforeunload", function (event) {
    var waiting = desks.some(function (desk) { return !desk.stopped && typed(desk) !== desk.last; });
    if (waiting && !form.dataset.leaving && !navigator.onLine) event.preventDefault();
  });
  form.addEventListener("submit", function (event) {
    // Whatever is being saved arrives first, so that the form is not taken for somebody else's later text.
    var busy = desks.filter(function (desk) { window.clearTimeout(desk.timer); return desk.sending; });
    if (!busy.length) { form.dataset.leaving = "1"; return; }
    event.preventDefault();
    var button = event.submitter;
    Promise.all(busy.map(function (desk) { return desk.sending; })).then(function () {
      form.dataset.leaving = "1";
      form.requestSubmit(button);
    });
  });

  // One at a time ---------------------------------------------------------------------------------------------------

  var tools = form.querySelector("[data-desk-tools]");
  var toggle = form.querySelector("[data-one]");
  var one = recall("desk-one") !== "no";
  tools.hidden = false;

  function show(index, focus) {
    current = Math.max(0, Math.min(index, desks.length - 1));
    desks.forEach(function (desk, place) { desk.section.hidden = one && place !== current; });
    form.querySelectorAll("[data-strip]").forEach(function (link) {
      if (link.dataset.strip === desks[current].code) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (focus) {
      history.replaceState(null, "", "#" + desks[current].code);
      desks[current].section.querySelector("h3").focus({ preventScroll: one });
    }
  }
  function move(step) {
    save(desks[current]);
    var next = current + step;
    if (next >= 0 && next < desks.length) { show(next, true); return; }
    var url = step > 0 ? says.next : says.back;
    if (url) (desks[current].sending || Promise.resolve()).then(function () { window.location.assign(url); });
  }
  function layout() {
    toggle.setAttribute("aria-pressed", one ? "true" : "false");
    form.classList.toggle("desk-single", one);
    show(current, false);
  }
  toggle.addEventListener("click", function () {
    one = !one;
    keep("desk-one", one ? null : "no");
    layout();
  });
  form.querySelector("[data-next-one]").addEventListener("click", function () { move(1); });
  form.querySelector("[data-back-one]").addEventListener("click", function () { move(-1); });
  form.querySelectorAll("[data-strip]").forEach(function (link, place) {
    link.addEventListener("click", function (event) { event.preventDefault(); save(desks[current]); show(place, true); });
  });
  form.addEventListener("focusin", function (event) {
    var section = event.target.closest("[data-indicator]");
    if (section && !one) show(sections.indexOf(section), false);
  });
  // A link of the error summary opens the indicator that its field is in, before page.js puts the cursor there.
  document.addEventListener("click", function (event) {
    var link = event.target.closest('.error-summary a[href^="#"]');
    var field = link && document.getElementById(link.hash.slice(1));
    var section = field && field.closest("[data-indicator]");
    if (section) show(sections.indexOf(section), false);
  }, true);

  function first() {
    var hash = decodeURIComponent(window.location.hash.slice(1));
    if (hash === "last") return desks.length - 1;
    var named = desks.findIndex(function (desk) { return desk.code === hash; });
    if (named >= 0) return named;
    var wrong = desks.findIndex(function (desk) { return desk.section.querySelector(".field-wrong, .desk-clash-note"); });
    if (wrong >= 0) return wrong;
    var open = desks.findIndex(function (desk) {
      return form.querySelector('[data-strip="' + desk.code + '"] .desk-dot').dataset.state === "none";
    });
    return Math.max(0, open);
  }
  current = first();
  layout();

  // Keys ------------------------------------------------------------------------------------------------------------

  var dialog = document.getElementById("desk-keys");
  var on = dialog.querySelector("[data-keys-on]");
  on.checked = recall("desk-keys") !== "off";
  on.addEventListener("change", function () { keep("desk-keys", on.checked ? null : "off"); });
  form.querySelector("[data-help]").addEventListener("click", function () { dialog.showModal(); });
  dialog.querySelector("[data-close]").addEventListener("click", function () { dialog.close(); });

  function press(name) {
    var button = desks[current].section.querySelector('button[name="' + name + '"]');
    if (button) button.click();
  }
  function typing(target) {
    return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(target.type));
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    var desk = desks[current];
    if (event.key === "Escape" && event.target === desk.note) {
      desk.section.querySelector("h3").focus({ preventScroll: true });
      return;
    }
    if (!on.checked || typing(event.target)) return;
    var arrows = event.target.type !== "radio";
    var number = "12345".indexOf(event.key);
    if (number >= 0 && event.key.length === 1) {
      var radio = desk.radios.filter(function (one_) { return one_.value === keys[number]; })[0];
      if (!radio) return;
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (event.key === "j" || (arrows && event.key === "ArrowRight")) move(1);
    else if (event.key === "k" || (arrows && event.key === "ArrowLeft")) move(-1);
    else if (event.key === "n") desk.note.focus();
    else if (event.key === "f") press("raise");
    else if (event.key === "e") press("evidence");
    else if (event.key === "?") dialog.showModal();
    else return;
    event.preventDefault();
  });
})();
