// The address stays true to what is seen, and the server is asked again: folding, unfolding, finding.
(function (map) {
  "use strict";

  var loading = 0;

  function query(changes) {
    var params = new URLSearchParams();
    ["on", "than", "hide", "part"].forEach(function (name) { if (map.address.get(name)) params.set(name, map.address.get(name)); });
    var now = Object.assign({ node: map.state.node, open: map.state.open.join(","), fold: map.state.fold.join(",") }, changes || {});
    Object.keys(now).forEach(function (name) { if (now[name]) params.set(name, now[name]); });
    var text = params.toString().replace(/%2C/g, ",");
    return text ? "?" + text : "";
  }

  function remember() {
    var text = query(map.state.colour === "risk" ? { colour: "risk" } : {});
    window.history.replaceState(null, "", window.location.pathname + text);
    var form = document.querySelector("form.seeing");
    if (form) {
      carry(form, "node", map.state.node);
      carry(form, "colour", map.state.colour === "risk" ? "risk" : "");
    }
    var csv = document.querySelector('a[href*="map.csv"]');
    if (csv) csv.href = map.frame.dataset.csv + query();
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
    map.stage.setAttribute("aria-busy", "true");
    return fetch(map.frame.dataset.json + query(), { headers: { Accept: "application/json" } })
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
      .catch(function (error) { map.say(error.message === "expired" ? map.words.expired : map.words.failed); })
      .finally(function () { map.stage.removeAttribute("aria-busy"); });
  }

  function redraw(fresh) {
    var old = {};
    map.cy.nodes().forEach(function (node) { old[node.id()] = Object.assign({}, node.position()); });
    map.picture = fresh;
    var list = map.elements();
    map.cy.batch(function () {
      map.cy.elements().remove();
      map.cy.add(list);
    });
    if (!map.still.matches && list.length < 1200) {
      map.cy.nodes().forEach(function (node) {
        var goal = Object.assign({}, node.position()), from = old[node.id()];
        if (from && (Math.abs(from.x - goal.x) > 1 || Math.abs(from.y - goal.y) > 1)) {
          node.position(from);
          node.animate({ position: goal }, { duration: 220, easing: "ease-out" });
        }
      });
    }
    if (map.state.node && map.card(map.state.node)) map.choose(map.state.node);
    else map.count();
  }

  function toggle(id) {
    var node = map.card(id);
    if (!node || !(node.data("hidden") || node.data("open"))) return;
    var short = id.replace(/-/g, "").slice(0, 8), at = node.renderedPosition();
    // What was asked for last counts, also while the answer is still on its way.
    var opens = map.state.fold.indexOf(short) >= 0 || (map.state.open.indexOf(short) < 0 && node.data("hidden") > 0);
    var without = function (list) { return list.filter(function (one) { return one !== short; }); };
    map.state.open = without(map.state.open);
    map.state.fold = without(map.state.fold);
    (opens ? map.state.open : map.state.fold).push(short);
    remember();
    load(function () {
      var now = map.card(id);
      if (!now) return;
      var next = map.picture.nodes.filter(function (one) { return one.id === id; })[0];
      var zoom = map.cy.zoom();
      map.cy.pan({ x: at.x - next.x * zoom, y: at.y - next.y * zoom }); // what was pressed stays under the pointer
      map.sentence(now);
    });
  }

  function openPart(key) {
    map.address.set("part", key);
    map.state.node = "";
    window.location.search = query();
  }

  function find() {
    var box = document.getElementById("map-q"), list = document.getElementById("map-found"), text = box.value.trim();
    if (!text) { list.hidden = true; list.textContent = ""; return; }
    fetch(map.frame.dataset.search + query({ node: "", open: "", fold: "", q: text })).then(function (answer) { return answer.json(); }).then(function (data) {
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
      map.say(data.found.length ? map.put(map.words.found, { n: data.found.length }) : map.words.nothing);
    }).catch(function () { map.say(map.words.failed); });
  }

  function go(id) {
    if (map.card(id)) { map.stage.focus({ preventScroll: true }); return void map.choose(id, { see: true }); }
    map.state.node = id;
    remember();
    load(function () {
      var node = map.card(id);
      if (node) { map.stage.focus({ preventScroll: true }); map.cy.center(node); map.choose(id, { see: true }); }
    });
  }

  Object.assign(map, { find: find, go: go, load: load, openPart: openPart, query: query, redraw: redraw, remember: remember, toggle: toggle });
})(window.chainMapParts = window.chainMapParts || {});
