// @ts-check
// Makes nodes of what the program describes (package fragment has the other
// half): clones of the templates of index.html, with texts in their places.
// It knows no markup, and none can be said: what is hostile becomes the text
// of a node or the value of an attribute.

/**
 * A template, ready to be cloned.
 * @typedef {{content: DocumentFragment, paths: Map<string, number[]>}} Template
 */

/** @type {Map<string, Template>} */
const templates = new Map();

/**
 * The template of a name. Where its places are is found out once: a clone has
 * no names in it.
 * @param {string} name
 * @returns {Template}
 */
function templateOf(name) {
  const ready = templates.get(name);
  if (ready) return ready;
  const source = document.getElementById(`t-${name}`);
  if (!(source instanceof HTMLTemplateElement)) throw new TypeError(`index.html has no template ${name}`);
  const content = document.importNode(source.content, true);
  // Lines and indentation of index.html are no text of the page.
  const texts = document.createNodeIterator(content, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text instanceof Text && /^\s*\n\s*$/.test(text.data)) text.remove();
  }
  const paths = new Map();
  for (const slot of content.querySelectorAll("[data-slot]")) {
    const path = [];
    for (let node = /** @type {Node} */ (slot); node.parentNode; node = node.parentNode) {
      path.unshift(Array.prototype.indexOf.call(node.parentNode.childNodes, node));
    }
    paths.set(slot.getAttribute("data-slot") ?? "", path);
    slot.removeAttribute("data-slot");
  }
  const template = { content, paths };
  templates.set(name, template);
  return template;
}

/**
 * The places of a clone. Their paths hold while it is empty, so all are found
 * before anything is put into it.
 * @param {Template} template
 * @param {DocumentFragment} clone
 */
function placesOf(template, clone) {
  /** @type {Map<string, Element>} */
  const places = new Map();
  for (const [name, path] of template.paths) {
    /** @type {Node} */
    let node = clone;
    for (const i of path) node = node.childNodes[i];
    places.set(name, /** @type {Element} */ (node));
  }
  return places;
}

/**
 * Sets one of the attributes that a description may have. None of them runs
 * anything; an address leads to a web page or to a picture of index.html.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
function setAttribute(element, name, value) {
  const allowed =
    name === "href" ? /^(?:https?:\/\/|#i-)/.test(value) : /^(?:class|id|title|tabindex|(?:aria|data)-[a-z-]+)$/.test(name);
  if (!allowed) throw new TypeError(`a description has no ${name}="${value}"`);
  element.setAttribute(name, value);
}

/**
 * Puts what a list of operations describes into an element: in place of what
 * is there, or behind it.
 * @param {Element} target
 * @param {string} list operations, each a letter and its operand, ended by NUL
 * @param {boolean} behind
 */
function fill(target, list, behind) {
  const whole = document.createDocumentFragment();
  /** @type {{at: Element | DocumentFragment, places: Map<string, Element>}[]} */
  const outer = [];
  /** @type {Element | DocumentFragment} */
  let at = whole;
  /** @type {Map<string, Element>} */
  let places = new Map();
  const place = (/** @type {string} */ name) => {
    const found = places.get(name);
    if (!found) throw new TypeError(`no template that is open has a place ${name}`);
    return found;
  };
  for (let from = 0; from < list.length; ) {
    const end = list.indexOf("\0", from);
    const operand = list.slice(from + 1, end);
    const space = operand.indexOf(" ");
    switch (list[from]) {
      case "<": {
        const template = templateOf(operand);
        const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
        outer.push({ at, places });
        places = placesOf(template, clone);
        const first = /** @type {Element} */ (clone.firstElementChild);
        at.append(clone);
        at = first;
        break;
      }
      case ">":
        ({ at, places } = /** @type {{at: Element | DocumentFragment, places: Map<string, Element>}} */ (outer.pop()));
        break;
      case ".":
        at = place(operand);
        break;
      case '"':
        at.append(operand);
        break;
      case "=":
        setAttribute(/** @type {Element} */ (at), operand.slice(0, space), operand.slice(space + 1));
        break;
      case "+": {
        const clone = /** @type {DocumentFragment} */ (templateOf(operand.slice(0, space)).content.cloneNode(true));
        if (space + 1 < operand.length) clone.firstElementChild?.append(operand.slice(space + 1));
        at.append(clone);
        break;
      }
      case ":":
        place(operand.slice(0, space)).append(operand.slice(space + 1));
        break;
      default:
        throw new TypeError(`no operation: ${list[from]}`);
    }
    from = end + 1;
  }
  if (behind) target.append(whole);
  else target.replaceChildren(whole);
}
