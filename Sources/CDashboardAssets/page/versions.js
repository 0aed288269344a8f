// What changed in a link, version by version.

import { foreign, h } from './dom.js';
import { at, span } from './format.js';
import { value } from './fields.js';

/// Versions, newest first; the last is only there to be compared with, unless it is the first one of all.
export function versionList(versions, isWhole) {
  const shown = isWhole ? versions : versions.slice(0, -1);
  return h('ol', { class: 'versions' }, shown.map((version, index) => entry(version, versions[index + 1])));
}

function entry(version, before) {
  const lasted = version.valid_to ? [' for ', span((Date.parse(version.valid_to) - Date.parse(version.valid_from)) / 1000)] : null;
  return h('li', { 'data-key': version.valid_from },
    h('p', null, at(version.valid_from), lasted, ' ', version.valid_to ? null : h('span', { class: 'label' }, 'current')),
    changes(version, before));
}

function changes(version, before) {
  if (!before) return h('p', { class: 'quiet' }, 'First seen.');
  if (before.cluster_link_id !== version.cluster_link_id) {
    return h('p', null, 'Another link under this name: ', foreign(version.cluster_link_id ?? ''), ' after ', foreign(before.cluster_link_id ?? ''), '.');
  }
  if (before.valid_to !== version.valid_from) {
    return h('p', null, 'Listed again, after it was gone since ', at(before.valid_to), '.', version.changed.length ? fields(version, before) : null);
  }
  return version.changed.length ? fields(version, before) : h('p', { class: 'quiet' }, 'No field of the link changed.');
}

function fields(version, before) {
  return h('dl', { class: 'changes' }, version.changed.map((name) => h('div', null,
    h('dt', null, foreign(name)), h('dd', null, change(name, before.link[name], version.link[name])))));
}

function change(name, from, to) {
  if (isList(from) && isList(to)) {
    const [gone, come] = difference(from, to);
    return [
      come.map((item) => h('ins', null, '+ ', value(item))),
      gone.map((item) => h('del', null, '− ', value(item))),
    ];
  }
  return [h('del', null, value(from)), h('span', { class: 'arrow' }, ' → '), h('ins', null, value(to))];
}

const isList = (of) => Array.isArray(of);

/// The items that only one of two lists has, each as often as it has more of them.
function difference(from, to) {
  const counts = new Map();
  for (const item of from) counts.set(JSON.stringify(item), (counts.get(JSON.stringify(item)) ?? 0) + 1);
  const come = [];
  for (const item of to) {
    const text = JSON.stringify(item);
    const left = counts.get(text) ?? 0;
    if (left) counts.set(text, left - 1);
    else come.push(item);
  }
  const gone = [...counts].flatMap(([text, left]) => Array.from({ length: left }, () => JSON.parse(text)));
  return [gone, come];
}
