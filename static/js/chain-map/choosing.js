// One party is chosen: its way is marked, said aloud and told beside the map; arrow keys walk on from it.
(function (map) {
  "use strict";

  var asking = 0;

  function choose(id, how) {
    var node = map.card(id);
    if (!node) return;
    if (id.indexOf("part:") === 0) return void map.openPart(id.slice(5));
    map.state.node = id;
    mark(node, null);
    map.remember();
    sentence(node);
    if (how && how.see) map.reveal(node);
    brief(id);
  }

  function mark(node, path) {
    map.cy.batch(function () {
      map.cy.elements().removeClass("dim up way chosen");
      if (!node) return;
      var above = node.predecessors().filter(function (one) { return one.isNode() || !one.data("back"); });
      var kept = above.union(node);
      map.cy.elements().not(".head").difference(kept).addClass("dim");
      above.edges().addClass("up");
      kept.nodes().forEach(function (one) { map.cy.elements('[of = "' + one.id() + '"]').removeClass("dim"); });
      node.addClass("chosen");
      (path || []).forEach(function (id, index) {
        var one = map.card(id);
        if (!one) return;
        one.addClass("way");
        if (index) {
          var before = map.cy.getElementById(path[index - 1]);
          before.edgesTo(one).slice(0, 1).removeClass("dim up").addClass("way");
        }
      });
    });
  }

  function sentence(node) {
    var data = node.data(), parts = [data.name, data.secret ? map.words.confidential : "", data.kindWord, data.country, data.word, data.markWord];
    if (data.findings) parts.push(map.put(data.findings === 1 ? map.words.finding : map.words.findings, { n: data.findings }));
    if (data.hidden) parts.push(map.put(map.words.hidden, { n: data.hidden }));
    map.say(parts.filter(Boolean).join(", "));
  }

  function letGo() {
    map.state.node = "";
    mark(null);
    map.panel.hidden = true;
    map.panel.textContent = "";
    map.frame.classList.remove("has-brief");
    map.cy.resize();
    map.remember();
    map.count();
  }

  function brief(id) {
    var turn = ++asking;
    fetch(map.frame.dataset.brief.replace("00000000-0000-0000-0000-000000000000", id) + map.query({ node: "", open: "", fold: "" }), { headers: { "X-Requested-With": "fetch" } })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) {
        if (turn !== asking || map.state.node !== id) return;
        map.panel.innerHTML = html;
        map.panel.hidden = false;
        var fresh = !map.frame.classList.contains("has-brief");
        map.frame.classList.add("has-brief");
        var path = map.panel.querySelector("[data-path]").dataset.path.split(" ");
        mark(map.card(id), path);
        if (fresh) map.cy.resize();
        map.revealWay(path, id, fresh);
        map.frame.dataset.brief_of = id;
      })
      .catch(function () { map.say(map.words.failed); });
  }

  function nearest(list, node) {
    var spot = node.position(), best = null, least = Infinity;
    list.forEach(function (one) {
      var far = Math.abs(one.position("y") - spot.y) + Math.abs(one.position("x") - spot.x) / 100;
      if (far < least) { least = far; best = one; }
    });
    return best;
  }

  function step(key) {
    var node = map.state.node && map.card(map.state.node);
    if (!node) return map.picture.nodes.length ? map.cy.getElementById(map.picture.nodes[0].id) : null;
    var spot = node.position();
    if (key === "ArrowRight") return nearest(node.outgoers(".card").filter(function (one) { return one.position("x") > spot.x; }), node);
    if (key === "ArrowLeft") return nearest(node.incomers(".card").filter(function (one) { return one.position("x") < spot.x; }), node);
    var way = key === "ArrowDown" ? 1 : -1;
    return nearest(map.cy.nodes(".card").filter(function (one) {
      return Math.abs(one.position("x") - spot.x) < 2 && (one.position("y") - spot.y) * way > 1;
    }), node);
  }

  function keys(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    var key = event.key, next = null;
    if (key.indexOf("Arrow") === 0) next = step(key);
    else if (key === "Home") next = map.picture.nodes.length ? map.cy.getElementById(map.picture.nodes[0].id) : null;
    else if (key === "Enter" || key === " ") { if (map.state.node) map.toggle(map.state.node); }
    else if (key === "Escape") { if (!map.state.node) return; letGo(); }
    else if (key === "+" || key === "=") map.zoomBy(1.2);
    else if (key === "-") map.zoomBy(1 / 1.2);
    else if (key === "0") map.fit();
    else return;
    event.preventDefault();
    if (next) choose(next.id(), { see: true });
  }

  Object.assign(map, { choose: choose, keys: keys, letGo: letGo, sentence: sentence });
})(window.chainMapParts = window.chainMapParts || {});
