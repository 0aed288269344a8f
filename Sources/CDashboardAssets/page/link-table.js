// The table of links, trouble first.

import * as address from './address.js';
import { foreign, h } from './dom.js';
import { startOf } from './episodes.js';
import { count } from './format.js';
import { clusterName, flow, go, linkName, linkPill, refusal, since, sign, table, trouble, value } from './fields.js';

const PAGE = 200;
const LONGEST = 1000;

/// The questions for the links of an address, one for each health, so that trouble comes first however large the fleet is.
export function questions(route, isLong) {
  const asked = {
    cluster_id: route.cluster,
    configured: route.cluster === null ? null : 'any',
    q: route.q,
    limit: isLong ? LONGEST : PAGE,
    ...Object.fromEntries(route.passed),
  };
  if (route.deleted) {
    const health = route.healths.length ? route.healths.join(',') : null;
    return { 'links deleted': address.resource(['links'], { ...asked, deleted: 'true', last_known_health: health?.includes('unknown') ? null : health }) };
  }
  const healths = route.healths.length ? route.healths : address.HEALTHS;
  return Object.fromEntries(healths.map((health) => [
    `links ${health}`,
    address.resource(['links'], { ...asked, health, sort: health === 'ok' ? null : '-last_changed_at' }),
  ]));
}

/// The links that were answered, in the order of the table.
export function links(route, answers) {
  return groups(route, answers).flatMap(([, answer]) => answer?.body?.data ?? []);
}

function groups(route, answers) {
  return Object.keys(questions(route)).map((name) => [name, answers[name]]);
}

/// The chips that choose which links are shown; each is an address of its own.
export function chips(route, counts) {
  const chip = (health, number, isChosen, change) => h(
    'a',
    { class: `chip ${health}${number ? '' : ' none'}`, href: address.write({ ...route, ...change }), 'data-go': true, 'aria-current': isChosen ? 'true' : null, 'data-key': health },
    sign(health), number === null ? null : h('b', null, number.toLocaleString('en')), ' ', health,
  );
  const toggled = (health) => address.HEALTHS.filter((other) => (other === health) !== route.healths.includes(other));
  return h('nav', { class: 'chips', 'aria-label': 'Show links by health' },
    address.HEALTHS.map((health) => chip(health, counts[health] ?? 0, route.healths.includes(health), { healths: toggled(health) })),
    chip('deleted', null, route.deleted, { deleted: !route.deleted, healths: [] }));
}

function filters(route) {
  const without = (name) => address.write({ ...route, passed: route.passed.filter(([other]) => other !== name) });
  if (!route.passed.length) return null;
  return h('p', { class: 'filters' }, 'Only ', route.passed.map(([name, value]) => [
    h('a', { class: 'label', href: without(name), 'data-go': true, title: 'Take this filter away' },
      foreign(`${name}=${value}`), ' ✕', h('span', { class: 'unseen' }, ' (take this filter away)')), ' ']));
}

/// The table with its filters.
export function linkTable(route, answers, { clusters, names }) {
  const asked = groups(route, answers);
  const problem = asked.find(([, answer]) => answer?.problem)?.[1].problem;
  const shown = links(route, answers);
  const isLoading = asked.some(([, answer]) => !answer);
  return [
    filters(route),
    problem ? refusal(problem) : null,
    shown.length ? rows(route, shown, names, new Map(clusters.map((cluster) => [cluster.cluster_id, cluster]))) : null,
    !shown.length && !problem ? h('p', { class: 'empty' }, isLoading ? 'loading' : nothing(route)) : null,
    asked.some(([, answer]) => answer?.body?.next_cursor) ? rest(shown) : null,
  ];
}

function rows(route, shown, names, clusters) {
  const withCluster = route.cluster === null;
  const columns = ['Health', 'Link', withCluster ? 'Cluster' : null, 'State', 'What is wrong', 'Since', 'Data flows'].filter(Boolean);
  return table(count(shown.length, 'link'), columns, shown.map((link) => ({
    key: `${link.cluster_id} ${link.cluster_link_id} ${link.link_name} ${link.deleted_at ?? ''}`,
    kind: link.deleted_at ? 'deleted' : link.health,
    cells: [
      linkPill(link),
      linkName(link),
      ...(withCluster ? [clusterName(link.cluster_id, link.cluster_name)] : []),
      h('span', { class: 'state' }, value(link.link_state)),
      trouble(link),
      since(link, startOf(link), clusters.get(link.cluster_id)),
      flow(link, names),
    ],
  })), { class: 'links' });
}

function nothing(route) {
  const isFiltered = route.q || route.passed.length || route.healths.length;
  if (route.deleted) return 'No deleted link matches.';
  return isFiltered
    ? ['No link matches. ', go(address.write({ cluster: route.cluster }), 'Show all links')]
    : 'No link is listed.';
}

function rest(shown) {
  return h('p', { class: 'rest' }, `${count(shown.length, 'link')} shown, and there are more. `,
    shown.length < LONGEST ? h('button', { type: 'button', 'data-more': 'links' }, 'Show more') : 'Filter to see them.');
}
