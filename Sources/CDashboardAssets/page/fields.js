// How single facts look: healths, names, errors, directions, values.

import * as address from './address.js';
import { code, foreign, h, svg } from './dom.js';
import { ago, span } from './format.js';

// Shapes tell healths apart without colour.
const SIGNS = {
  error: 'M4 4 12 12M12 4 4 12',
  degraded: 'M8 3V9M8 12V13',
  unknown: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2Q8 8.8 8 10M8 12.2V13',
  ok: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  deleted: 'M3.5 8H12.5',
};

export function sign(health) {
  return svg('svg', { class: 'sign', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: SIGNS[health] ?? SIGNS.unknown }));
}

export function pill(health, note) {
  return h('span', { class: `pill ${health}`, title: note }, sign(health), health);
}

export function linkPill(link) {
  if (link.deleted_at) return pill('deleted');
  if (link.health !== 'unknown') return pill(link.health);
  const note = `last known: ${link.last_known_health}`;
  return [pill('unknown', note), h('small', { class: 'quiet' }, note)];
}

export function go(href, ...content) {
  return h('a', { href, 'data-go': true }, ...content);
}

export function linkName(link) {
  return go(address.toLink(link), foreign(link.link_name));
}

export function clusterName(id, name) {
  return go(address.toCluster(id), foreign(name || id));
}

/// Which way the data flows, and with whom.
export function flow(link, names) {
  const words = { destination: 'in from', source: 'out to', bidirectional: 'both ways with' }[link.direction] ?? 'with';
  const remote = link.remote_cluster_id ?? other(link);
  if (!remote) return h('span', { class: 'quiet' }, link.direction === 'unknown' ? 'not told' : link.direction);
  const name = names?.get(remote);
  return [words, ' ', name === undefined ? foreign(remote, { class: 'id' }) : clusterName(remote, name)];
}

const other = (link) => [link.source_cluster_id, link.destination_cluster_id].find((id) => id && id !== link.cluster_id);

export const isError = (code) => Boolean(code) && code !== 'NO_ERROR';

/// What is wrong with a link, in the upstream's own words.
export function trouble(link) {
  const parts = [];
  if (isError(link.link_error)) {
    parts.push(h('a', { class: 'why', href: address.toFilter('link_error', link.link_error), 'data-go': true }, code(link.link_error)));
  }
  if (link.link_error_message && link.link_error_message !== link.link_error) {
    parts.push(h('span', { class: 'message' }, foreign(link.link_error_message)));
  }
  for (const task of link.tasks ?? []) {
    for (const reading of badReadings(task)) parts.push(h('span', { class: 'message' }, 'Task ', foreign(task.task_name ?? ''), ': ', reading));
  }
  return parts;
}

function badReadings(task) {
  const errors = (task.errors ?? []).filter((error) => isError(error.error_code));
  if (!errors.length) return task.state === 'IN_ERROR' ? ['in error'] : [];
  return errors.map((error) => [code(error.error_code), error.error_message ? [' – ', foreign(error.error_message)] : null]);
}

/// For how long a link has been as it is; of one that cannot be seen, for how long it could not.
export function since(link, start, cluster) {
  const lasting = (instant, note) => [note ? h('span', { title: note }, 'over ') : null, ago(instant, { kind: 'length' })];
  if (link.deleted_at) return ['deleted ', ago(link.deleted_at)];
  if (link.health === 'unknown' && cluster?.last_success_at) return ['unseen for ', ago(cluster.last_success_at, { kind: 'length' })];
  if (start) return lasting(start.at, start.before ? 'It was so when the cluster was first seen.' : null);
  return lasting(link.last_changed_at, link.last_changed_at === link.first_observed_at ? 'It was so when the link was first seen.' : null);
}

export function labels(of) {
  return Object.entries(of ?? {}).map(([name, value]) =>
    h('a', { class: 'label', href: address.toFilter(`label.${name}`, value), 'data-go': true }, foreign(`${name}=${value}`)));
}

export function seconds(value) {
  return value === null || value === undefined ? h('span', { class: 'quiet' }, '–') : span(value);
}

/// Any value of an upstream's field.
export function value(of) {
  if (of === null || of === undefined) return h('span', { class: 'quiet' }, 'none');
  if (typeof of === 'string') return foreign(of);
  if (typeof of !== 'object') return String(of);
  if (Array.isArray(of) && of.every((item) => typeof item === 'string')) return of.length ? foreign(of.join(', ')) : h('span', { class: 'quiet' }, 'none');
  const short = JSON.stringify(of);
  return h('code', { class: 'json' }, foreign(short.length <= 100 ? short : JSON.stringify(of, null, 1)));
}

/// A table that turns into cards where there is no room; roles are said because display:block takes them away.
export function table(caption, columns, rows, attributes) {
  return h('table', { role: 'table', ...attributes },
    h('caption', { class: 'unseen' }, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns.map((name) => h('th', { role: 'columnheader', scope: 'col' }, name)))),
    h('tbody', { role: 'rowgroup' }, rows.map(({ key, kind, cells }) => h('tr', { role: 'row', 'data-key': key, class: kind },
      cells.map((cell, index) => h('td', { role: 'cell', 'data-column': columns[index] }, h('div', null, cell)))))));
}

export function section(title, ...content) {
  return h('section', { 'data-key': `section ${title}` }, h('h2', null, title), ...content);
}

/// What a refused question has to say.
export function refusal(problem) {
  return h('p', { class: 'empty' }, foreign(problem.detail ?? problem.title ?? 'The service refused the question.'));
}

/// A list of an answer, or what stands in its place.
export function listed(answer, none, show) {
  if (!answer) return h('p', { class: 'empty' }, 'loading');
  if (answer.problem) return refusal(answer.problem);
  return answer.body.data.length ? show(answer.body.data) : h('p', { class: 'empty' }, none);
}

/// Asks for more of a list.
export function more(answer, name) {
  return answer?.body?.next_cursor ? h('p', null, h('button', { type: 'button', 'data-more': name }, 'Show more')) : null;
}
