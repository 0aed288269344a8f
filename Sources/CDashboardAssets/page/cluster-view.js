// One cluster: how its polls go, and what they showed.

import { isUnspeakable, resource } from './address.js';
import { code, foreign, h } from './dom.js';
import { ago, at, count, span } from './format.js';
import { labels, listed, more as moreOf, pill, refusal, seconds, section, table, value } from './fields.js';
import { failure } from './fleet-view.js';
import { chips, linkTable, questions as linkQuestions } from './link-table.js';

const limit = (more, name) => (more.has(name) ? 500 : 20);

export function questions(route, more) {
  if (isUnspeakable(route.cluster)) return linkQuestions(route, more.has('links'));
  return {
    cluster: resource(['clusters', route.cluster]),
    ...linkQuestions(route, more.has('links')),
    polls: resource(['clusters', route.cluster, 'polls'], { limit: limit(more, 'polls') }),
    snapshots: resource(['clusters', route.cluster, 'snapshots'], { limit: limit(more, 'snapshots') }),
  };
}

export function clusterView(route, answers, context) {
  const cluster = answers.cluster?.body;
  const title = cluster?.name || route.cluster;
  if (answers.cluster?.problem) {
    return h('div', null, h('h1', { tabindex: '-1' }, foreign(title)), refusal(answers.cluster.problem));
  }
  return h('div', { class: 'one' },
    h('h1', { tabindex: '-1' }, foreign(title), ' ', cluster?.stale ? pill('unknown', 'No poll has succeeded lately') : null),
    cluster ? facts(cluster) : null,
    h('section', { class: 'list', 'data-key': 'links' }, h('h2', null, 'Links'), chips(route, cluster?.links ?? {}), linkTable(route, answers, context)),
    section('Polls', listed(answers.polls, 'Not polled yet.', polls), moreOf(answers.polls, 'polls')),
    section('Snapshots', h('p', { class: 'quiet' }, 'Each distinct list of links, and for how long it was seen.'),
      listed(answers.snapshots, 'No poll has succeeded yet.', snapshots), moreOf(answers.snapshots, 'snapshots')),
    cluster?.ghosts ? section('Ghosts', ghosts(cluster)) : null);
}

function facts(cluster) {
  const isFailing = cluster.consecutive_failures > 0;
  return h('div', { 'data-key': 'facts' },
    isFailing ? h('div', { class: 'panel error' }, failure(cluster, true)) : null,
    cluster.configured ? null : h('p', { class: 'panel unknown' }, 'This cluster left the configuration; it is no longer polled.'),
    h('dl', { class: 'facts' },
      fact('Cluster', foreign(cluster.cluster_id, { class: 'id' })),
      fact('Endpoint', foreign(cluster.endpoint_host)),
      fact('Last read', [ago(cluster.last_success_at)]),
      fact('Last poll', cluster.last_poll ? [`${cluster.last_poll.outcome}, `, ago(cluster.last_poll.at), `, took ${span(cluster.last_poll.duration_seconds)}`] : 'none'),
      fact('Next poll', cluster.next_poll_at ? ago(cluster.next_poll_at, { kind: 'due' }) : 'under way'),
      fact('Links', count(cluster.links.total, 'link')),
      isFailing || !cluster.last_failure ? null : fact('Last failure', [
        code(cluster.last_failure.reason), ' ', ago(cluster.last_failure.at),
        cluster.last_failure.message ? h('span', { class: 'message' }, foreign(cluster.last_failure.message)) : null]),
      Object.keys(cluster.labels).length ? fact('Labels', labels(cluster.labels)) : null));
}

const fact = (name, ...content) => h('div', null, h('dt', null, name), h('dd', null, ...content));

function polls(runs) {
  return table('Runs of polls with equal outcomes, newest first', ['Outcome', 'Polls', 'First', 'Last', 'Mean time', 'Message'], runs.map((run) => ({
    key: `${run.first_at} ${run.outcome}`,
    kind: run.outcome === 'success' ? 'ok' : 'error',
    cells: [
      run.outcome === 'success'
        ? h('span', { class: 'outcome ok' }, 'success')
        : h('span', { class: 'outcome error' }, code(run.reason ?? 'failure'), run.http_status ? ` (HTTP ${run.http_status})` : null),
      run.count.toLocaleString('en'), at(run.first_at), at(run.last_at), seconds(run.mean_duration_seconds),
      run.message ? foreign(run.message) : null,
    ],
  })));
}

function snapshots(list) {
  return table('Distinct snapshots, newest first', ['First seen', 'Last seen', 'Links', 'In error', ''], list.map((snapshot) => ({
    key: snapshot.first_observed_at,
    cells: [
      at(snapshot.first_observed_at), at(snapshot.last_observed_at), snapshot.link_count, snapshot.error_count,
      snapshot.current ? h('span', { class: 'label' }, 'current') : null,
    ],
  })));
}

function ghosts(cluster) {
  return [
    h('p', { class: 'quiet' }, 'Records without a name, which the cluster lists and which are no links.'),
    (cluster.ghost_records ?? []).map((record) => h('div', { class: 'record' }, value(record))),
  ];
}
