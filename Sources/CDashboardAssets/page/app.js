// Reads the address, asks the questions of its view every few seconds, and shows the answers.

import * as address from './address.js';
import { all, get, token, TokenNeeded, Unreachable } from './api.js';
import { clusterView, questions as clusterQuestions } from './cluster-view.js';
import { foreign, h, morph, visible } from './dom.js';
import { learn } from './episodes.js';
import { fleetView, questions as fleetQuestions } from './fleet-view.js';
import { clock, count, now, span, tick } from './format.js';
import { links } from './link-table.js';
import { linkView, questions as linkQuestions } from './link-view.js';
import { notices } from './notices.js';

const INTERVAL = 5000;
const HIDDEN_INTERVAL = 30_000;
const STALE = 20_000;

const views = {
  fleet: { questions: fleetQuestions, show: fleetView },
  cluster: { questions: clusterQuestions, show: clusterView },
  link: { questions: linkQuestions, show: linkView },
};

const main = document.getElementById('main');
const filter = document.getElementById('filter');
const freshness = document.getElementById('freshness');

let route = address.read(location.search);
let more = new Set();
let answers = {};
let fleet = {};
let seenAt = null;
let failure = null;
let asking = new AbortController();
let timer;
let errors = null;
let isLocked = false;

/// Asks everything that the view needs; one round after the other, never two at once.
async function refresh() {
  clearTimeout(timer);
  asking.abort();
  const round = new AbortController();
  asking = round;
  try {
    await ask(route, round.signal);
    if (round.signal.aborted) return;
    seenAt = now();
    failure = null;
    isLocked = false;
    show();
    if (await learn(links(route, answers), round.signal)) show();
  } catch (error) {
    if (round.signal.aborted) return;
    if (error instanceof TokenNeeded) return askForToken(error.message);
    if (!(error instanceof Unreachable)) console.error(error);
    failure = error instanceof Unreachable ? error.message : `answered what this page cannot show: ${error.message}`;
    show();
  }
  timer = setTimeout(refresh, document.hidden ? HIDDEN_INTERVAL : INTERVAL);
}

async function ask(route, signal) {
  const labels = Object.fromEntries(route.passed.filter(([name]) => name.startsWith('label.')));
  const asked = {
    clusters: () => all(address.resource(['clusters'], { limit: 1000, ...(route.view === 'fleet' ? labels : {}) }), signal),
    status: () => get(address.resource(['status']), signal),
  };
  for (const [name, path] of Object.entries(views[route.view].questions(route, more))) asked[name] = () => get(path, signal);
  const entries = await Promise.all(Object.entries(asked).map(async ([name, question]) => [name, await question()]));
  if (signal.aborted) return;
  answers = Object.fromEntries(entries);
  const version = answers.status.body?.version;
  // A page of another version than the service would misread it; all of its state stands in the address.
  if (fleet.version && version && version !== fleet.version) location.reload();
  fleet = { clusters: answers.clusters.body?.data ?? [], status: answers.status.body, version: version ?? fleet.version };
}

function show() {
  const clusters = fleet.clusters ?? [];
  const names = new Map(clusters.map((cluster) => [cluster.cluster_id, cluster.name]));
  const view = views[route.view].show(route, answers, { clusters, names, more });
  morph(main, h('main', { id: 'main', tabindex: '-1' }, view));
  morph(document.getElementById('notices'), notices({ failure, seenAt, clusters, status: fleet.status }));
  morph(document.getElementById('footer'), footer());
  tell(clusters);
  beat();
}

function footer() {
  return h('footer', { id: 'footer' },
    fleet.version ? h('span', null, 'linkwatch ', foreign(fleet.version)) : null,
    h('span', null, 'Times are UTC; hold the pointer over one for local time.'),
    h('a', { href: 'openapi.json' }, 'API'),
    token.get() ? h('button', { type: 'button', 'data-forget': true }, 'Forget the token') : null);
}

