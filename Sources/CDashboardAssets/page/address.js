// What the page shows stands in its address, so that a link to it can be shared.

export const HEALTHS = ['error', 'degraded', 'unknown', 'ok'];

// Filters of the interface that the page hands on as they are.
const PASSED = ['link_state', 'link_error', 'remote_cluster_id'];
const isPassed = (name) => PASSED.includes(name) || (name.startsWith('label.') && name.length > 6);

/// Reads an address: which view, of what, with which filters.
export function read(search) {
  const parameters = new URLSearchParams(search);
  const given = (parameters.get('health') ?? '').split(',').filter((health) => HEALTHS.includes(health));
  const cluster = parameters.get('cluster');
  const link = parameters.get('link');
  return {
    view: cluster === null ? 'fleet' : link === null ? 'cluster' : 'link',
    cluster,
    link,
    id: parameters.get('id'),
    q: parameters.get('q') ?? '',
    healths: HEALTHS.filter((health) => given.includes(health)),
    deleted: parameters.get('deleted') === 'true',
    passed: [...parameters].filter(([name]) => isPassed(name)),
  };
}

/// Writes an address; what is left out is not said.
export function write({ cluster = null, link = null, id = null, q = '', healths = [], deleted = false, passed = [] }) {
  const parameters = new URLSearchParams();
  if (cluster !== null) parameters.set('cluster', cluster);
  if (link !== null) parameters.set('link', link);
  if (id) parameters.set('id', id);
  if (q) parameters.set('q', q);
  if (healths.length) parameters.set('health', healths.join(','));
  if (deleted) parameters.set('deleted', 'true');
  for (const [name, value] of passed) parameters.set(name, value);
  const text = parameters.toString();
  return text ? `?${text}` : './';
}

export const toCluster = (cluster) => write({ cluster });
export const toLink = (link) =>
  write({ cluster: link.cluster_id, link: link.link_name, id: link.deleted_at ? link.cluster_link_id : null });
export const toFilter = (name, value) => write({ passed: [[name, value]] });

/// The path of a resource of the interface, relative to the page, so that it also stands below a proxy's prefix.
export function resource(segments, query = {}) {
  const path = ['api', 'v1', ...segments.map(encodeURIComponent)].join('/');
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== ''));
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/// Browsers resolve these in any spelling (WHATWG URL, "double-dot URL path segment"), so no such path can be asked for.
export const isUnspeakable = (name) => /^\.{1,2}$/.test(name);
