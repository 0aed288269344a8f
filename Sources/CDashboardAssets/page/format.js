// Times and amounts as people read them.

import { h } from './dom.js';

let offset = 0;

/// Takes the service's clock from the `Date` of an answer: ages are the service's, however wrong the clock here is.
/// `Date` has whole seconds, so that smaller differences mean nothing.
export function learnClock(dateField) {
  const difference = Date.parse(dateField) - Date.now();
  if (Number.isFinite(difference)) offset = Math.abs(difference) > 2000 ? difference : 0;
}

export const now = () => Date.now() + offset;

/// 45 s, 12 min, 3 h 5 min, 2 d 4 h
export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 1 && seconds > 0) return `${Math.round(seconds * 1000)} ms`;
  if (whole < 90) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 36) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}

/// 2026-11-22 19:40:12, in UTC
export function clock(instant) {
  return new Date(instant).toISOString().replace('T', ' ').slice(0, 19);
}

/// How long ago an instant was; as a `length` the time since then, as `due` the time until then. Kept true by `tick`.
export function ago(instant, { kind = 'ago' } = {}) {
  if (!instant) return h('span', { class: 'quiet' }, 'never');
  return h('time', { datetime: instant, title: title(instant), 'data-age': kind }, age(instant, kind));
}

/// The instant itself.
export function at(instant) {
  return h('time', { datetime: instant, title: title(instant) }, clock(instant));
}

/// Brings the ages on the page up to date.
export function tick() {
  for (const node of document.querySelectorAll('time[data-age]')) {
    const text = age(node.dateTime, node.dataset.age);
    if (node.textContent !== text) node.textContent = text;
  }
}

function age(instant, kind) {
  const seconds = (now() - Date.parse(instant)) / 1000;
  if (kind === 'length') return span(Math.max(1, seconds));
  if (kind === 'due') return seconds < 0 ? `in ${span(-seconds)}` : 'due';
  if (seconds < -1) return `in ${span(-seconds)}`;
  return seconds < 1 ? 'now' : `${span(seconds)} ago`;
}

function title(instant) {
  return `${clock(instant)} UTC (here: ${new Date(instant).toLocaleString()})`;
}

export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
