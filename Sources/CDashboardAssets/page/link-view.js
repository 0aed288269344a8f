// One link: what it is now, what is wrong with it, since when, what changed, and whether it happened before.

import { isUnspeakable, resource } from './address.js';
import { code, foreign, h, svg } from './dom.js';
import { beginning } from './episodes.js';
import { ago, at, clock, count, now, span } from './format.js';
import { clusterName, flow, isError, labels, linkPill, listed, more as moreOf, pill, refusal, section, since, table, trouble, value } from './fields.js';
import { versionList } from './versions.js';

// One more version than is shown, to compare the oldest with.
const versionsAsked = (more) => (more.has('history') ? 501 : 21);

export function questions(route, more) {
  if (isUnspeakable(route.link) || isUnspeakable(route.cluster)) return {};
  const of = ['clusters', route.cluster, 'links', route.link];
  const incarnation = { cluster_link_id: route.id };
  return {
    link: resource(of, incarnation),
    errors: resource([...of, 'errors'], { ...incarnation, limit: more.has('errors') ? 1000 : 50 }),
    history: resource([...of, 'history'], { ...incarnation, limit: versionsAsked(more) }),
  };
}

export function linkView(route, answers, context) {
  const link = answers.link?.body;
  const title = h('h1', { tabindex: '-1' }, foreign(route.link), ' ', link ? linkPill(link) : null);
  if (isUnspeakable(route.link) || isUnspeakable(route.cluster)) {
    return h('div', null, title, h('p', { class: 'empty' }, 'A browser cannot ask for a link of this name. Ask with curl --path-as-is.'));
  }
  const isNowhere = answers.link?.problem && answers.history?.problem;
  return h('div', { class: 'one' },
    title,
    h('p', { class: 'quiet' }, 'on ', clusterName(route.cluster, context.names.get(route.cluster))),
    answers.link?.problem ? refusal(answers.link.problem) : null,
    link ? present(link, beginning(answers.errors?.body?.data ?? []), context) : null,
    isNowhere ? null : [
      section('Errors', episodes(answers.errors), moreOf(answers.errors, 'errors')),
      section('What changed', history(answers.history), moreOf(answers.history, 'history')),
    ]);
}

function present(link, start, context) {
  const wrong = trouble(link);
  return h('div', { 'data-key': 'present' },
    link.health === 'unknown' ? h('p', { class: 'panel unknown' }, 'The cluster cannot be read, so this is what was last known: ', link.last_known_health, '.') : null,
    wrong.length ? h('div', { class: `panel ${link.last_known_health}` }, wrong) : null,
    h('dl', { class: 'facts' },
      fact('State', value(link.link_state)),
      fact(start ? 'In error for' : 'Unchanged for', since(link, start, context.clusters.find((cluster) => cluster.cluster_id === link.cluster_id))),
      fact('Data flows', flow(link, context.names)),
      fact('Last change', ago(link.last_changed_at)),
      fact('First seen', ago(link.first_observed_at)),
      link.deleted_at ? fact('Deleted', ago(link.deleted_at)) : null,
      fact('Link id', value(link.cluster_link_id)),
      fact('Topics', count(link.topic_names.length, 'topic')),
      Object.keys(link.labels).length ? fact('Labels', labels(link.labels)) : null),
    link.tasks.length ? section('Tasks', tasks(link.tasks)) : null,
    topics(link.topic_names),
    h('details', null, h('summary', null, 'All fields'), h('dl', { class: 'facts' }, others(link).map(([name, of]) => fact(name, value(of))))));
}

const fact = (name, ...content) => h('div', null, h('dt', null, foreign(name)), h('dd', null, ...content));

const SAID = ['labels', 'metadata', 'tasks', 'topic_names'];
const others = (link) => Object.entries(link).filter(([name]) => !SAID.includes(name));

