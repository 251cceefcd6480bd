/*
 * What nobody could look up about the real API, each as a switch: the first setting is what the fake does unless told otherwise, and
 * whatever talks to Genesys must get along with all of them.
 */

interface Switch {
  /** What is not known. */
  readonly of: string;
  readonly settings: readonly [string, string, ...string[]];
}

export const unverified = {
  unknownIdInList: {
    of: 'details?id= with an id that analytics do not know, among others: left out of the list, or the whole request is a 404',
    settings: ['left-out', 'not-found'],
  },
  malformedId: {
    of: 'details?id= with an id that is no UUID: one more that is not known, or a 400 for the whole request',
    settings: ['unknown', 'refused'],
  },
  mostIds: {
    of: 'how many ids details?id= takes',
    settings: ['100', '50', '20'],
  },
  tooManyIds: {
    of: 'how too many ids are refused: 400 bad.request, 400 response.entity.too.large, 413 request.entity.too.large, or a bare 414',
    settings: ['bad.request', 'response.entity.too.large', 'request.entity.too.large', 'uri-too-long'],
  },
  listOrder: {
    of: 'whether details?id= answers in the order of the ids',
    settings: ['as-asked', 'other'],
  },
  nothingFound: {
    of: 'a list or page with nothing in it: an empty `conversations`, or none',
    settings: ['empty-list', 'left-out'],
  },
  absentFields: {
    of: 'a field without a value, as `conversationEnd` of a conversation that lasts: left out, or null',
    settings: ['left-out', 'null'],
  },
  notFoundBody: {
    of: 'the body of a 404: the usual error, or nothing',
    settings: ['error', 'nothing'],
  },
  patchAnswer: {
    of: 'what a PATCH that succeeds answers: what there is now, an empty 200, or a 204',
    settings: ['json', 'nothing', 'no-content'],
  },
  staleVersion: {
    of: 'the status of a configuration that replaces another than the current one',
    settings: ['409', '400'],
  },
  takenName: {
    of: 'whether two integrations may have one name, or the second is a 409',
    settings: ['allowed', 'refused'],
  },
  intervalMeans: {
    of: 'which conversations a query finds: all that started on a UTC day its interval touches, or those of them that lasted into it',
    settings: ['day-of-start', 'day-of-start-and-overlap'],
  },
  pageOver100: {
    of: 'a page of more than 100: refused, cut to 100, or served',
    settings: ['refused', 'cut', 'served'],
  },
  totalHits: {
    of: 'how totalHits, which is approximate, differs from the hits there are',
    settings: ['equal', 'more', 'fewer'],
  },
  badToken: {
    of: 'the code of a 401 for a token that the API does not know, or knows in another region',
    settings: ['bad.credentials', 'authentication.required', 'not.authorized'],
  },
  expiredToken: {
    of: 'the code of a 401 for a token that has expired',
    settings: ['credentials.expired', 'bad.credentials'],
  },
  refusedClient: {
    of: 'the status of invalid_client at the login host; RFC 6749 allows both',
    settings: ['401', '400'],
  },
  missingPermission: {
    of: 'the code of a 403, and whether it names what is missing',
    settings: ['missing.any.permissions', 'missing.permissions', 'not.authorized'],
  },
  limitBelongsTo: {
    of: 'whose the 300 requests a minute are: the client’s, or each of its tokens’',
    settings: ['client', 'token'],
  },
  limitWindow: {
    of: 'when the minute of the limit starts: with its first request, or with the minute of the clock',
    settings: ['first-request', 'clock'],
  },
  tooManyRequests: {
    of: 'which of the two codes of a 429 comes for the limit of a minute',
    settings: ['too.many.requests', 'too.many.requests.retry.after'],
  },
  retryAfter: {
    of: 'whether a 429 has the header, or says it in the text alone',
    settings: ['header', 'text'],
  },
  rateLimitReset: {
    of: 'inin-ratelimit-reset: seconds left, or the time in seconds since 1970',
    settings: ['seconds-left', 'epoch'],
  },
  tooLargeBody: {
    of: 'how a body of more than 512,000 bytes is refused: a 413, or a 400',
    settings: ['request.entity.too.large', 'bad.request'],
  },
  noTranscript: {
    of: 'transcripturls of a communication that is not transcribed, or not yet: a 404, or an empty list',
    settings: ['not-found', 'empty-list'],
  },
  unknownIdInDirectory: {
    of: 'users, queues and wrap-up codes by id, one of them unknown: left out of the list, or the whole request is a 404',
    settings: ['left-out', 'not-found'],
  },
} as const satisfies Readonly<Record<string, Switch>>;

export type SwitchName = keyof typeof unverified;
export type Switches = { readonly [N in SwitchName]: (typeof unverified)[N]['settings'][number] };

export const switchNames = Object.keys(unverified) as readonly SwitchName[];

export const defaultSwitches = Object.fromEntries(switchNames.map((name) => [name, unverified[name].settings[0]])) as Switches;

const isSwitch = (name: string): name is SwitchName => Object.hasOwn(unverified, name);

/** Throws for a switch or a setting that there is not: a test that sets nothing proves nothing. */
export const checkedSwitches = (switches: Partial<Record<string, string>>): Partial<Switches> => {
  for (const [name, setting] of Object.entries(switches)) {
    if (!isSwitch(name)) throw new Error(`Expected one of ${switchNames.join(', ')}; got the switch ${name}`);
    const settings: readonly string[] = unverified[name].settings;
    if (setting === undefined || !settings.includes(setting))
      throw new Error(`Expected ${name} to be one of ${settings.join(', ')}; got ${String(setting)}`);
  }
  return switches;
};
