// The map of a labour supply chain. Levels, order and places come from the server; this draws them, walks them by
// keyboard, folds and unfolds by asking the server again, and keeps the address true. Without it the page is a tree.
// Its parts stand in chain-map/, one concern each, and meet in one object; this file comes last and starts them.
(function (map) {
  "use strict";

  map.frame = document.getElementById("map-frame");
  if (!map.frame || !window.cytoscape) return;
  var wide = window.matchMedia("(min-width: 700px)");
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  map.still = window.matchMedia("(prefers-reduced-motion: reduce)");
  map.stage = document.getElementById("map-stage");
  map.panel = document.getElementById("map-brief");
  map.told = document.getElementById("map-say");
  map.texts = JSON.parse(document.getElementById("map-words").textContent);
  map.words = map.texts.words;
  map.picture = JSON.parse(document.getElementById("map-picture").textContent);
  map.address = new URLSearchParams(window.location.search);
  map.state = {
    node: map.address.get("node") || "",
    open: split(map.address.get("open")),
    fold: split(map.address.get("fold")),
    colour: map.address.get("colour") === "risk" ? "risk" : "standing"
  };
  map.cy = null;
  map.colours = {};
  map.pictures = {};
  Object.assign(map, { put: put, say: say, card: card, count: count });

  function split(text) { return text ? text.split(",") : []; }

  function put(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  function say(text) { map.told.textContent = text; }

  function start() {
    if (map.cy || !wide.matches) return;
    document.documentElement.classList.add("has-map");
    map.frame.hidden = false;
    map.readColours();
    map.cy = window.cytoscape({
      container: map.stage, elements: map.elements(), style: map.style(), layout: { name: "preset", fit: false }, minZoom: 0.08, maxZoom: 2.5,
      userZoomingEnabled: false, boxSelectionEnabled: false, autoungrabify: true, autounselectify: true, textureOnViewport: map.picture.nodes.length > 600,
      hideEdgesOnViewport: map.picture.nodes.length > 600, pixelRatio: "auto"
    });
    document.getElementById("map-switch").hidden = !map.picture.nodes.some(function (node) { return node.riskWord; });
    document.querySelector('#map-switch [value="' + map.state.colour + '"]').checked = true;
    map.view();
    wire();
    count();
    if (map.state.node && card(map.state.node)) map.choose(map.state.node, { see: true });
    if (document.fonts && document.fonts.load) {
      Promise.all([document.fonts.load('600 13px "Source Sans 3"'), document.fonts.load('12px "Source Sans 3"')]).then(restyle, restyle);
    }
    window.chainMap = map.cy;
    map.frame.dataset.ready = "true";
  }

  function card(id) {
    var found = map.cy.getElementById(id);
    return found.length && found.hasClass("card") ? found : null;
  }

  function restyle() { map.cy.style(map.style()); }

  function repaint() {
    map.readColours();
    restyle();
  }

  function count() {
    var text = put(map.words.shown, { n: map.picture.shown.toLocaleString(), all: map.picture.parties.toLocaleString() });
    if (map.picture.tiers) text = "";
    if (map.picture.leftOut) text += ". " + put(map.words.leftOut, { n: map.picture.leftOut.toLocaleString() });
    say(text);
  }

  function png(output) {
    return map.cy.png({ output: output, full: true, scale: 2, bg: map.colours.surface, maxWidth: 8000, maxHeight: 8000 });
  }

  function download() {
    var link = document.createElement("a");
    link.download = map.words.file + "-" + map.picture.on + ".png";
    link.href = URL.createObjectURL(png("blob"));
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function forPaper() {
    var old = map.frame.querySelector(".map-paper"), image = document.createElement("img");
    if (old) old.remove();
    image.className = "map-paper";
    image.alt = "";
    image.src = png("base64uri");
    map.frame.querySelector(".map-and-brief").prepend(image);
    return image;
  }

  function wire() {
    map.cy.on("tap", ".card", function (event) { map.choose(event.target.id(), { see: true }); });
    map.cy.on("tap", ".pill", function (event) { map.toggle(event.target.data("of")); });
    map.cy.on("dbltap", ".card", function (event) { map.toggle(event.target.id()); });
    map.cy.on("tap", function (event) { if (event.target === map.cy && map.state.node) map.letGo(); });
    map.cy.on("mouseover", ".card, .pill", function () { map.stage.classList.add("can-press"); });
    map.cy.on("mouseout", ".card, .pill", function () { map.stage.classList.remove("can-press"); });
    map.stage.addEventListener("keydown", map.keys);
    map.stage.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      var box = map.stage.getBoundingClientRect();
      map.cy.zoom({ level: Math.max(0.08, Math.min(2.5, map.cy.zoom() * Math.exp(-event.deltaY * 0.004))), renderedPosition: { x: event.clientX - box.left, y: event.clientY - box.top } });
    }, { passive: false });
    map.frame.addEventListener("click", function (event) {
      var act = event.target.closest("[data-map]"), link = event.target.closest("[data-go]");
      if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); map.go(link.dataset.go); }
      if (!act) return;
      if (act.dataset.map === "fit") map.fit();
      if (act.dataset.map === "in") map.zoomBy(1.25);
      if (act.dataset.map === "out") map.zoomBy(0.8);
      if (act.dataset.map === "png") download();
      if (act.dataset.map === "print") forPaper().decode().then(function () { window.print(); }, function () { window.print(); });
      if (act.dataset.map === "all") { map.state.open = ["all"]; map.state.fold = []; map.remember(); map.load(map.view); }
    });
    document.getElementById("map-switch").addEventListener("change", function (event) {
      map.state.colour = event.target.value;
      map.remember();
      map.redraw(map.picture);
    });
    var timer = 0, form = document.getElementById("map-search");
    form.addEventListener("input", function () { window.clearTimeout(timer); timer = window.setTimeout(map.find, 180); });
    form.addEventListener("submit", function (event) { event.preventDefault(); map.find(); });
    form.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { document.getElementById("map-found").hidden = true; }
    });
    window.addEventListener("beforeprint", function () { if (!map.frame.querySelector(".map-paper")) forPaper(); });
    window.addEventListener("afterprint", function () { var image = map.frame.querySelector(".map-paper"); if (image) image.remove(); });
    dark.addEventListener("change", repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
    window.addEventListener("resize", function () { if (map.cy) map.cy.resize(); });
  }

  wide.addEventListener("change", start);
  start();
})(window.chainMapParts = window.chainMapParts || {});
