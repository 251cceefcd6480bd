/* What Genesys was asked, told by the requests that reached it. */

const parts: readonly (readonly [name: string, path: RegExp])[] = [
  ['token', /^\/oauth\/token/],
  ['details', /^\/api\/v2\/analytics\/conversations\/details\?/],
  ['attributes', /^\/api\/v2\/conversations\//],
  ['transcript', /\/communications\//],
  ['transcript file', /^\/transcript-files\//],
  ['sentiment', /^\/api\/v2\/speechandtextanalytics\/conversations\/[^/]+$/],
  ['names', /^\/api\/v2\/(users|routing\/)/],
];

export const partOf = (url: string): string => parts.find(([, path]) => path.test(url))?.[0] ?? 'other';

const idsIn = (url: string): number =>
  new URL(url, 'http://genesys').searchParams.getAll('id').flatMap((list) => list.split(',')).length;

/** Of all requests for details, on average. */
export const conversationsPerRequest = (asked: readonly string[]): number => {
  const details = asked.filter((url) => partOf(url) === 'details');
  return details.reduce((total, url) => total + idsIn(url), 0) / Math.max(1, details.length);
};
