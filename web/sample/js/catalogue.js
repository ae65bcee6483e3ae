// One object of the catalogue as a list item.

/** An element with text in it. */
export function shown(name, text) {
  const e = document.createElement(name);
  e.textContent = text;
  return e;
}

export function card({ name, about }) {
  const item = document.createElement("li");
  item.append(shown("h3", name), shown("p", about));
  return item;
}
