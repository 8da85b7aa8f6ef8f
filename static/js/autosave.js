/* Answers are sent as they are given. Without this file they are sent by the button. Nothing is kept in the browser. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch || !window.FormData) return;
  var status = form.querySelector(".autosave");
  var timer = 0, sending = false, again = false;

  function say(text) { if (status) status.textContent = text; }
  function send() {
    if (sending) { again = true; return; }
    sending = true;
    var data = new FormData(form);
    data.append("auto", "1");
    fetch(window.location.href, { method: "POST", body: data, credentials: "same-origin", headers: { "Accept": "application/json" } })
      .then(function (response) { return response.json(); })
      .then(function (answer) { say(answer.kept ? form.dataset.autosave : answer.problems.join(" ")); })
      .catch(function () { say(form.dataset.unsaved); })
      .then(function () {
        sending = false;
        if (again) { again = false; send(); }
      });
  }
  function soon(wait) { window.clearTimeout(timer); timer = window.setTimeout(send, wait); }
  form.addEventListener("change", function () { soon(150); });
  form.addEventListener("input", function (event) {
    if (event.target.tagName === "TEXTAREA") { say(form.dataset.unsaved); soon(1200); }
  });
  form.addEventListener("submit", function () { window.clearTimeout(timer); });
})();
