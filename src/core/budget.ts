import { type Bucket, filled, fullBucket, lackMs, rateOf, withoutOne } from './budget-bucket';
import { type BudgetAsk, type BudgetNews, type GenesysResource, purposes } from './genesys-answers';

/*
 * What a fleet may still ask of Genesys, as one value that its workers hand to each other. There is a bucket for the OAuth client,
 * and one for each resource that has lately been given a limit of its own; a request needs a token of both. A resource that
 * answered 429 is closed to everybody until its time. All times are AWS's, epoch ms.
 */
export interface BudgetState {
  readonly client: Bucket;
  readonly limits: { readonly [R in GenesysResource]?: ResourceLimit };
  /** Until when a resource answers nobody. */
  readonly closed: { readonly [R in GenesysResource]?: number };
}

interface ResourceLimit {
  readonly limit: number;
  /** Genesys named no limit, it only refused: below this it may answer. */
  readonly isGuess: boolean;
  readonly sinceMs: number;
  /** Forgotten then, unless it is said again. */
  readonly untilMs: number;
  readonly bucket: Bucket;
}

/** One thing to do with the budget. */
export type BudgetErrand =
  { readonly kind: 'take'; readonly ask: BudgetAsk } | { readonly kind: 'learn'; readonly heard: BudgetNews };

const minuteMs = 60_000;
/** A limit may have been lowered for a while, or raised on request: what is no longer said is forgotten. */
const rememberedMs = 10 * minuteMs;
const longestClosedMs = 24 * 60 * minuteMs;

export const beginBudget = (limit: number, nowMs: number): BudgetState => ({
  client: fullBucket(limit, nowMs),
  limits: {},
  closed: {},
});

const limitOf = ({ limits }: BudgetState, resource: GenesysResource, nowMs: number): ResourceLimit | null => {
  const found = limits[resource];
  return found && found.untilMs > nowMs ? found : null;
};

const withLimit = (state: BudgetState, resource: GenesysResource, limit: ResourceLimit): BudgetState => ({
  ...state,
  limits: { ...state.limits, [resource]: limit },
});

/** Takes a token out, or says how long there will be none and leaves all as it is. */
const take = (state: BudgetState, { resource, purpose }: BudgetAsk, limit: number, nowMs: number) => {
  const own = limitOf(state, resource, nowMs);
  const client = filled(state.client, limit, nowMs);
  const bucket = own && filled(own.bucket, own.limit, nowMs);
  const waitMs = Math.max(
    (state.closed[resource] ?? 0) - nowMs,
    lackMs(client, limit, purpose),
    own && bucket ? lackMs(bucket, own.limit, purpose) : 0,
  );
  if (waitMs > 0) return { state, waitMs };
  const spent = { ...state, client: withoutOne(client) };
  const after = own && bucket ? withLimit(spent, resource, { ...own, bucket: withoutOne(bucket) }) : spent;
  return { state: after, waitMs: 0 };
};

/** 429: of many that come at once, only the longest counts. */
const close = (state: BudgetState, resource: GenesysResource, untilMs: number): BudgetState =>
  untilMs <= (state.closed[resource] ?? 0) ? state : { ...state, closed: { ...state.closed, [resource]: untilMs } };

/** A refusal without a number: a quarter less, once a minute, however many are refused at once. */
const lower = (state: BudgetState, resource: GenesysResource, limit: number, nowMs: number): BudgetState => {
  const own = limitOf(state, resource, nowMs);
  if (own?.isGuess && nowMs < own.sinceMs + minuteMs) return state;
  const lowered = Math.max(1, Math.floor(Math.min(limit, own?.limit ?? limit) * 0.75));
  const bucket = filled(own?.bucket ?? fullBucket(lowered, nowMs), lowered, nowMs);
  const times = { sinceMs: nowMs, untilMs: nowMs + rememberedMs };
  return withLimit(state, resource, { limit: lowered, isGuess: true, ...times, bucket });
};

/**
 * The limit is what Genesys names; what it counted may be more than we spent, where others use the same client. Until its period
 * ends no more goes out than it has left:
 *
 *   level + rate × time to its end ≤ allowed − count
 */
const name = (state: BudgetState, { resource, period }: BudgetNews, nowMs: number): BudgetState => {
  if (!period || period.allowed < 1) return state;
  const known = limitOf(state, resource, nowMs);
  const isLowerGuess = known?.isGuess === true && known.limit < period.allowed;
  const limit = isLowerGuess ? known.limit : period.allowed;
  const bucket = filled(known?.bucket ?? fullBucket(limit, nowMs), limit, nowMs);
  const comesBack = rateOf(limit) * Math.min(period.resetMs, minuteMs);
  const most = Math.max(0, period.allowed - period.count) - comesBack;
  // Their seconds are rounded: a part of a token is no news.
  const isLess = most <= bucket.level - 1;
  const isKnown = known?.limit === limit && (isLowerGuess || known.untilMs > nowMs + rememberedMs - minuteMs);
  if (isKnown && !isLess) return state;
  const times = isLowerGuess ? known : { sinceMs: nowMs, untilMs: nowMs + rememberedMs };
  return withLimit(state, resource, {
    limit,
    isGuess: isLowerGuess,
    sinceMs: times.sinceMs,
    untilMs: times.untilMs,
    bucket: isLess ? { ...bucket, level: most } : bucket,
  });
};

const learn = (state: BudgetState, heard: BudgetNews, limit: number, nowMs: number): BudgetState => {
  const { resource, stayAwayMs, period } = heard;
  const named = name(state, heard, nowMs);
  if (stayAwayMs === null) return named;
  const closed = close(named, resource, nowMs + Math.min(stayAwayMs, longestClosedMs));
  return period ? closed : lower(closed, resource, limit, nowMs);
};

const rankOf = (errand: BudgetErrand): number => (errand.kind === 'learn' ? -1 : purposes.indexOf(errand.ask.purpose));

/**
 * Does everything that is to be done at one instant: what was learnt first, then those who go first. `waits` are in the order of
 * the errands; null where nothing was asked for. The same state comes back where nothing has changed it.
 */
export const runErrands = (state: BudgetState, errands: readonly BudgetErrand[], limit: number, nowMs: number) => {
  const waits: (number | null)[] = errands.map(() => null);
  let now = state;
  for (const [place, errand] of [...errands.entries()].sort(([, a], [, b]) => rankOf(a) - rankOf(b))) {
    if (errand.kind === 'learn') now = learn(now, errand.heard, limit, nowMs);
    else {
      const taken = take(now, errand.ask, limit, nowMs);
      now = taken.state;
      waits[place] = taken.waitMs;
    }
  }
  return { state: now, waits: waits as readonly (number | null)[] };
};
