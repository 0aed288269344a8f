// The fleet in one look.

import * as address from './address.js';
import { code, foreign, h, svg } from './dom.js';
import { ago, count } from './format.js';
import { clusterName, labels, pill } from './fields.js';
import { chips, linkTable, questions as linkQuestions } from './link-table.js';

const SHOWN = 30;

export function questions(route, more) {
  return linkQuestions(route, more.has('links'));
}

export function fleetView(route, answers, context) {
  const clusters = context.clusters;
  const counts = total(clusters);
  return h('div', { class: 'fleet' },
    h('h1', { class: 'unseen', tabindex: '-1' }, 'The fleet'),
    h('section', { class: 'look', 'data-key': 'look' },
      chips(route, counts),
      proportions(counts),
      h('p', { class: 'quiet' }, answers.clusters ? summary(clusters, counts) : 'loading')),
    h('section', { class: 'list', 'data-key': 'list' }, h('h2', { class: 'unseen' }, 'Links'), linkTable(route, answers, context)),
    h('aside', { id: 'clusters', 'data-key': 'clusters', 'aria-label': 'Clusters' }, h('h2', null, 'Clusters'), clusterList(clusters, context.more)));
}

function total(clusters) {
  const counts = { total: 0 };
  for (const { links } of clusters) {
    for (const [name, number] of Object.entries(links)) counts[name] = (counts[name] ?? 0) + number;
  }
  return counts;
}

function summary(clusters, counts) {
  const blind = clusters.filter((cluster) => cluster.stale).length;
  const ghosts = clusters.reduce((sum, cluster) => sum + cluster.ghosts, 0);
  return [
    `${count(counts.total, 'link')} on `, h('a', { href: '#clusters' }, count(clusters.length, 'cluster')),
    blind ? `, ${blind} of them not heard of lately` : '',
    ghosts ? `; ${count(ghosts, 'ghost')}` : '',
  ];
}

/// The healths beside each other as one bar; one link among thousands is still to be seen.
function proportions(counts) {
  let x = 0;
  const parts = address.HEALTHS.map((health) => {
    const width = counts[health] ? Math.max(counts[health], counts.total / 150) : 0;
    x += width;
    return width ? svg('rect', { class: health, x: x - width, y: 0, width, height: 1 }) : null;
  });
  return svg('svg', { class: 'proportions', viewBox: `0 0 ${Math.max(1, x)} 1`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, parts);
}

/// Clusters that cannot be read first, then those with trouble.
function byTrouble(a, b) {
  const weight = ({ stale, consecutive_failures, links }) =>
    (stale ? 8 : 0) + (consecutive_failures ? 4 : 0) + (links.error ? 2 : 0) + (links.degraded ? 1 : 0);
  return weight(b) - weight(a) || (a.name ?? a.cluster_id).localeCompare(b.name ?? b.cluster_id, 'en', { numeric: true });
}

function clusterList(clusters, more) {
  const sorted = [...clusters].sort(byTrouble);
  const shown = more.has('clusters') ? sorted : sorted.slice(0, SHOWN);
  return [
    h('ul', { class: 'clusters' }, shown.map(card)),
    shown.length < sorted.length ? h('p', null, h('button', { type: 'button', 'data-more': 'clusters' }, `Show all ${sorted.length} clusters`)) : null,
  ];
}

function card(cluster) {
  const isFailing = cluster.consecutive_failures > 0;
  const kind = cluster.stale ? 'unknown' : cluster.links.error ? 'error' : isFailing || cluster.links.degraded ? 'degraded' : 'ok';
  const healths = address.HEALTHS.filter((health) => cluster.links[health]);
  return h('li', { class: `card ${kind}`, 'data-key': cluster.cluster_id },
    h('h3', null, clusterName(cluster.cluster_id, cluster.name), cluster.stale ? pill('unknown', 'No poll has succeeded lately') : null),
    h('p', { class: 'healths' }, healths.length
      ? healths.map((health) => [h('span', { class: `figure ${health}` }, h('b', null, cluster.links[health]), ` ${health}`), ' '])
      : h('span', { class: 'quiet' }, 'no links'),
      cluster.ghosts ? h('span', { class: 'quiet' }, count(cluster.ghosts, 'ghost')) : null),
    h('p', { class: 'quiet' }, 'read ', ago(cluster.last_success_at), ' ', labels(cluster.labels)),
    failure(cluster, isFailing));
}

/// Why a cluster could not be read: as it is now, or as it last was.
export function failure(cluster, isFailing) {
  const last = cluster.last_failure;
  if (!last) return null;
  const told = [
    code(last.reason),
    last.http_status ? ` (HTTP ${last.http_status})` : null,
    ' ', ago(last.at),
    last.message ? h('span', { class: 'message' }, foreign(last.message)) : null,
  ];
  return isFailing
    ? h('p', { class: 'failure' }, `${count(cluster.consecutive_failures, 'poll')} failed: `, told)
    : h('p', { class: 'quiet' }, 'last failure: ', told.slice(0, 4));
}
