// When the error of a link began. The list of links tells when a link last changed, which a new message moves; the error
// episode keeps its beginning.

import { get } from './api.js';
import { resource, isUnspeakable } from './address.js';

const MOST = 60;
// One error often comes as a few codes, one after the other.
const CHAIN = 10;
const LANES = 4;
const CAPACITY = 2000;

const starts = new Map();

const keyOf = (link) => JSON.stringify([link.cluster_id, link.link_name, link.cluster_link_id]);

/// When the error that goes on began, whatever its code was then: an episode ends where its code changes, the trouble
/// does not. Null where none goes on. The episodes come newest first.
export function beginning(episodes) {
  if (!episodes[0]?.ongoing) return null;
  const next = episodes.findIndex((episode, index) => episodes[index + 1]?.ended_at !== episode.started_at);
  const first = episodes[next];
  return { at: first.started_at, before: first.started_before_observation };
}

/// The beginning of a link's error; undefined while it is not known, and for a link that has none.
export function startOf(link) {
  const known = starts.get(keyOf(link));
  return link.last_known_health === 'error' && known?.start ? known.start : undefined;
}

/// Asks for the beginnings that are not known yet. Answers whether there is news.
export async function learn(links, signal) {
  const open = links
    .filter((link) => link.last_known_health === 'error' && !link.deleted_at && !isUnspeakable(link.link_name))
    .filter((link) => starts.get(keyOf(link))?.stamp !== link.last_changed_at)
    .slice(0, MOST);
  if (!open.length) return false;
  const queue = [...open];
  const lane = async () => {
    for (let link = queue.shift(); link; link = queue.shift()) {
      const path = resource(['clusters', link.cluster_id, 'links', link.link_name, 'errors'], { limit: CHAIN, cluster_link_id: link.cluster_link_id });
      const { body } = await get(path, signal);
      const start = beginning(body?.data ?? []);
      if (starts.size >= CAPACITY) starts.clear();
      starts.set(keyOf(link), { stamp: link.last_changed_at, start });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return true;
}
