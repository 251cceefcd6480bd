import type { Chance } from '../chance';
import type { Delay } from '../delay';
import type { Ambush, Blow, BlowOf, Moment, Plan, Service } from '../history';
import type { ScriptKind } from './scripts';

/*
 * Set pieces: what chance alone would hardly ever draw, each with its times in its favour. All else about them is drawn.
 */

type Settings = Plan['settings'];

export interface Piece {
  readonly kind: ScriptKind;
  readonly settings: (chance: Chance) => Partial<Settings>;
  /** What is not sent at its time, but in ambush; null: nothing is. */
  readonly ambush: (Pick<Ambush, 'moment' | 'passes'> & { readonly action: string; readonly withinMs: number }) | null;
  /** What is sent so long after the rest of its conversation; null: nothing is. */
  readonly straggler: { readonly action: string; readonly afterMs: (chance: Chance) => number } | null;
  readonly delays: readonly Omit<Delay, 'conversationId'>[];
  readonly blows: (chance: Chance, settings: Settings, lastMs: number) => readonly Blow[];
  /** How long after the last message of its conversation one of them is sent once more; null: none is. */
  readonly repeatAfterMs: number | null;
  /** Messages in which nothing can be read. */
  readonly bad: number;
}

const second = 1_000;
const minute = 60 * second;

const plain: Omit<Piece, 'kind'> = {
  settings: () => ({}),
  ambush: null,
  straggler: null,
  delays: [],
  blows: () => [],
  repeatAfterMs: null,
  bad: 0,
};

/**
 * A close is told that its put failed. Something comes, for which the next close leaves the window; the one after that has queried
 * when the first one's put arrives.
 */
const latePut: Piece = {
  ...plain,
  kind: 'given-up',
  settings: () => ({ holdMs: 40 * second, acwHoldMs: 0 }),
  ambush: { action: 'attributes', moment: 'read', passes: 0, withinMs: 3 * second },
  delays: [{ call: 'put', fate: 'given up', until: 'read', passes: 1 }],
};

/** The same, but that put arrives before the third close has queried: it finds a record that lacks what came meanwhile. */
const latePutFound: Piece = { ...latePut, delays: [{ call: 'put', fate: 'given up', until: 'claim', passes: 1 }] };

/** A window is closed and opened again: then the update that closed it arrives once more. */
const copiedFinish: Piece = {
  ...plain,
  kind: 'given-up',
  ambush: { action: 'attributes', moment: 'finish', passes: 0, withinMs: 3 * second },
  delays: [{ call: 'finish', fate: 'copied', until: 'head', passes: 0 }],
};

/** The end comes while a close that has not seen it leaves the window until nobody would wait for more. */
const slowLeave: Piece = {
  ...plain,
  kind: 'given-up-in-queue',
  settings: () => ({ holdMs: 10 * second, idleMs: 5 * minute }),
  ambush: { action: 'customer.end', moment: 'read', passes: 0, withinMs: 5 },
  delays: [{ call: 'leave', fate: 'slow', until: 'head', passes: 0 }],
};

/** Closes fail, or wait; the queue goes away, and queue time stands still, before what they need comes back. */
const queueAway: Piece = {
  ...plain,
  kind: 'call',
  settings: () => ({ acwHoldMs: 0 }),
  blows: (chance, { holdMs }, lastMs) => {
    const awayMs = lastMs + holdMs + 60 * second;
    return [
      { kind: 'outage', atMs: 1 * second, of: chance.pick(['stateMachine', 'genesys', 'topic']), forMs: awayMs + 20 * second },
      { kind: 'outage', atMs: awayMs, of: 'queue', forMs: 20 * minute },
    ];
  },
};

export const races = [latePut, copiedFinish, slowLeave, queueAway] as const;

const slowFinish = { call: 'finish', fate: 'slow', until: 'head', passes: 0 } as const;

/**
 * A window is closed; a fact comes again and opens it; while the close that has nothing to say of it ends, something new comes. The
 * close before is as slow, to no end: a delay meets the first call that fits.
 */
const rearmedInSilence: Piece = {
  ...plain,
  kind: 'given-up',
  settings: () => ({ holdMs: 40 * second, acwHoldMs: 0 }),
  ambush: { action: 'attributes', moment: 'read', passes: 1, withinMs: 2 * second },
  delays: [slowFinish, slowFinish],
  repeatAfterMs: 3 * minute,
};

const away = (of: Service, atMs: number, minutes: number): BlowOf<'outage'> => ({
  kind: 'outage',
  atMs,
  of,
  forMs: minutes * minute,
});

/**
 * The table goes away in the middle, and the next call is the first to meet that: events are written, and no head can be read; a
 * window is claimed, and cannot be read; it is read, and its record cannot be put.
 */
const tableAwayAt = (moment: Moment, kind: ScriptKind): Piece => ({
  ...plain,
  kind,
  blows: (chance, _, lastMs) => [{ ...away('table', chance.whole(0, lastMs), chance.whole(1, 5)), moment }],
});

/** Nothing can be set aside, for so long that what is good must not wait for that. */
const deadLettersAway: Piece = {
  ...plain,
  kind: 'call',
  blows: (chance) => [away('deadLetters', 0, chance.whole(4, 5))],
  bad: 2,
};

/**
 * Something new is received while its window is still open, which is due by then, and is long under way to the table: the window closes
 * before it is there.
 */
const slowStraggler: Piece = {
  ...plain,
  kind: 'call',
  settings: () => ({ holdMs: 40 * second, acwHoldMs: 0, outOfOrdernessMs: 10 * second }),
  straggler: { action: 'acw', afterMs: (chance) => 40 * second + chance.whole(0, 8 * second) },
  blows: (_, { holdMs }, lastMs) => [{ kind: 'slow', atMs: lastMs + holdMs - second, call: 'write', forMs: 40 * second }],
};

export const rarities = [
  rearmedInSilence,
  deadLettersAway,
  latePutFound,
  slowStraggler,
  tableAwayAt('write', 'call'),
  tableAwayAt('claim', 'call'),
  // Its window is read once, when it closes.
  tableAwayAt('read', 'abandoned'),
] as const;
