/* Small improvements. Every page works without this file. */
(function () {
  "use strict";

  // The error summary gets the focus, and its links put the cursor into the control.
  var summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus({ preventScroll: false });
    summary.addEventListener("click", function (event) {
      var link = event.target.closest('a[href^="#"]');
      var control = link && document.getElementById(link.hash.slice(1));
      if (!control) return;
      event.preventDefault();
      control.scrollIntoView({ block: "center" });
      control.focus({ preventScroll: true });
    });
  }

  // A page that shows work in progress asks again, unless somebody is in the middle of something on it.
  var reload = document.querySelector('meta[name="reload"]');
  if (reload) {
    window.setInterval(function () {
      var active = document.activeElement;
      if (document.hidden || (active && active !== document.body && active.closest("form, details"))) return;
      window.location.reload();
    }, Math.max(1, Number(reload.content) || 3) * 1000);
  }

  // A second press within three seconds is the same press. After that it is a real second try and goes through.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-guard]") || event.defaultPrevented) return;
    var now = Date.now();
    if (form.dataset.sentAt && now - Number(form.dataset.sentAt) < 3000) {
      event.preventDefault();
      return;
    }
    form.dataset.sentAt = String(now);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent-at]").forEach(function (form) {
      delete form.dataset.sentAt;
    });
  });

  // A chosen file: say its name and size, and say early when it is empty or too large.
  function size(bytes) {
    if (bytes >= 1e6) return (bytes / 1e6).toFixed(1) + " MB";
    if (bytes >= 1e3) return Math.round(bytes / 1e3) + " KB";
    return bytes + " B";
  }
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.matches("input[type=file][data-file]")) return;
    var hint = input.nextElementSibling;
    if (!hint || !hint.classList.contains("file-hint")) {
      hint = document.createElement("p");
      hint.className = "file-hint";
      hint.setAttribute("role", "status");
      input.after(hint);
    }
    var limit = Number(input.dataset.maxBytes || 0);
    var lines = Array.prototype.map.call(input.files, function (file) {
      return file.name + ", " + size(file.size);
    });
    var tooLarge = limit && Array.prototype.some.call(input.files, function (file) { return file.size > limit; });
    var empty = Array.prototype.some.call(input.files, function (file) { return file.size === 0; });
    if (tooLarge && input.dataset.tooLarge) lines.push(input.dataset.tooLarge);
    if (empty && input.dataset.empty) lines.push(input.dataset.empty);
    hint.classList.toggle("file-hint-wrong", Boolean(tooLarge || empty));
    hint.textContent = lines.join(" · ");
  });

  // Code and secrets: a button that copies them, where the browser lets pages do that.
  document.querySelectorAll("[data-copy]").forEach(function (sample) {
    var what = sample.querySelector("input, code");
    if (!what || !navigator.clipboard) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain btn-small copy";
    button.textContent = sample.dataset.copy;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(what.value || what.textContent).then(function () {
        button.textContent = sample.dataset.copied;
        window.setTimeout(function () { button.textContent = sample.dataset.copy; }, 2000);
      }, function () { button.remove(); });
    });
    sample.classList.add("sample-copies");
    sample.append(button);
  });

  // Browsers without popovers (before 2024): the menu buttons toggle a class instead.
  if (!HTMLElement.prototype.hasOwnProperty("popover")) {
    document.documentElement.classList.add("no-popover");
    document.addEventListener("click", function (event) {
      var button = event.target.closest("[popovertarget]");
      var open = document.querySelector("[popover].is-open");
      if (button) {
        var target = document.getElementById(button.getAttribute("popovertarget"));
        if (target) target.classList.toggle("is-open");
        if (open && open !== target) open.classList.remove("is-open");
      } else if (open && !event.target.closest("[popover]")) {
        open.classList.remove("is-open");
      }
    });
  }
})();
