/* Keys of the resolve screen. Each presses the button, link or field that carries it; without this file they are
   pressed by hand. A field that is being written in keeps its letters. */
(function () {
  "use strict";

  var pressed = false;

  function carrier(key) {
    var all = document.querySelectorAll("[data-key]");
    for (var i = 0; i < all.length; i += 1) {
      if (all[i].dataset.key.split(" ").indexOf(key) >= 0) return all[i];
    }
    return null;
  }

  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.key === "Escape" && at.matches("input")) { at.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || pressed) return;
    if (at.matches("input, textarea, select") || at.isContentEditable) return;
    var found = carrier(event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    if (found.matches("input")) {
      found.focus();
      found.select();
      return;
    }
    pressed = true;
    found.click();
  });
  window.addEventListener("pageshow", function () { pressed = false; });
})();
