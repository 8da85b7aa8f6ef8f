// What a walker asks of every page: does it show what must not be shown, will it leave by itself, and which shapes are
// on it. The shape of an element is its name, its attributes without words, whether it has words, and the shapes it
// stands in: axe, which is asked about these, says the same of two elements of one shape. What depends on the whole
// page (the order of headings, the landmarks, whether an id is there twice) is a shape of the page.
(wantsShapes) => {
  const points = new Set(["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list"]);
  const counts = new Set(["type", "role", "scope", "lang", "dir", "tabindex", "autocomplete", "http-equiv", "hidden"]);
  const landmarks = new Set(["nav", "aside", "section", "form", "main", "header", "footer"]);
  const digest = (text) => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let place = 0; place < text.length; place++) {
      high = Math.imul(high ^ text.charCodeAt(place), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(place), 1597334677);
    }
    return (high >>> 0).toString(36) + (low >>> 0).toString(36);
  };
  const attribute = (node, { name, value }) => {
    if (name === "class") return `.${[...node.classList].sort().join(".")}`;
    if (points.has(name)) return `[${name}:${value.split(/\s+/).every((id) => document.getElementById(id))}]`;
    const words = name === "aria-label" || name === "aria-valuetext" || name === "aria-roledescription";
    const whole = counts.has(name) || (name.startsWith("aria-") && (!words || landmarks.has(node.localName)));
    return whole || node.localName === "meta" ? `[${name}=${value}]` : `[${name}${value.trim() ? "" : "="}]`;
  };
  const shapes = () => {
    const known = new Map();
    const walk = (node, above) => {
      const says = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) ? "+" : "";
      const own = `${above}|${node.localName}${[...node.attributes].map((one) => attribute(node, one)).join("")}${says}`;
      if (!known.has(own)) known.set(own, digest(own));
      for (const child of node.children) walk(child, known.get(own));
    };
    walk(document.documentElement, 0);
    const all = (selector) => [...document.querySelectorAll(selector)];
    const order = all("h1, h2, h3, h4, h5, h6").map((node) => node.localName);
    const places = all([...landmarks].join()).map((node) => `${node.localName}[${node.getAttribute("aria-label")}]`);
    const ids = all("[id]").map((node) => node.id);
    const page = [
      order.filter((level, index) => level !== order[index - 1]).join(),
      [...new Set(places)].join(),
      new Set(ids).size === ids.length,
    ];
    return [...known.values(), ...page.map((one, index) => digest(`${index}:${one}`))];
  };
  return {
    undefined: document.body.innerText.includes("UNDEFINED VARIABLE"),
    leaves: document.querySelector('meta[name="reload"]') !== null, // it would leave while axe reads it
    shapes: wantsShapes ? shapes() : [],
  };
}
