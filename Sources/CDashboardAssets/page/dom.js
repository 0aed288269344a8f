// The page is built from elements and text only. Nothing here reads text as markup, for most of what is shown was written
// upstream by others.

// Characters that would hide or turn around what stands beside them (Unicode UAX #9), and controls but tab and line feed.
const deceptive = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export function visible(text) {
  return String(text).replace(deceptive, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
}

/// An element; attributes and children that are null, undefined or false are left out.
export function h(tag, attributes, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/// An element of a drawing. Sizes are attributes, for the content security policy forbids inline styles.
export function svg(tag, attributes, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (isThere(value)) node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(Infinity).filter(isThere)) {
    node.append(child instanceof Node ? child : visible(child));
  }
  return node;
}

const isThere = (value) => value !== null && value !== undefined && value !== false;

/// Text from upstream, kept apart from the direction of the text around it.
export function foreign(text, attributes) {
  return text === '' ? h('span', { class: 'quiet' }, '(empty)') : h('bdi', attributes, text);
}

/// A code, which may break where its words do.
export function code(text) {
  const words = String(text).split('_');
  return h('bdi', { class: 'code' }, words.map((word, index) => (index ? ['_', h('wbr'), word] : word)));
}

/// Makes `old` equal to `fresh` with as few changes as possible, so that focus, selection, scrolling and what was folded
/// open survive a refresh. Children with the same `data-key` are the same.
export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  const isKept = (name) => name === 'open' && old.localName === 'details';
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isKept(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !isKept(name)) old.setAttribute(name, value);
  }
  morphChildren(old, fresh);
}

function morphChildren(old, fresh) {
  const keyed = new Map([...old.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]));
  let cursor = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const key = next.dataset?.key;
    const found = key ? keyed.get(key) : cursor?.dataset?.key ? null : cursor;
    keyed.delete(key);
    if (!found || !isAlike(found, next)) {
      old.insertBefore(next, cursor);
      continue;
    }
    if (found === cursor) cursor = cursor.nextSibling;
    else old.insertBefore(found, cursor);
    morph(found, next);
  }
  while (cursor) {
    const gone = cursor;
    cursor = cursor.nextSibling;
    gone.remove();
  }
}

const isAlike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName;
