import { createChance, type Chance } from '../chance';
import type { Ambush, Plan, Sent } from '../history';
import { drawBadMessage, spoil } from './bad-messages';
import { drawBlows, drawLearning } from './blows';
import { type Canaries, drawCanaries } from './canaries';
import { wrapNowAndThen } from './carriers';
import { drawKinds, drawProfile, drawSettings, drawWeather, type Profile } from './profiles';
import { drawSetPiece, isRace, isRarity } from './races';
import { drawScript, type Load, type Scripted } from './scripts';
import { addSideEvents } from './side-events';
import { drawSnags, hurried, isOfWatermark } from './watermark';

const minute = 60_000;

/** What a profile does to the way of messages. */
interface Road {
  /** Share that comes minutes late, and how many. */
  readonly late: number;
  readonly lateMinutes: number;
  readonly copies: number;
  readonly ambushed: number;
  readonly bad: number;
}

const roadOf = (profile: Profile): Road => {
  const usual: Road = { late: 0.03, lateMinutes: 3, copies: 0.15, ambushed: 0.4, bad: 0.25 };
  const straight: Road = { late: 0, lateMinutes: 0, copies: 0, ambushed: 0, bad: 0.2 };
  switch (profile) {
    case 'calm':
    case 'deploys':
    case 'giants':
    case 'redrive':
    case 'watermark':
      return straight;
    case 'outages':
    case 'backlog':
      return { ...straight, copies: 0.1 };
    case 'leases':
      return { ...usual, ambushed: 0.8 };
    case 'lateness':
      return { ...usual, late: 0.3, lateMinutes: 5 };
    case 'expiry':
      return { ...usual, late: 0.25, lateMinutes: 14, ambushed: 0 };
    case 'poison':
      return { ...usual, bad: 0.8, ambushed: 0.1 };
    default:
      return usual;
  }
};

interface Way {
  readonly chance: Chance;
  readonly road: Road;
  readonly unknown: { readonly action: string; readonly knownFromMs: number } | null;
}

const rejectionOf = ({ unknown }: Way, load: Load): Sent['rejection'] =>
  unknown !== null && load.facts.some(({ action }) => action === unknown.action)
    ? { reason: 'unknown-type', knownFromMs: unknown.knownFromMs }
    : null;

const drawDelay = ({ chance, road }: Way): number => {
  if (chance.is(road.late)) return chance.whole(20_000, road.lateMinutes * minute);
  return chance.is(0.1) ? chance.whole(0, 4_000) : chance.whole(0, 400);
};

const copyOf = (way: Way, load: Load, atMs: number): Sent => ({
  atMs,
  body: JSON.stringify(wrapNowAndThen(way.chance, load.wire(way.chance))),
  facts: load.facts.map(({ id }) => id),
  rejection: rejectionOf(way, load),
});

/** Each load once, now and then twice; an ambush instead where one is laid. */
const drawMessages = (way: Way, { script, loads }: Scripted) => {
  const { chance, road } = way;
  const ambushes: Ambush[] = [];
  const inAmbush = loads.length > 1 && chance.is(road.ambushed) ? loads[chance.whole(1, loads.length - 1)] : undefined;
  const messages = loads.flatMap((load): readonly Sent[] => {
    if (load === inAmbush) {
      const { body, facts, rejection } = copyOf(way, load, load.atMs);
      const moment = chance.pick(
        script.endsAs === 'parked' ? ['claim', 'read', 'put'] : ['claim', 'read', 'put', 'start', 'finish'],
      );
      const passes = moment === 'claim' || moment === 'read' ? chance.whole(0, 2) : 0;
      const { conversationId } = script;
      ambushes.push({
        conversationId,
        moment,
        passes,
        afterMs: chance.whole(0, chance.pick([5, 300, 3_000])),
        body,
        facts,
        rejection,
      });
      return [];
    }
    const atMs = load.atMs + drawDelay(way);
    const again = chance.is(road.copies) ? [copyOf(way, load, atMs + chance.whole(1, minute))] : [];
    const isSpoilt = script.kind === 'details' && chance.is(road.bad / 4);
    return [isSpoilt ? { ...spoil(load, script.conversationId, load.atMs), atMs } : copyOf(way, load, atMs), ...again];
  });
  return { messages, ambushes };
};

