// What a card, a line and a head look like: colours of the page as it is now, outlines, styles.
(function (map) {
  "use strict";

  var SHAPES = {
    buyer: "cut-rectangle", site: "rectangle", employer: "round-rectangle", recruiter_destination: "round-rectangle",
    recruiter_origin: "round-rectangle", sub_agent: "bottom-round-rectangle", cohort: "barrel"
  };
  var BORDERS = { good: [1.5, "solid"], care: [2, "solid"], stop: [3, "solid"], past: [1.5, "solid"], work: [1.5, "dotted"], unsure: [2, "dashed"], "": [1, "solid"] };

  function readColours() {
    var probe = document.createElement("span");
    probe.hidden = true;
    map.stage.appendChild(probe);
    ["ink", "muted", "paper", "surface", "sunken", "line", "line-strong", "accent", "accent-strong", "accent-tint", "on-accent",
      "good", "care", "stop", "past", "unsure", "good-tint", "care-tint", "stop-tint", "past-tint", "unsure-tint"].forEach(function (name) {
      probe.style.color = "var(--c-" + name + ")";
      map.colours[name] = window.getComputedStyle(probe).color;
    });
    probe.remove();
    map.colours.work = map.colours["accent-strong"];
    map.colours["work-tint"] = map.colours["accent-tint"];
    map.colours[""] = map.colours["line-strong"];
    map.colours["-tint"] = map.colours.sunken;
    map.pictures = {};
  }

  function outline(name, x, y, size, colour) {
    var svg = (map.texts.icons[name] || "").replace(/^<svg[^>]*>|<\/svg>$/g, "");
    return '<g transform="translate(' + x + " " + y + ") scale(" + size / 24 + ')" fill="none" stroke="' + colour +
      '" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">' + svg + "</g>";
  }

  // A card's left block with the outline of its kind, and the sign of its standing at the end: one picture for all alike.
  function cardPicture(data) {
    var key = [data.icon, data.tone, data.sign, data.secret].join("|");
    if (!map.pictures[key]) {
      var width = map.picture.card[0], height = map.picture.card[1];
      var svg = '<svg xmlns="http://www.w3.org/2000/svg" width="' + width + '" height="' + height + '" viewBox="0 0 ' + width + " " + height + '">' +
        '<rect width="36" height="' + height + '" fill="' + map.colours[data.tone + "-tint"] + '"/>' +
        outline(data.secret ? "lock" : data.icon, 9, (height - 20) / 2, 20, data.tone ? map.colours[data.tone] : map.colours.muted) +
        (data.sign ? outline(data.sign, width - 28, (height - 18) / 2, 18, map.colours[data.tone]) : "") + "</svg>";
      map.pictures[key] = "data:image/svg+xml;utf8," + encodeURIComponent(svg);
    }
    return map.pictures[key];
  }

  function style() {
    var card = map.picture.card, font = '"Source Sans 3", "Noto Sans", sans-serif';
    return [
      { selector: "node", style: { "font-family": font, events: "no", "overlay-opacity": 0 } },
      { selector: ".card", style: {
        events: "yes", width: card[0], height: card[1], "background-color": map.colours.surface, shape: function (n) { return SHAPES[n.data("kind")] || "rectangle"; },
        "corner-radius": function (n) { return n.data("kind").indexOf("recruiter") === 0 ? "16" : "6"; },
        "background-image": function (n) { return cardPicture(n.data()); }, "background-width": "100%", "background-height": "100%",
        "border-width": function (n) { return BORDERS[n.data("tone")][0]; }, "border-style": function (n) { return BORDERS[n.data("tone")][1]; },
        "border-color": function (n) { return map.colours[n.data("tone")]; },
        label: "data(name)", "text-halign": "right", "text-valign": "center", "text-margin-x": 43 - card[0], "text-margin-y": -8,
        "text-wrap": "ellipsis", "text-max-width": function (n) { return card[0] - (n.data("sign") ? 73 : 51); }, "font-size": 13.5, "font-weight": 600, color: map.colours.ink, "min-zoomed-font-size": 4 } },
      { selector: ".word", style: {
        width: card[0], height: 1, "background-opacity": 0, label: "data(said)", "text-halign": "right", "text-valign": "center",
        "text-margin-x": 43 - card[0], "text-margin-y": 9, "text-wrap": "ellipsis", "text-max-width": card[0] - 76, "font-size": 12,
        color: function (n) { return n.data("tone") ? map.colours[n.data("tone")] : map.colours.muted; }, "min-zoomed-font-size": 5 } },
      { selector: ".pill", style: {
        events: "yes", shape: "round-rectangle", "corner-radius": 9, width: "data(wide)", height: 18, "background-color": map.colours.accent, "border-width": 0,
        label: "data(said)", color: map.colours["on-accent"], "font-size": 11.5, "font-weight": 600, "text-valign": "center", "text-halign": "center", "z-index": 9 } },
      { selector: ".pill.minus", style: { "background-color": map.colours.surface, "border-width": 1, "border-color": map.colours["line-strong"], color: map.colours.muted, height: 15, "corner-radius": 7.5 } },
      { selector: ".flag", style: {
        shape: "round-rectangle", "corner-radius": 8, width: 17, height: 16, "background-color": map.colours.stop, label: "data(said)", color: map.colours.surface,
        "font-size": 11, "font-weight": 700, "text-valign": "center", "text-halign": "center", "border-width": 1.5, "border-color": map.colours.surface, "z-index": 9 } },
      { selector: ".head", style: {
        width: card[0], height: 20, "background-opacity": 0, label: "data(said)", "text-valign": "center", "text-halign": "right", "text-margin-x": -card[0],
        "font-size": 12.5, "font-weight": 600, color: map.colours.muted, "text-wrap": "wrap", "text-max-width": card[0] + 20 } },
      { selector: "edge", style: {
        events: "no", "curve-style": "unbundled-bezier", "edge-distances": "endpoints", "source-endpoint": card[0] / 2 + "px 0px", "target-endpoint": -card[0] / 2 + "px 0px",
        "control-point-distances": "data(distances)", "control-point-weights": "data(weights)", width: "data(thick)", "line-color": map.colours["line-strong"],
        "line-style": function (e) { return e.data("verified") ? "solid" : "dashed"; }, "line-dash-pattern": [5, 4], opacity: 0.8, "z-index": 1 } },
      { selector: "edge.back", style: {
        "line-color": map.colours.stop, "line-style": "dotted", "target-arrow-shape": "vee", "target-arrow-color": map.colours.stop, label: map.words.circle, "font-size": 11,
        color: map.colours.stop, "text-background-color": map.colours.surface, "text-background-opacity": 1, "text-background-padding": 2, "curve-style": "unbundled-bezier",
        "source-endpoint": "outside-to-node", "target-endpoint": "outside-to-node" } },
      { selector: "edge.new", style: { "line-color": map.colours.good } },
      { selector: "edge.gone", style: { "line-color": map.colours.past, "line-style": "dotted", opacity: 0.5 } },
      { selector: ".card.gone", style: { opacity: 0.55, "border-style": "dotted" } },
      { selector: ".dim", style: { opacity: 0.28 } },
      { selector: "edge.dim", style: { opacity: 0.15 } },
      { selector: "edge.up", style: { "line-color": map.colours.accent, opacity: 0.75 } },
      { selector: "edge.way", style: {
        "line-color": map.colours.accent, opacity: 1, "z-index": 5, width: function (e) { return Math.max(3, e.data("thick")); }, label: "data(many)", "font-size": 11, color: map.colours.ink,
        "text-background-color": map.colours.surface, "text-background-opacity": 0.92, "text-background-padding": 2 } },
      { selector: ".card.way", style: { "background-color": map.colours["accent-tint"] } },
      { selector: ".card.chosen", style: { "underlay-color": map.colours.accent, "underlay-opacity": 1, "underlay-padding": 4, "underlay-shape": "round-rectangle", "underlay-corner-radius": 8 } }
    ];
  }

  Object.assign(map, { readColours: readColours, style: style });
})(window.chainMapParts = window.chainMapParts || {});
