// Sets fields by their names, as one who uses the keyboard: a field takes the focus first, then its value, and tells
// the page. Answers with the names that it could not set so; the walker tries these one by one, and waits.
(wanted) => {
  const visible = (field) => field.checkVisibility({ visibilityProperty: true });
  const takes = (field) => {
    field.focus();
    return document.activeElement === field;
  };
  const choose = (box) => {
    if (!box || box.matches(":disabled")) return false;
    if (!box.checked && takes(box)) box.click();
    return box.checked;
  };
  const write = (field, text) => {
    if (!visible(field) || field.matches(":disabled") || field.readOnly || !takes(field)) return false;
    if (field.tagName === "SELECT") {
      const option = [...field.options].find((one) => one.value === text || one.label === text);
      if (!option || option.disabled || field.multiple) return false;
      option.selected = true;
    } else {
      if (field.maxLength >= 0 && text.length > field.maxLength) return false;
      field.value = text;
    }
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    return field.tagName === "SELECT" ? field.selectedIndex >= 0 : field.value === text;
  };
  return wanted.filter(([name, value]) => {
    const one = JSON.stringify(name);
    const fields = [...document.querySelectorAll(`main [name=${one}], form.hero-ask [name=${one}]`)];
    if (!fields.length) return true;
    if (["radio", "checkbox"].includes(fields[0].type)) {
      const values = Array.isArray(value) ? value : [value];
      return !values.every((each) =>
        choose(each === true ? fields[0] : fields.find((field) => field.value === each && field.closest("main"))),
      );
    }
    const plain = ["INPUT", "SELECT", "TEXTAREA"].includes(fields[0].tagName) && fields[0].type !== "file";
    return !plain || typeof value !== "string" || !write(fields[0], value);
  }).map(([name]) => name);
}
