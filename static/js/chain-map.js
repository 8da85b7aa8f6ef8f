// The map of a labour supply chain. Levels, order and places come from the server; this draws them, walks them by
// keyboard, folds and unfolds by asking the server again, and keeps the address true. Without it the page is a tree.
(function () {
  "use strict";

  var frame = document.getElementById("map-frame");
  if (!frame || !window.cytoscape) return;
  var stage = document.getElementById("map-stage");
  var panel = document.getElementById("map-brief");
  var told = document.getElementById("map-say");
  var texts = JSON.parse(document.getElementById("map-words").textContent);
  var words = texts.words;
  var picture = JSON.parse(document.getElementById("map-picture").textContent);
  var wide = window.matchMedia("(min-width: 700px)");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var address = new URLSearchParams(window.location.search);
  var state = {
    node: address.get("node") || "",
    open: split(address.get("open")),
    fold: split(address.get("fold")),
    colour: address.get("colour") === "risk" ? "risk" : "standing"
  };
  var cy = null;
  var colours = {};
  var pictures = {};
  var asking = 0;
  var loading = 0;

  var SHAPES = {
    buyer: "cut-rectangle", site: "rectangle", employer: "round-rectangle", recruiter_destination: "round-rectangle",
    recruiter_origin: "round-rectangle", sub_agent: "bottom-round-rectangle", cohort: "barrel"
  };
  var BORDERS = { good: [1.5, "solid"], care: [2, "solid"], stop: [3, "solid"], past: [1.5, "solid"], work: [1.5, "dotted"], unsure: [2, "dashed"], "": [1, "solid"] };

  // -- words and colours ------------------------------------------------------------------------------------

  function split(text) { return text ? text.split(",") : []; }

  function put(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }

  function say(text) { told.textContent = text; }

  function readColours() {
    var probe = document.createElement("span");
    probe.hidden = true;
    stage.appendChild(probe);
    ["ink", "muted", "paper", "surface", "sunken", "line", "line-strong", "accent", "accent-strong", "accent-tint", "on-accent",
      "good", "care", "stop", "past", "unsure", "good-tint", "care-tint", "stop-tint", "past-tint", "unsure-tint"].forEach(function (name) {
      probe.style.color = "var(--c-" + name + ")";
      colours[name] = window.getComputedStyle(probe).color;
    });
    probe.remove();
    colours.work = colours["accent-strong"];
    colours["work-tint"] = colours["accent-tint"];
    colours[""] = colours["line-strong"];
    colours["-tint"] = colours.sunken;
    pictures = {};
  }

  function outline(name, x, y, size, colour) {
    var svg = (texts.icons[name] || "").replace(/^<svg[^>]*>|<\/svg>$/g, "");
    return '<g transform="translate(' + x + " " + y + ") scale(" + size / 24 + ')" fill="none" stroke="' + colour +
      '" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">' + svg + "</g>";
  }

  // A card's left block with the outline of its kind, and the sign of its standing at the end: one picture for all alike.
  function cardPicture(data) {
    var key = [data.icon, data.tone, data.sign, data.secret].join("|");
    if (!pictures[key]) {
      var width = picture.card[0], height = picture.card[1];
      var svg = '<svg xmlns="http://www.w3.org/2000/svg" width="' + width + '" height="' + height + '" viewBox="0 0 ' + width + " " + height + '">' +
        '<rect width="36" height="' + height + '" fill="' + colours[data.tone + "-tint"] + '"/>' +
        outline(data.secret ? "lock" : data.icon, 9, (height - 20) / 2, 20, data.tone ? colours[data.tone] : colours.muted) +
        (data.sign ? outline(data.sign, width - 28, (height - 18) / 2, 18, colours[data.tone]) : "") + "</svg>";
      pictures[key] = "data:image/svg+xml;utf8," + encodeURIComponent(svg);
    }
    return pictures[key];
  }

  function style() {
    var card = picture.card, font = '"Source Sans 3", "Noto Sans", sans-serif';
    return [
      { selector: "node", style: { "font-family": font, events: "no", "overlay-opacity": 0 } },
      { selector: ".card", style: {
        events: "yes", width: card[0], height: card[1], "background-color": colours.surface, shape: function (n) { return SHAPES[n.data("kind")] || "rectangle"; },
        "corner-radius": function (n) { return n.data("kind").indexOf("recruiter") === 0 ? "16" : "6"; },
        "background-image": function (n) { return cardPicture(n.data()); }, "background-width": "100%", "background-height": "100%",
        "border-width": function (n) { return BORDERS[n.data("tone")][0]; }, "border-style": function (n) { return BORDERS[n.data("tone")][1]; },
        "border-color": function (n) { return colours[n.data("tone")]; },
        label: "data(name)", "text-halign": "right", "text-valign": "center", "text-margin-x": 43 - card[0], "text-margin-y": -8,
        "text-wrap": "ellipsis", "text-max-width": function (n) { return card[0] - (n.data("sign") ? 73 : 51); }, "font-size": 13.5, "font-weight": 600, color: colours.ink, "min-zoomed-font-size": 4 } },
      { selector: ".word", style: {
        width: card[0], height: 1, "background-opacity": 0, label: "data(said)", "text-halign": "right", "text-valign": "center",
        "text-margin-x": 43 - card[0], "text-margin-y": 9, "text-wrap": "ellipsis", "text-max-width": card[0] - 76, "font-size": 12,
        color: function (n) { return n.data("tone") ? colours[n.data("tone")] : colours.muted; }, "min-zoomed-font-size": 5 } },
      { selector: ".pill", style: {
        events: "yes", shape: "round-rectangle", "corner-radius": 9, width: "data(wide)", height: 18, "background-color": colours.accent, "border-width": 0,
        label: "data(said)", color: colours["on-accent"], "font-size": 11.5, "font-weight": 600, "text-valign": "center", "text-halign": "center", "z-index": 9 } },
      { selector: ".pill.minus", style: { "background-color": colours.surface, "border-width": 1, "border-color": colours["line-strong"], color: colours.muted, height: 15, "corner-radius": 7.5 } },
      { selector: ".flag", style: {
        shape: "round-rectangle", "corner-radius": 8, width: 17, height: 16, "background-color": colours.stop, label: "data(said)", color: colours.surface,
        "font-size": 11, "font-weight": 700, "text-valign": "center", "text-halign": "center", "border-width": 1.5, "border-color": colours.surface, "z-index": 9 } },
      { selector: ".head", style: {
        width: card[0], height: 20, "background-opacity": 0, label: "data(said)", "text-valign": "center", "text-halign": "right", "text-margin-x": -card[0],
        "font-size": 12.5, "font-weight": 600, color: colours.muted, "text-wrap": "wrap", "text-max-width": card[0] + 20 } },
      { selector: "edge", style: {
        events: "no", "curve-style": "unbundled-bezier", "edge-distances": "endpoints", "source-endpoint": card[0] / 2 + "px 0px", "target-endpoint": -card[0] / 2 + "px 0px",
        "control-point-distances": "data(distances)", "control-point-weights": "data(weights)", width: "data(thick)", "line-color": colours["line-strong"],
        "line-style": function (e) { return e.data("verified") ? "solid" : "dashed"; }, "line-dash-pattern": [5, 4], opacity: 0.8, "z-index": 1 } },
      { selector: "edge.back", style: {
        "line-color": colours.stop, "line-style": "dotted", "target-arrow-shape": "vee", "target-arrow-color": colours.stop, label: words.circle, "font-size": 11,
        color: colours.stop, "text-background-color": colours.surface, "text-background-opacity": 1, "text-background-padding": 2, "curve-style": "unbundled-bezier",
        "source-endpoint": "outside-to-node", "target-endpoint": "outside-to-node" } },
      { selector: "edge.new", style: { "line-color": colours.good } },
      { selector: "edge.gone", style: { "line-color": colours.past, "line-style": "dotted", opacity: 0.5 } },
      { selector: ".card.gone", style: { opacity: 0.55, "border-style": "dotted" } },
      { selector: ".dim", style: { opacity: 0.28 } },
      { selector: "edge.dim", style: { opacity: 0.15 } },
      { selector: "edge.up", style: { "line-color": colours.accent, opacity: 0.75 } },
      { selector: "edge.way", style: {
        "line-color": colours.accent, opacity: 1, "z-index": 5, width: function (e) { return Math.max(3, e.data("thick")); }, label: "data(many)", "font-size": 11, color: colours.ink,
        "text-background-color": colours.surface, "text-background-opacity": 0.92, "text-background-padding": 2 } },
      { selector: ".card.way", style: { "background-color": colours["accent-tint"] } },
      { selector: ".card.chosen", style: { "underlay-color": colours.accent, "underlay-opacity": 1, "underlay-padding": 4, "underlay-shape": "round-rectangle", "underlay-corner-radius": 8 } }
    ];
  }

  // -- elements ------------------------------------------------------------------------------------------------

  function toned(node) {
    var byRisk = state.colour === "risk" && node.riskWord;
    return {
      tone: byRisk ? node.riskTone : node.tone, sign: byRisk ? node.riskSign : node.sign,
      word: byRisk ? node.riskWord : node.word
    };
  }

  function lineWords(node, look) {
    var parts = [node.markWord, look.word || node.kindWord, node.country];
    return parts.filter(Boolean).join(" · ");
  }

  function elements() {
    var half = picture.card[0] / 2, list = [], at = {};
    picture.nodes.forEach(function (node) {
      var look = toned(node), spot = { x: node.x, y: node.y }, data = Object.assign({}, node, look);
      at[node.id] = spot;
      list.push({ group: "nodes", classes: "card " + node.mark, data: data, position: spot });
      list.push({ group: "nodes", classes: "word " + node.mark, data: { id: node.id + "~w", of: node.id, said: lineWords(node, look), tone: look.tone }, position: { x: spot.x, y: spot.y } });
      if (node.hidden || node.open) {
        var text = node.hidden ? "+" + node.hidden : "\u2212";
        list.push({ group: "nodes", classes: node.hidden ? "pill" : "pill minus", data: { id: node.id + "~p", of: node.id, said: text, wide: node.hidden ? 12 + 7 * text.length : 15 }, position: { x: spot.x + half + (node.hidden ? 8 + 3.5 * text.length : 9), y: spot.y } });
      }
      if (node.findings) {
        list.push({ group: "nodes", classes: "flag", data: { id: node.id + "~f", of: node.id, said: String(Math.min(node.findings, 99)) }, position: { x: spot.x + half - 12, y: spot.y - picture.card[1] / 2 } });
      }
    });
    picture.heads.forEach(function (head, index) {
      list.push({ group: "nodes", classes: "head", data: { id: "head" + index, said: head.word + (head.many > 1 ? "  " + head.many : "") }, position: { x: head.x, y: head.y } });
    });
    picture.links.forEach(function (link) {
      var bend = bends(at[link.from], at[link.to], link.via, link.back);
      list.push({ group: "edges", classes: (link.back ? "back " : "") + link.mark, data: {
        id: link.id, source: link.from, target: link.to, verified: link.verified, back: link.back, many: link.workers ? link.workers.toLocaleString() : "",
        thick: 1.4 + Math.min(3, Math.log10(1 + link.workers) * 0.9), distances: bend[0], weights: bend[1]
      } });
    });
    return list;
  }

  // Where a line bends, as the drawing library wants it: shares of the way, and distances from it. A line leaves and
  // arrives level and passes through the points the server kept free for it.
  function bends(from, to, via, back) {
    if (back) return [[70], [0.5]];
    var half = picture.card[0] / 2;
    var points = [{ x: from.x + half, y: from.y }].concat(via.map(function (p) { return { x: p[0], y: p[1] }; }), [{ x: to.x - half, y: to.y }]);
    var start = points[0], end = points[points.length - 1];
    var dx = end.x - start.x, dy = end.y - start.y, long = Math.sqrt(dx * dx + dy * dy) || 1;
    var distances = [], weights = [];
    for (var i = 0; i + 1 < points.length; i += 1) {
      var middle = (points[i].x + points[i + 1].x) / 2;
      [points[i].y, points[i + 1].y].forEach(function (y) {
        var px = middle - start.x, py = y - start.y;
        distances.push(Math.round(((px * -dy + py * dx) / long) * 100) / 100);
        weights.push(Math.round(((px * dx + py * dy) / (long * long)) * 10000) / 10000);
      });
    }
    return [distances, weights];
  }

  // -- drawing ---------------------------------------------------------------------------------------------------

  function start() {
    if (cy || !wide.matches) return;
    document.documentElement.classList.add("has-map");
    frame.hidden = false;
    readColours();
    cy = window.cytoscape({
      container: stage, elements: elements(), style: style(), layout: { name: "preset", fit: false }, minZoom: 0.08, maxZoom: 2.5,
      userZoomingEnabled: false, boxSelectionEnabled: false, autoungrabify: true, autounselectify: true, textureOnViewport: picture.nodes.length > 600,
      hideEdgesOnViewport: picture.nodes.length > 600, pixelRatio: "auto"
    });
    document.getElementById("map-switch").hidden = !picture.nodes.some(function (node) { return node.riskWord; });
    document.querySelector('#map-switch [value="' + state.colour + '"]').checked = true;
    view();
    wire();
    count();
    if (state.node && card(state.node)) choose(state.node, { see: true });
    if (document.fonts && document.fonts.load) {
      Promise.all([document.fonts.load('600 13px "Source Sans 3"'), document.fonts.load('12px "Source Sans 3"')]).then(restyle, restyle);
    }
    window.chainMap = cy;
    frame.dataset.ready = "true";
  }

  function card(id) {
    var found = cy.getElementById(id);
    return found.length && found.hasClass("card") ? found : null;
  }

  function restyle() { cy.style(style()); }

  function repaint() {
    readColours();
    restyle();
  }

  function view() {
    var room = stage.clientWidth, high = picture.height + 120;
    var zoom = Math.min(1.05, (room - 44) / picture.width);
    zoom = Math.max(zoom, 0.74);
    stage.style.height = Math.round(Math.max(320, Math.min(high * zoom + 24, Math.max(560, Math.min(window.innerHeight - 120, 860))))) + "px";
    panel.style.maxHeight = Math.max(420, parseInt(stage.style.height, 10)) + "px";
    cy.resize();
    var tall = stage.clientHeight;
    if (high * zoom > tall) zoom = Math.max(0.74, Math.min(zoom, tall / high));
    var fits = high * zoom <= tall + 2, across = picture.width * zoom <= room - 8;
    var first = picture.nodes[0];
    cy.zoom(zoom);
    cy.pan({
      x: across ? (room - picture.width * zoom) / 2 + (picture.card[0] / 2) * zoom : 20 + (picture.card[0] / 2) * zoom,
      y: fits ? (tall - picture.height * zoom) / 2 + 40 * zoom : Math.min(84 * zoom, Math.max(tall / 2 - (first ? first.y : 0) * zoom, tall - (picture.height + 10) * zoom))
    });
  }

  function fit() {
    motion({ fit: { eles: cy.elements(), padding: 16 } });
  }

  function motion(goal) {
    cy.stop();
    if (still.matches) {
      if (goal.fit) cy.fit(goal.fit.eles, goal.fit.padding);
      if (goal.zoom) cy.zoom(goal.zoom);
      if (goal.pan) cy.pan(goal.pan);
      if (goal.panBy) cy.panBy(goal.panBy);
    } else {
      cy.animate(goal, { duration: 220, easing: "ease-out" });
    }
  }

  function zoomBy(factor, spot) {
    motion({ zoom: { level: Math.max(0.08, Math.min(2.5, cy.zoom() * factor)), renderedPosition: spot || { x: stage.clientWidth / 2, y: stage.clientHeight / 2 } } });
  }

  // Bring a card into view, moving no more than needed.
  function reveal(node) {
    var box = node.renderedBoundingBox(), side = 24, move = { x: 0, y: 0 };
    if (box.x1 < side) move.x = side - box.x1; else if (box.x2 > stage.clientWidth - side) move.x = stage.clientWidth - side - box.x2;
    if (box.y1 < side) move.y = side - box.y1; else if (box.y2 > stage.clientHeight - side) move.y = stage.clientHeight - side - box.y2;
    if (move.x || move.y) motion({ panBy: move });
  }

  // The whole way beside the words where it fits without becoming small, else its end.
  function revealWay(path, id, fresh) {
    var way = cy.collection();
    path.forEach(function (one) { if (card(one)) way = way.union(card(one)); });
    var box = way.boundingBox({ includeLabels: false, includeOverlays: false }), room = 40;
    var zoom = Math.min(cy.zoom(), (stage.clientWidth - room) / box.w, (stage.clientHeight - room) / box.h);
    if (!fresh || zoom < 0.66) return reveal(card(id));
    var pan = cy.pan(), at = { x: pan.x, y: pan.y }, left = box.x1 * zoom, right = box.x2 * zoom, top = box.y1 * zoom, low = box.y2 * zoom;
    if (zoom < cy.zoom()) { at.x = room / 2 - left; at.y = stage.clientHeight / 2 - (top + low) / 2; }
    at.x = Math.min(Math.max(at.x, room / 2 - left), stage.clientWidth - room / 2 - right);
    at.y = Math.min(Math.max(at.y, room / 2 - top), stage.clientHeight - room / 2 - low);
    motion({ zoom: zoom, pan: at });
  }

  function count() {
    var text = put(words.shown, { n: picture.shown.toLocaleString(), all: picture.parties.toLocaleString() });
    if (picture.tiers) text = "";
    if (picture.leftOut) text += ". " + put(words.leftOut, { n: picture.leftOut.toLocaleString() });
    say(text);
  }

  // -- choosing ----------------------------------------------------------------------------------------------------

  function choose(id, how) {
    var node = card(id);
    if (!node) return;
    if (id.indexOf("part:") === 0) return void openPart(id.slice(5));
    state.node = id;
    mark(node, null);
    remember();
    sentence(node);
    if (how && how.see) reveal(node);
    brief(id);
  }

  function mark(node, path) {
    cy.batch(function () {
      cy.elements().removeClass("dim up way chosen");
      if (!node) return;
      var above = node.predecessors().filter(function (one) { return one.isNode() || !one.data("back"); });
      var kept = above.union(node);
      cy.elements().not(".head").difference(kept).addClass("dim");
      above.edges().addClass("up");
      kept.nodes().forEach(function (one) { cy.elements('[of = "' + one.id() + '"]').removeClass("dim"); });
      node.addClass("chosen");
      (path || []).forEach(function (id, index) {
        var one = card(id);
        if (!one) return;
        one.addClass("way");
        if (index) {
          var before = cy.getElementById(path[index - 1]);
          before.edgesTo(one).slice(0, 1).removeClass("dim up").addClass("way");
        }
      });
    });
  }

  function sentence(node) {
    var data = node.data(), parts = [data.name, data.secret ? words.confidential : "", data.kindWord, data.country, data.word, data.markWord];
    if (data.findings) parts.push(put(data.findings === 1 ? words.finding : words.findings, { n: data.findings }));
    if (data.hidden) parts.push(put(words.hidden, { n: data.hidden }));
    say(parts.filter(Boolean).join(", "));
  }

  function letGo() {
    state.node = "";
    mark(null);
    panel.hidden = true;
    panel.textContent = "";
    frame.classList.remove("has-brief");
    cy.resize();
    remember();
    count();
  }

  function brief(id) {
    var turn = ++asking;
    fetch(frame.dataset.brief.replace("00000000-0000-0000-0000-000000000000", id) + query({ node: "", open: "", fold: "" }), { headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) {
        if (turn !== asking || state.node !== id) return;
        panel.innerHTML = html;
        panel.hidden = false;
        var fresh = !frame.classList.contains("has-brief");
        frame.classList.add("has-brief");
        var path = panel.querySelector("[data-path]").dataset.path.split(" ");
        mark(card(id), path);
        if (fresh) cy.resize();
        revealWay(path, id, fresh);
        frame.dataset.brief_of = id;
      })
      .catch(function () { say(words.failed); });
  }

  // -- the address, and asking the server again ----------------------------------------------------------------

  function query(changes) {
    var params = new URLSearchParams();
    ["on", "than", "hide", "part"].forEach(function (name) { if (address.get(name)) params.set(name, address.get(name)); });
    var now = Object.assign({ node: state.node, open: state.open.join(","), fold: state.fold.join(",") }, changes || {});
    Object.keys(now).forEach(function (name) { if (now[name]) params.set(name, now[name]); });
    var text = params.toString().replace(/%2C/g, ",");
    return text ? "?" + text : "";
  }

  function remember() {
    var text = query(state.colour === "risk" ? { colour: "risk" } : {});
    window.history.replaceState(null, "", window.location.pathname + text);
    var form = document.querySelector("form.seeing");
    if (form) {
      carry(form, "node", state.node);
      carry(form, "colour", state.colour === "risk" ? "risk" : "");
    }
    var csv = document.querySelector('a[href*="map.csv"]');
    if (csv) csv.href = frame.dataset.csv + query();
  }

  // The form of days takes the selection along.
  function carry(form, name, value) {
    var field = form.querySelector('[name="' + name + '"]');
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      form.appendChild(field);
    }
    field.value = value;
    field.disabled = !value;
  }

  function load(then) {
    var turn = ++loading;
    stage.setAttribute("aria-busy", "true");
    return fetch(frame.dataset.json + query(), { headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (answer.redirected) throw new Error("expired");
        if (!answer.ok) throw new Error("failed");
        return answer.json();
      })
      .then(function (fresh) {
        if (turn !== loading) return;
        redraw(fresh);
        if (then) then();
      })
      .catch(function (error) { say(error.message === "expired" ? words.expired : words.failed); })
      .finally(function () { stage.removeAttribute("aria-busy"); });
  }

  function redraw(fresh) {
    var old = {};
    cy.nodes().forEach(function (node) { old[node.id()] = Object.assign({}, node.position()); });
    picture = fresh;
    var list = elements();
    cy.batch(function () {
      cy.elements().remove();
      cy.add(list);
    });
    if (!still.matches && list.length < 1200) {
      cy.nodes().forEach(function (node) {
        var goal = Object.assign({}, node.position()), from = old[node.id()];
        if (from && (Math.abs(from.x - goal.x) > 1 || Math.abs(from.y - goal.y) > 1)) {
          node.position(from);
          node.animate({ position: goal }, { duration: 220, easing: "ease-out" });
        }
      });
    }
    if (state.node && card(state.node)) choose(state.node);
    else count();
  }

  function toggle(id) {
    var node = card(id);
    if (!node || !(node.data("hidden") || node.data("open"))) return;
    var short = id.replace(/-/g, "").slice(0, 8), at = node.renderedPosition();
    // What was asked for last counts, also while the answer is still on its way.
    var opens = state.fold.indexOf(short) >= 0 || (state.open.indexOf(short) < 0 && node.data("hidden") > 0);
    var without = function (list) { return list.filter(function (one) { return one !== short; }); };
    state.open = without(state.open);
    state.fold = without(state.fold);
    (opens ? state.open : state.fold).push(short);
    remember();
    load(function () {
      var now = card(id);
      if (!now) return;
      var next = picture.nodes.filter(function (one) { return one.id === id; })[0];
      var zoom = cy.zoom();
      cy.pan({ x: at.x - next.x * zoom, y: at.y - next.y * zoom }); // what was pressed stays under the pointer
      sentence(now);
    });
  }

  function openPart(key) {
    address.set("part", key);
    state.node = "";
    window.location.search = query();
  }

  // -- keyboard ------------------------------------------------------------------------------------------------------

  function nearest(list, node) {
    var spot = node.position(), best = null, least = Infinity;
    list.forEach(function (one) {
      var far = Math.abs(one.position("y") - spot.y) + Math.abs(one.position("x") - spot.x) / 100;
      if (far < least) { least = far; best = one; }
    });
    return best;
  }

  function step(key) {
    var node = state.node && card(state.node);
    if (!node) return picture.nodes.length ? cy.getElementById(picture.nodes[0].id) : null;
    var spot = node.position();
    if (key === "ArrowRight") return nearest(node.outgoers(".card").filter(function (one) { return one.position("x") > spot.x; }), node);
    if (key === "ArrowLeft") return nearest(node.incomers(".card").filter(function (one) { return one.position("x") < spot.x; }), node);
    var way = key === "ArrowDown" ? 1 : -1;
    return nearest(cy.nodes(".card").filter(function (one) {
      return Math.abs(one.position("x") - spot.x) < 2 && (one.position("y") - spot.y) * way > 1;
    }), node);
  }

  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    var key = event.key, next = null;
    if (key.indexOf("Arrow") === 0) next = step(key);
    else if (key === "Home") next = picture.nodes.length ? cy.getElementById(picture.nodes[0].id) : null;
    else if (key === "Enter" || key === " ") { if (state.node) toggle(state.node); }
    else if (key === "Escape") { if (!state.node) return; letGo(); }
    else if (key === "+" || key === "=") zoomBy(1.2);
    else if (key === "-") zoomBy(1 / 1.2);
    else if (key === "0") fit();
    else return;
    event.preventDefault();
    if (next) choose(next.id(), { see: true });
  }

  // -- finding ---------------------------------------------------------------------------------------------------------

  function find() {
    var box = document.getElementById("map-q"), list = document.getElementById("map-found"), text = box.value.trim();
    if (!text) { list.hidden = true; list.textContent = ""; return; }
    fetch(frame.dataset.search + query({ node: "", open: "", fold: "", q: text })).then(function (answer) { return answer.json(); }).then(function (data) {
      if (box.value.trim() !== text) return;
      list.textContent = "";
      data.found.forEach(function (one) {
        var item = document.createElement("li"), button = document.createElement("button"), name = document.createElement("bdi"), small = document.createElement("span");
        button.type = "button";
        name.textContent = one.name;
        small.className = "sub";
        small.textContent = [one.kind, one.word].filter(Boolean).join(", ");
        button.append(name, small);
        button.addEventListener("click", function () { list.hidden = true; box.value = ""; go(one.id); });
        item.appendChild(button);
        list.appendChild(item);
      });
      list.hidden = !data.found.length;
      say(data.found.length ? put(words.found, { n: data.found.length }) : words.nothing);
    }).catch(function () { say(words.failed); });
  }

  function go(id) {
    if (card(id)) { stage.focus({ preventScroll: true }); return void choose(id, { see: true }); }
    state.node = id;
    remember();
    load(function () {
      var node = card(id);
      if (node) { stage.focus({ preventScroll: true }); cy.center(node); choose(id, { see: true }); }
    });
  }

  // -- pictures ----------------------------------------------------------------------------------------------------------

  function png(output) {
    return cy.png({ output: output, full: true, scale: 2, bg: colours.surface, maxWidth: 8000, maxHeight: 8000 });
  }

  function download() {
    var link = document.createElement("a");
    link.download = words.file + "-" + picture.on + ".png";
    link.href = URL.createObjectURL(png("blob"));
    link.click();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function forPaper() {
    var old = frame.querySelector(".map-paper"), image = document.createElement("img");
    if (old) old.remove();
    image.className = "map-paper";
    image.alt = "";
    image.src = png("base64uri");
    frame.querySelector(".map-and-brief").prepend(image);
    return image;
  }

  // -- wiring ----------------------------------------------------------------------------------------------------------------

  function wire() {
    cy.on("tap", ".card", function (event) { choose(event.target.id(), { see: true }); });
    cy.on("tap", ".pill", function (event) { toggle(event.target.data("of")); });
    cy.on("dbltap", ".card", function (event) { toggle(event.target.id()); });
    cy.on("tap", function (event) { if (event.target === cy && state.node) letGo(); });
    cy.on("mouseover", ".card, .pill", function () { stage.classList.add("can-press"); });
    cy.on("mouseout", ".card, .pill", function () { stage.classList.remove("can-press"); });
    stage.addEventListener("keydown", keys);
    stage.addEventListener("wheel", function (event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      var box = stage.getBoundingClientRect();
      cy.zoom({ level: Math.max(0.08, Math.min(2.5, cy.zoom() * Math.exp(-event.deltaY * 0.004))), renderedPosition: { x: event.clientX - box.left, y: event.clientY - box.top } });
    }, { passive: false });
    frame.addEventListener("click", function (event) {
      var act = event.target.closest("[data-map]"), link = event.target.closest("[data-go]");
      if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); go(link.dataset.go); }
      if (!act) return;
      if (act.dataset.map === "fit") fit();
      if (act.dataset.map === "in") zoomBy(1.25);
      if (act.dataset.map === "out") zoomBy(0.8);
      if (act.dataset.map === "png") download();
      if (act.dataset.map === "print") forPaper().decode().then(function () { window.print(); }, function () { window.print(); });
      if (act.dataset.map === "all") { state.open = ["all"]; state.fold = []; remember(); load(view); }
    });
    document.getElementById("map-switch").addEventListener("change", function (event) {
      state.colour = event.target.value;
      remember();
      redraw(picture);
    });
    var timer = 0, form = document.getElementById("map-search");
    form.addEventListener("input", function () { window.clearTimeout(timer); timer = window.setTimeout(find, 180); });
    form.addEventListener("submit", function (event) { event.preventDefault(); find(); });
    form.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { document.getElementById("map-found").hidden = true; }
    });
    window.addEventListener("beforeprint", function () { if (!frame.querySelector(".map-paper")) forPaper(); });
    window.addEventListener("afterprint", function () { var image = frame.querySelector(".map-paper"); if (image) image.remove(); });
    dark.addEventListener("change", repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
    window.addEventListener("resize", function () { if (cy) cy.resize(); });
  }

  wide.addEventListener("change", start);
  start();
})();
