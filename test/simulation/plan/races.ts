import { createChance, type Chance } from '../chance';
import type { Ambush, Plan, Sent } from '../history';
import { drawBadMessage } from './bad-messages';
import { type Canaries, drawCanaries } from './canaries';
import { drawSettings, drawWeather } from './profiles';
import { drawScript, type Load } from './scripts';
import { type Piece, races, rarities } from './set-pieces';

const second = 1_000;

/** One in twenty. What the other seeds draw does not depend on it. */
export const isRace = (seed: number): boolean => seed % 20 === 11;

/** One in fifty, likewise; all of them in turn. */
export const isRarity = (seed: number): boolean => seed % 50 === 27;

const rarityOf = (seed: number): Piece => rarities[Math.floor(seed / 50) % rarities.length] ?? rarities[0];

const carry = (chance: Chance, { facts, wire }: Load): Omit<Sent, 'atMs'> => ({
  body: JSON.stringify(wire(chance)),
  facts: facts.map(({ id }) => id),
  rejection: null,
});

const drawRepeat = (chance: Chance, { repeatAfterMs }: Piece, messages: readonly Sent[]): readonly Sent[] => {
  const [one, ...others] = messages;
  if (repeatAfterMs === null || !one) return [];
  return [{ ...chance.pick([one, ...others]), atMs: lastOf(messages) + repeatAfterMs }];
};

const isOf = (action: string | undefined, { facts }: Load): boolean => facts.some((fact) => fact.action === action);

const drawConversation = (chance: Chance, piece: Piece, about: { id: string; canaries: Canaries }) => {
  const { kind, ambush, straggler, delays } = piece;
  const conversationId = about.id;
  const { script, loads } = drawScript(chance, { conversationId, kind, beginMs: chance.whole(0, 10 * second) }, about.canaries);
  const isStraggler = (load: Load): boolean => isOf(straggler?.action, load);
  const messages = loads
    .filter((load) => !isOf(ambush?.action, load) && !isStraggler(load))
    .map((load): Sent => ({ atMs: load.atMs + chance.whole(0, 400), ...carry(chance, load) }));
  const lastMs = lastOf(messages);
  const stragglers = loads
    .filter(isStraggler)
    .map((load): Sent => ({ atMs: lastMs + (straggler?.afterMs(chance) ?? 0), ...carry(chance, load) }));
  const ambushes = loads
    .filter((load) => isOf(ambush?.action, load))
    .flatMap((load): readonly Ambush[] => {
      if (ambush === null) return [];
      const { moment, passes, withinMs } = ambush;
      return [{ conversationId, moment, passes, afterMs: chance.whole(0, withinMs), ...carry(chance, load) }];
    });
  return {
    script,
    messages: [...messages, ...drawRepeat(chance, piece, messages)],
    stragglers,
    ambushes,
    delays: delays.map((delay) => ({ conversationId, ...delay })),
  };
};

const lastOf = (messages: readonly Sent[]): number => Math.max(0, ...messages.map(({ atMs }) => atMs));

const drawBad = (chance: Chance, { bad }: Piece, canaries: Canaries): readonly Sent[] =>
  Array.from({ length: bad }, () => drawBadMessage(chance, chance.whole(second, 30 * second), canaries));

export const drawSetPiece = (seed: number, profile: 'races' | 'rarities'): Plan => {
  const chance = createChance(seed ^ 0x2c1b3c6d);
  const piece = profile === 'races' ? chance.pick(races) : rarityOf(seed);
  const canaries = drawCanaries(chance);
  const ids = Array.from({ length: chance.whole(1, 2) }, (_, index) => `conversation-${index}`);
  const drawn = ids.map((id) => drawConversation(chance, piece, { id, canaries }));
  const messages = [...drawn.flatMap((one) => one.messages), ...drawBad(chance, piece, canaries)];
  const usual = { ...drawSettings(chance, profile), emitPartialEveryMs: 0, heartbeatMs: 5 * second, longPollMs: 10 * second };
  const settings = { ...usual, ...piece.settings(chance) };
  const workers = chance.whole(1, 3);
  return {
    seed,
    profile,
    workers,
    startsAtMs: 0,
    settings,
    weather: drawWeather(chance, 'calm', workers),
    scripts: drawn.map(({ script }) => script),
    sideEvents: [],
    messages: [...messages, ...drawn.flatMap(({ stragglers }) => stragglers)].sort((a, b) => a.atMs - b.atMs),
    ambushes: drawn.flatMap((one) => one.ambushes),
    delays: drawn.flatMap((one) => one.delays),
    blows: piece.blows(chance, settings, lastOf(messages)),
    learns: null,
    canaries: Object.values(canaries),
  };
};