/// Tells of trouble outside the page's view: in the tab's title, its icon, and to those who listen.
function tell(clusters) {
  const sum = (health) => clusters.reduce((total, cluster) => total + cluster.links[health], 0);
  const [bad, worn, blind] = ['error', 'degraded', 'unknown'].map(sum);
  const subject = route.link ?? route.cluster;
  document.title = `${failure ? '⚠ ' : ''}${bad ? `(${bad}) ` : ''}${subject ? `${visible(subject)} – ` : ''}linkwatch`;
  const colour = failure ? '#6b7785' : bad ? '#d3302a' : worn ? '#c77700' : blind ? '#7d5fc4' : '#23824a';
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g fill="none" stroke="${colour}" stroke-width="3"><rect x="2" y="7" width="12" height="10" rx="5"/><rect x="10" y="7" width="12" height="10" rx="5"/></g></svg>`;
  const href = `data:image/svg+xml,${encodeURIComponent(icon)}`;
  const place = document.getElementById('icon');
  if (place.href !== href) place.href = href;
  if (seenAt !== null && !failure && errors !== bad) {
    if (errors !== null) document.getElementById('announcement').textContent = `${count(bad, 'link')} in error`;
    errors = bad;
  }
}

/// Once a second: ages grow, and old data is called old.
function beat() {
  tick();
  const age = seenAt === null ? null : now() - seenAt;
  const isStale = Boolean(failure) || (age !== null && age > STALE && !document.hidden);
  document.body.classList.toggle('stale', isStale && !isLocked);
  document.body.classList.toggle('locked', isLocked);
  freshness.className = isLocked || (age === null && !failure) ? '' : isStale ? 'stale' : 'fresh';
  freshness.textContent = isLocked ? 'locked' : age === null ? (failure ? 'no data' : 'loading') : age < 1500 ? 'data as of now' : `data ${span(age / 1000)} old`;
  if (seenAt !== null) freshness.title = `as of ${clock(seenAt)} UTC`;
}

function navigate(href, { replace = false, keepFocus = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  follow({ keepFocus });
}

/// Goes where the address says.
function follow({ keepFocus = false } = {}) {
  const next = address.read(location.search);
  const isOther = next.view !== route.view || next.cluster !== route.cluster || next.link !== route.link || next.id !== route.id;
  route = next;
  if (document.activeElement !== filter) filter.value = route.q;
  if (isOther) {
    more = new Set();
    answers = { clusters: answers.clusters };
    show();
    scrollTo(0, 0);
    if (!keepFocus) main.querySelector('h1')?.focus({ preventScroll: true });
  }
  refresh();
}

function askForToken(reason) {
  clearTimeout(timer);
  document.title = 'linkwatch';
  for (const id of ['notices', 'footer']) document.getElementById(id).replaceChildren();
  morph(main, h('main', { id: 'main', tabindex: '-1' }, h('form', { id: 'token', class: 'token' },
    h('h1', null, 'This service wants a token'),
    reason ? h('p', { class: 'panel error', role: 'alert' }, reason) : null,
    h('label', { for: 'secret' }, 'Token with the role read'),
    h('input', { id: 'secret', type: 'password', required: true, autocomplete: 'off', pattern: '[!-~]+', title: 'letters, digits and signs without blanks' }),
    h('button', { type: 'submit' }, 'Open'),
    h('p', { class: 'quiet' }, 'It is kept until this tab is closed, and sent to this service only.'))));
  isLocked = true;
  beat();
  document.getElementById('secret').focus();
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.target.id === 'search') filter.blur();
  if (event.target.id !== 'token') return;
  token.set(document.getElementById('secret').value);
  morph(main, h('main', { id: 'main', tabindex: '-1' }, h('p', { class: 'empty' }, 'loading')));
  refresh();
});

document.addEventListener('click', (event) => {
  const target = event.target.closest('a[data-go], button');
  if (!target || event.defaultPrevented) return;
  if (target.localName === 'a') {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(target.href);
  } else if (target.dataset.more) {
    more.add(target.dataset.more);
    refresh();
  } else if (target.hasAttribute('data-forget')) {
    token.forget();
    location.reload();
  }
});

let typing;
filter.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const stays = route.view === 'link' ? {} : route;
    navigate(address.write({ ...stays, q: filter.value.trim() }), { replace: route.view !== 'link', keepFocus: true });
  }, 150);
});

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input, textarea');
  if (event.key === '/' && !isTyping && !event.metaKey && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    filter.focus();
    filter.select();
  } else if (event.key === 'Escape' && event.target === filter) {
    filter.blur();
  }
});

addEventListener('popstate', () => follow());
addEventListener('online', refresh);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh();
});

filter.value = route.q;
setInterval(beat, 1000);
refresh();
