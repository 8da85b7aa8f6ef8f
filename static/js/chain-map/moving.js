// Where the map stands in its frame: fitting, zooming, bringing a card or a whole way into view.
(function (map) {
  "use strict";

  function view() {
    var room = map.stage.clientWidth, high = map.picture.height + 120;
    var zoom = Math.min(1.05, (room - 44) / map.picture.width);
    zoom = Math.max(zoom, 0.74);
    map.stage.style.height = Math.round(Math.max(320, Math.min(high * zoom + 24, Math.max(560, Math.min(window.innerHeight - 120, 860))))) + "px";
    map.panel.style.maxHeight = Math.max(420, parseInt(map.stage.style.height, 10)) + "px";
    map.cy.resize();
    var tall = map.stage.clientHeight;
    if (high * zoom > tall) zoom = Math.max(0.74, Math.min(zoom, tall / high));
    var fits = high * zoom <= tall + 2, across = map.picture.width * zoom <= room - 8;
    var first = map.picture.nodes[0];
    map.cy.zoom(zoom);
    map.cy.pan({
      x: across ? (room - map.picture.width * zoom) / 2 + (map.picture.card[0] / 2) * zoom : 20 + (map.picture.card[0] / 2) * zoom,
      y: fits ? (tall - map.picture.height * zoom) / 2 + 40 * zoom : Math.min(84 * zoom, Math.max(tall / 2 - (first ? first.y : 0) * zoom, tall - (map.picture.height + 10) * zoom))
    });
  }

  function fit() {
    motion({ fit: { eles: map.cy.elements(), padding: 16 } });
  }

  function motion(goal) {
    map.cy.stop();
    if (map.still.matches) {
      if (goal.fit) map.cy.fit(goal.fit.eles, goal.fit.padding);
      if (goal.zoom) map.cy.zoom(goal.zoom);
      if (goal.pan) map.cy.pan(goal.pan);
      if (goal.panBy) map.cy.panBy(goal.panBy);
    } else {
      map.cy.animate(goal, { duration: 220, easing: "ease-out" });
    }
  }

  function zoomBy(factor, spot) {
    motion({ zoom: { level: Math.max(0.08, Math.min(2.5, map.cy.zoom() * factor)), renderedPosition: spot || { x: map.stage.clientWidth / 2, y: map.stage.clientHeight / 2 } } });
  }

  // Bring a card into view, moving no more than needed.
  function reveal(node) {
    var box = node.renderedBoundingBox(), side = 24, move = { x: 0, y: 0 };
    if (box.x1 < side) move.x = side - box.x1; else if (box.x2 > map.stage.clientWidth - side) move.x = map.stage.clientWidth - side - box.x2;
    if (box.y1 < side) move.y = side - box.y1; else if (box.y2 > map.stage.clientHeight - side) move.y = map.stage.clientHeight - side - box.y2;
    if (move.x || move.y) motion({ panBy: move });
  }

  // The whole way beside the words where it fits without becoming small, else its end.
  function revealWay(path, id, fresh) {
    var way = map.cy.collection();
    path.forEach(function (one) { if (map.card(one)) way = way.union(map.card(one)); });
    var box = way.boundingBox({ includeLabels: false, includeOverlays: false }), room = 40;
    var zoom = Math.min(map.cy.zoom(), (map.stage.clientWidth - room) / box.w, (map.stage.clientHeight - room) / box.h);
    if (!fresh || zoom < 0.66) return reveal(map.card(id));
    var pan = map.cy.pan(), at = { x: pan.x, y: pan.y }, left = box.x1 * zoom, right = box.x2 * zoom, top = box.y1 * zoom, low = box.y2 * zoom;
    if (zoom < map.cy.zoom()) { at.x = room / 2 - left; at.y = map.stage.clientHeight / 2 - (top + low) / 2; }
    at.x = Math.min(Math.max(at.x, room / 2 - left), map.stage.clientWidth - room / 2 - right);
    at.y = Math.min(Math.max(at.y, room / 2 - top), map.stage.clientHeight - room / 2 - low);
    motion({ zoom: zoom, pan: at });
  }

  Object.assign(map, { fit: fit, reveal: reveal, revealWay: revealWay, view: view, zoomBy: zoomBy });
})(window.chainMapParts = window.chainMapParts || {});
