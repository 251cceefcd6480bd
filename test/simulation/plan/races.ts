import { createChance, type Chance } from '../chance';
import type { Delay } from '../delay';
import type { Ambush, Blow, Plan, Sent } from '../history';
import { type Canaries, drawCanaries } from './canaries';
import { drawSettings, drawWeather } from './profiles';
import { drawScript, type Load, type ScriptKind } from './scripts';

/*
 * Set pieces: races that chance alone would hardly ever draw, each with its times in its favour. All else about them is drawn.
 */

type Settings = Plan['settings'];

interface Piece {
  readonly kind: ScriptKind;
  readonly settings: (chance: Chance) => Partial<Settings>;
  /** What is not sent at its time, but in ambush; null: nothing is. */
  readonly ambush: { readonly action: string; readonly moment: Ambush['moment']; readonly withinMs: number } | null;
  readonly delay: Omit<Delay, 'conversationId'> | null;
  readonly blows: (chance: Chance, settings: Settings, lastMs: number) => readonly Blow[];
}

const second = 1_000;
const minute = 60 * second;
const noBlows = (): readonly Blow[] => [];

/**
 * A close is told that its put failed. Something comes, for which the next close leaves the window; the one after that has queried
 * when the first one's put arrives.
 */
const latePut: Piece = {
  kind: 'given-up',
  settings: () => ({ holdMs: 40 * second, acwHoldMs: 0 }),
  ambush: { action: 'attributes', moment: 'read', withinMs: 3 * second },
  delay: { call: 'put', fate: 'given up', until: 'read', passes: 1 },
  blows: noBlows,
};

/** A window is closed and opened again: then the update that closed it arrives once more. */
const copiedFinish: Piece = {
  kind: 'given-up',
  settings: () => ({}),
  ambush: { action: 'attributes', moment: 'finish', withinMs: 3 * second },
  delay: { call: 'finish', fate: 'copied', until: 'head', passes: 0 },
  blows: noBlows,
};

/** The end comes while a close that has not seen it leaves the window until nobody would wait for more. */
const slowLeave: Piece = {
  kind: 'given-up-in-queue',
  settings: () => ({ holdMs: 10 * second, idleMs: 5 * minute }),
  ambush: { action: 'customer.end', moment: 'read', withinMs: 5 },
  delay: { call: 'leave', fate: 'slow', until: 'head', passes: 0 },
  blows: noBlows,
};

/** Closes fail, or wait; the queue goes away, and queue time stands still, before what they need comes back. */
const queueAway: Piece = {
  kind: 'call',
  settings: () => ({ acwHoldMs: 0 }),
  ambush: null,
  delay: null,
  blows: (chance, { holdMs }, lastMs) => {
    const awayMs = lastMs + holdMs + 60 * second;
    return [
      { kind: 'outage', atMs: 1 * second, of: chance.pick(['stateMachine', 'genesys', 'topic']), forMs: awayMs + 20 * second },
      { kind: 'outage', atMs: awayMs, of: 'queue', forMs: 20 * minute },
    ];
  },
};

const pieces = [latePut, copiedFinish, slowLeave, queueAway] as const;

/** One in twenty. What the other seeds draw does not depend on it. */
export const isRace = (seed: number): boolean => seed % 20 === 11;

const carry = (chance: Chance, { facts, wire }: Load): Omit<Sent, 'atMs'> => ({
  body: JSON.stringify(wire(chance)),
  facts: facts.map(({ id }) => id),
  rejection: null,
});

const drawConversation = (chance: Chance, { kind, ambush, delay }: Piece, about: { id: string; canaries: Canaries }) => {
  const conversationId = about.id;
  const { script, loads } = drawScript(chance, { conversationId, kind, beginMs: chance.whole(0, 10 * second) }, about.canaries);
  const isAmbush = ({ facts }: Load): boolean => facts.some(({ action }) => action === ambush?.action);
  const messages = loads
    .filter((load) => !isAmbush(load))
    .map((load): Sent => ({ atMs: load.atMs + chance.whole(0, 400), ...carry(chance, load) }));
  const ambushes = loads.filter(isAmbush).flatMap((load): readonly Ambush[] => {
    if (ambush === null) return [];
    const { moment, withinMs } = ambush;
    return [{ conversationId, moment, passes: 0, afterMs: chance.whole(0, withinMs), ...carry(chance, load) }];
  });
  return { script, messages, ambushes, delays: delay === null ? [] : [{ conversationId, ...delay }] };
};

export const drawRace = (seed: number): Plan => {
  const chance = createChance(seed ^ 0x2c1b3c6d);
  const piece = chance.pick(pieces);
  const canaries = drawCanaries(chance);
  const ids = Array.from({ length: chance.whole(1, 2) }, (_, index) => `conversation-${index}`);
  const drawn = ids.map((id) => drawConversation(chance, piece, { id, canaries }));
  const messages = drawn.flatMap((one) => one.messages).sort((a, b) => a.atMs - b.atMs);
  const usual = { ...drawSettings(chance, 'races'), emitPartialEveryMs: 0, heartbeatMs: 5 * second, longPollMs: 10 * second };
  const settings: Settings = { ...usual, ...piece.settings(chance) };
  const workers = chance.whole(1, 3);
  return {
    seed,
    profile: 'races',
    workers,
    startsAtMs: 0,
    settings,
    weather: drawWeather(chance, 'calm', workers),
    scripts: drawn.map(({ script }) => script),
    sideEvents: [],
    messages,
    ambushes: drawn.flatMap((one) => one.ambushes),
    delays: drawn.flatMap((one) => one.delays),
    blows: piece.blows(chance, settings, messages.at(-1)?.atMs ?? 0),
    learns: null,
    canaries: Object.values(canaries),
  };
};