function tasks(list) {
  return table('Tasks of the link', ['Task', 'State', 'Errors'], list.map((task, index) => {
    const errors = (task.errors ?? []).filter((error) => isError(error.error_code));
    const isBad = errors.length > 0 || task.state === 'IN_ERROR';
    return {
      key: `${index} ${task.task_name}`,
      kind: isBad ? 'degraded' : 'ok',
      cells: [
        foreign(task.task_name ?? ''),
        [foreign(task.state ?? ''), isBad ? [' ', pill('degraded')] : null],
        errors.map((error) => h('div', null, code(error.error_code),
          error.error_message ? h('span', { class: 'message' }, foreign(error.error_message)) : null)),
      ],
    };
  }));
}

function topics(names) {
  if (!names.length) return null;
  return h('details', { open: names.length <= 24 }, h('summary', null, count(names.length, 'topic')),
    h('ul', { class: 'topics', tabindex: names.length > 24 ? '0' : null, 'aria-label': 'Topics' }, names.map((name) => h('li', { 'data-key': name }, foreign(name)))));
}

function episodes(answer) {
  return listed(answer, 'No error was ever seen.', (list) => [
    strip(list),
    table('Error episodes, newest first', ['Error', 'Began', 'Lasted', 'Seen', 'Messages'], list.map((episode) => ({
      key: episode.started_at,
      kind: episode.ongoing ? 'error' : 'past',
      cells: [
        [code(episode.link_error ?? episode.link_state ?? 'error'), episode.ongoing ? [' ', pill('error', 'It goes on.')] : null],
        [at(episode.started_at), episode.started_before_observation ? h('small', { class: 'quiet' }, 'or before: it was there when the cluster was first seen') : null],
        [
          episode.ongoing ? ['goes on, ', ago(episode.started_at, { kind: 'length' })] : span(episode.duration_seconds),
          episode.blind_seconds >= 1 ? h('small', { class: 'quiet' }, `${span(episode.blind_seconds)} of it unseen`) : null,
        ],
        [`${episode.observations.toLocaleString('en')} ×`, h('small', { class: 'quiet' }, 'last ', ago(episode.last_observed_at))],
        episode.messages.map((message, index) => h('div', { class: 'message' },
          episode.messages.length > 1 ? [h('small', { class: 'quiet' }, index ? at(message.at) : 'at first'), ' '] : null, foreign(message.message))),
      ],
    }))),
  ]);
}

const DAY = 86_400_000;
const WINDOWS = [3_600_000, 6 * 3_600_000, DAY, 7 * DAY, 30 * DAY, 90 * DAY, 400 * DAY];

/// When the errors were, on a line that ends now. What lies between them may have been well or unseen, and is left bare.
function strip(list) {
  const oldest = now() - Math.min(...list.map((episode) => Date.parse(episode.started_at)));
  const window = WINDOWS.find((span) => span >= oldest) ?? oldest;
  const x = (instant) => Math.max(0, 1000 - ((now() - Date.parse(instant)) / window) * 1000);
  const bars = list.filter((episode) => !episode.ended_at || x(episode.ended_at) > 0).map((episode) => {
    const from = x(episode.started_at);
    const to = episode.ended_at ? x(episode.ended_at) : 1000;
    return svg('rect', { class: 'error', x: from.toFixed(1), y: 0, width: Math.max(2, to - from).toFixed(1), height: 10 },
      svg('title', null, `${episode.link_error ?? episode.link_state ?? 'error'} from ${clock(episode.started_at)}`));
  });
  return h('figure', { class: 'strip' },
    svg('svg', { viewBox: '0 0 1000 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${count(list.length, 'error episode')} in ${span(window / 1000)}` }, bars),
    h('figcaption', { class: 'quiet' }, h('span', null, `${span(window / 1000)} ago`), h('span', null, 'now')));
}

function history(answer) {
  return listed(answer, 'Nothing was kept.', (list) => versionList(list, !answer.body.next_cursor));
}
