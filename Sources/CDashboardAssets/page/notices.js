// What the reader must know before believing the rest.

import { foreign, h } from './dom.js';
import { ago, count } from './format.js';
import { toCluster } from './address.js';

/// - failure: why the service gave no usable answer, as said after its name
/// - seenAt: when the page last had an answer
export function notices({ failure, seenAt, clusters, status }) {
  const all = [];
  if (failure) {
    all.push(notice('error', `linkwatch ${failure}. `,
      seenAt === null
        ? 'Nothing could be loaded yet.'
        : ['What you see is ', ago(new Date(seenAt).toISOString(), { kind: 'length' }), ' old and may no longer be true.'],
      ' The page keeps trying.'));
  }
  const blind = clusters.filter((cluster) => cluster.stale);
  if (blind.length) {
    all.push(notice('unknown', `${count(blind.length, 'cluster')} of ${clusters.length} cannot be read; links there show what was last known: `,
      blind.slice(0, 5).map((cluster, index) => [index ? ', ' : null, h('a', { href: toCluster(cluster.cluster_id), 'data-go': true }, foreign(cluster.name || cluster.cluster_id)),
        cluster.last_failure ? [' (', foreign(cluster.last_failure.reason), ')'] : null]),
      blind.length > 5 ? ` and ${blind.length - 5} more` : null, '.'));
  }
  if (status && !status.database.durable) {
    all.push(notice('degraded', `The database fails: ${count(status.database.waiting_writes, 'write')} wait, ${count(status.database.lost_changes, 'change')} lost. `,
      status.database.last_error ? foreign(status.database.last_error) : null));
  }
  if (status && !status.configuration.last_reload_successful) {
    const problems = status.configuration.reload_problems ?? [];
    all.push(notice('degraded', 'The last reload of the configuration failed; the one before it is in use. ',
      problems.slice(0, 3).map((problem) => h('span', { class: 'message' }, foreign(problem)))));
  }
  const awaiting = status?.configuration.awaiting_restart ?? [];
  if (awaiting.length) all.push(notice('degraded', `The configuration changed in what takes a restart: ${awaiting.join(', ')}.`));
  return h('div', { id: 'notices' }, all);
}

const notice = (kind, ...content) => h('p', { class: `notice ${kind}` }, ...content);
