// @ts-check
// Makes nodes of what the program describes (package fragment has the other
// half): clones of the templates of index.html, with texts in their places.
// It knows no markup, and none can be said: what is hostile becomes the text
// of a node or the value of an attribute.

/**
 * A template, ready to be cloned: its places are numbers of elements, in the
 * order of the document.
 * @typedef {{content: DocumentFragment, places: Map<string, number>}} Template
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
  const places = new Map();
  content.querySelectorAll("*").forEach((element, i) => {
    const slot = element.getAttribute("data-slot");
    if (slot !== null) places.set(slot, i);
    element.removeAttribute("data-slot");
  });
  const template = { content, places };
  templates.set(name, template);
  return template;
}

/** Names of attributes that passed, so that each is looked at once. */
const attributes = new Set(["class", "id", "title", "tabindex"]);

/** Those that are measures: of a bar in a row, and numbers of lines. */
const measures = new Set(["x", "width", "value", "start"]);

/**
 * Sets one of the attributes that a description may have. None of them runs
 * anything; an address leads to a web page or to a picture of index.html.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
function setAttribute(element, name, value) {
  if (name === "href") {
    if (!/^(?:https?:\/\/|#i-)/.test(value)) throw new TypeError(`a description has no address ${value}`);
  } else if (measures.has(name)) {
    if (!/^\d+(?:\.\d+)?%?$/.test(value)) throw new TypeError(`a description has no measure ${value}`);
  } else if (!attributes.has(name)) {
    if (!/^(?:aria|data)-[a-z-]+$/.test(name)) throw new TypeError(`a description has no attribute ${name}`);
    attributes.add(name);
  }
  element.setAttribute(name, value);
}

/**
 * Puts text behind what is in a node.
 * @param {Element | DocumentFragment} node
 * @param {string} text
 */
function appendText(node, text) {
  if (node.firstChild) node.append(text);
  else node.textContent = text;
}

/**
 * Puts what a list of operations describes into an element: in place of what
 * is there, or behind that, or after the element.
 * @param {Element} target
 * @param {string} list operations, each a letter and its operand, ended by NUL
 * @param {boolean | "after"} behind in it, or as the next ones after it
 */
function fill(target, list, behind) {
  const whole = document.createDocumentFragment();
  /** @type {Element | DocumentFragment} where the next thing goes */
  let at = whole;
  /** @type {Map<string, number>} places of the innermost clone that is open */
  let places = new Map();
  /** @type {NodeListOf<Element>} and its elements, before anything was put into it */
  let elements = whole.querySelectorAll("*");
  /** @type {{at: Element | DocumentFragment, places: Map<string, number>, elements: NodeListOf<Element>}[]} what is around it */
  const around = [];
  const place = (/** @type {string} */ name) => {
    const i = places.get(name);
    if (i === undefined) throw new TypeError(`the template that is open has no place ${name}`);
    return elements[i];
  };
  for (let from = 0; from < list.length; ) {
    const end = list.indexOf("\0", from);
    const operand = list.slice(from + 1, end);
    const space = operand.indexOf(" ");
    switch (list[from]) {
      case "<": {
        const template = templateOf(operand);
        const clone = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
        around.push({ at, places, elements });
        ({ places } = template);
        elements = clone.querySelectorAll("*");
        at.append(clone);
        at = elements[0];
        break;
      }
      case ">": {
        const outer = around.pop();
        if (!outer) throw new TypeError("no template is open");
        ({ at, places, elements } = outer);
        break;
      }
      case ".":
        at = place(operand);
        break;
      case '"':
        appendText(at, operand);
        break;
      case "=":
        setAttribute(/** @type {Element} */ (at), operand.slice(0, space), operand.slice(space + 1));
        break;
      case "+": {
        const clone = /** @type {DocumentFragment} */ (templateOf(operand.slice(0, space)).content.cloneNode(true));
        if (space + 1 < operand.length) appendText(/** @type {Element} */ (clone.firstElementChild), operand.slice(space + 1));
        at.append(clone);
        break;
      }
      case ":":
        appendText(place(operand.slice(0, space)), operand.slice(space + 1));
        break;
      default:
        throw new TypeError(`no operation: ${list[from]}`);
    }
    from = end + 1;
  }
  if (behind === "after") target.after(whole);
  else if (behind) target.append(whole);
  else target.replaceChildren(whole);
}
