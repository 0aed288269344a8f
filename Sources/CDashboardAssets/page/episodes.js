// When the error of a link began. The list of links tells when a link last changed, which a new message moves; the error
// episode keeps its beginning.

import { get } from './api.js';
import { resource, isUnspeakable } from './address.js';

const MOST = 60;
const LANES = 4;
const CAPACITY = 2000;

const starts = new Map();

const keyOf = (link) => JSON.stringify([link.cluster_id, link.link_name, link.cluster_link_id]);

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
      const path = resource(['clusters', link.cluster_id, 'links', link.link_name, 'errors'], { limit: 1, cluster_link_id: link.cluster_link_id });
      const { body } = await get(path, signal);
      const episode = body?.data[0];
      const start = episode?.ongoing ? { at: episode.started_at, before: episode.started_before_observation } : null;
      if (starts.size >= CAPACITY) starts.clear();
      starts.set(keyOf(link), { stamp: link.last_changed_at, start });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return true;
}