const drawScripts = (chance: Chance, profile: Profile, canaries: Canaries): readonly Scripted[] =>
  drawKinds(chance, profile).map((kind, index) => {
    const conversationId = chance.is(0.05) ? `Gespräch ${index}/${'lang'.repeat(25)}` : `conversation-${index}`;
    const withinMs =
      profile === 'backlog' ? 28 * minute : profile === 'outages' ? 4 * minute : profile === 'watermark' ? minute : 20_000;
    return drawScript(chance, { conversationId, kind, beginMs: chance.whole(0, withinMs) }, canaries);
  });

/** The parts that depend on how long the traffic lasts. */
const drawTraffic = (chance: Chance, profile: Profile, canaries: Canaries) => {
  const scripted = drawScripts(chance, profile, canaries);
  const lastEventMs = Math.max(...scripted.flatMap(({ loads }) => loads.map(({ atMs }) => atMs)));
  const road = roadOf(profile);
  const lastMs = lastEventMs + Math.max(5_000, road.lateMinutes * minute);
  const learning = profile === 'redrive' ? drawLearning(chance, lastMs) : null;
  const unknown = learning && { action: 'acw', knownFromMs: learning.redriveAtMs };
  const drawn = scripted.map((one) => drawMessages({ chance, road, unknown }, one));
  const bad = chance.is(road.bad) ? [drawBadMessage(chance, chance.whole(0, lastEventMs), canaries)] : [];
  const messages = [...drawn.flatMap((one) => one.messages), ...bad].sort((a, b) => a.atMs - b.atMs);
  return {
    scripts: scripted.map(({ script }) => script),
    messages,
    ambushes: drawn.flatMap((one) => one.ambushes),
    learns: learning && { action: 'acw', atMs: learning.learnsAtMs },
    lastMs: unknown ? lastMs : (messages.at(-1)?.atMs ?? 0),
  };
};

/** One history out of thirteen. Drawn from no chance: the others stay as they are. */
const asksForMore = (seed: number): boolean => seed % 13 === 4;

/** The kind of a history whose seed says it. */
const ofItsNumber = (seed: number): Profile | null => {
  if (isRace(seed)) return 'races';
  if (isRarity(seed)) return 'rarities';
  return isOfWatermark(seed) ? 'watermark' : null;
};

/** Everything that is decided before a history begins, from a seed alone. */
export const drawPlan = (seed: number, wanted?: Profile): Plan => {
  const chance = createChance(seed);
  const drawn = drawProfile(chance);
  const profile = wanted ?? ofItsNumber(seed) ?? drawn;
  if (profile === 'races' || profile === 'rarities') return drawSetPiece(seed, profile);
  const canaries = drawCanaries(chance);
  const { lastMs, ...traffic } = drawTraffic(chance, profile, canaries);
  const workers = profile === 'leases' || profile === 'skew' ? chance.whole(2, 3) : chance.pick([1, 2, 2, 2, 3, 4]);
  const usual = drawSettings(chance, profile);
  const settings = profile === 'watermark' ? hurried(usual) : usual;
  const startsAtMs = profile === 'backlog' ? 30 * minute : 0;
  return addSideEvents({
    seed,
    profile,
    workers,
    startsAtMs,
    settings,
    weather: drawWeather(chance, profile, workers),
    ...traffic,
    sideEvents: [],
    ...(asksForMore(seed) ? { extras: ['participantAttributes', 'transcript', 'sentiment'] } : {}),
    delays: [],
    blows: [
      ...drawBlows(chance, profile, {
        workers,
        startsAtMs,
        lastMs,
        learnsAtMs: traffic.learns?.atMs ?? null,
        leaseMs: settings.leaseMs,
      }),
      ...(profile === 'watermark' ? drawSnags(chance, { workers, ...traffic }) : []),
    ].sort((a, b) => a.atMs - b.atMs),
    canaries: Object.values(canaries),
  });
};
