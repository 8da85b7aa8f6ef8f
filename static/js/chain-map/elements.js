// What is drawn: a card with its words for each party, a bent line for each link, a head for each column.
(function (map) {
  "use strict";

  function toned(node) {
    var byRisk = map.state.colour === "risk" && node.riskWord;
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
    var half = map.picture.card[0] / 2, list = [], at = {};
    map.picture.nodes.forEach(function (node) {
      var look = toned(node), spot = { x: node.x, y: node.y }, data = Object.assign({}, node, look);
      at[node.id] = spot;
      list.push({ group: "nodes", classes: "card " + node.mark, data: data, position: spot });
      list.push({ group: "nodes", classes: "word " + node.mark, data: { id: node.id + "~w", of: node.id, said: lineWords(node, look), tone: look.tone }, position: { x: spot.x, y: spot.y } });
      if (node.hidden || node.open) {
        var text = node.hidden ? "+" + node.hidden : "\u2212";
        list.push({ group: "nodes", classes: node.hidden ? "pill" : "pill minus", data: { id: node.id + "~p", of: node.id, said: text, wide: node.hidden ? 12 + 7 * text.length : 15 }, position: { x: spot.x + half + (node.hidden ? 8 + 3.5 * text.length : 9), y: spot.y } });
      }
      if (node.findings) {
        list.push({ group: "nodes", classes: "flag", data: { id: node.id + "~f", of: node.id, said: String(Math.min(node.findings, 99)) }, position: { x: spot.x + half - 12, y: spot.y - map.picture.card[1] / 2 } });
      }
    });
    map.picture.heads.forEach(function (head, index) {
      list.push({ group: "nodes", classes: "head", data: { id: "head" + index, said: head.word + (head.many > 1 ? "  " + head.many : "") }, position: { x: head.x, y: head.y } });
    });
    map.picture.links.forEach(function (link) {
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
    var half = map.picture.card[0] / 2;
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

  Object.assign(map, { elements: elements });
})(window.chainMapParts = window.chainMapParts || {});
