import { type Chance, createChance } from '../chance';
import type { Ambush, Plan, Script, Sent, SideEvent } from '../history';
import { iso, ofTopic, wrapNowAndThen } from './carriers';
import { timesOf } from './watermark';

/*
 * What is sent beside the facts: a mood that the record of its conversation is to carry, a transcript that is only passed on.
 *
 *     first fact       last fact        + hold        closed                  a fact again       + hold: nothing new
 *     ────┼────────────────┼──────────────┼──────────────┼──────────────────────────┼───────────────────┼────►
 *   before      while          in the hold  as it closes       long after               while that waits
 */

const minute = 60_000;

/** One in eleven, by its number, and with a chance of their own: what the other seeds play does not change. */
const hasSideEvents = (seed: number): boolean => seed % 11 === 10;

type Raw = SideEvent['raw'];

interface Topic {
  readonly name: string;
  readonly does: SideEvent['does'];
  /** No two alike. `size` is what it is padded with, in ids. */
  readonly body: (chance: Chance, about: { conversationId: string | null; atMs: number; secret: string; size: number }) => Raw;
}

const ids = (chance: Chance, size: number): readonly string[] => Array.from({ length: size }, () => chance.uuid());

const sentiment: Topic = {
  name: 'v2.speechandtextanalytics.conversation.{id}.sentiment',
  does: 'attach',
  body: (chance, { conversationId, size }) => ({
    conversationId,
    sentimentOverallScore: chance.whole(-100, 100),
    queueIds: [chance.uuid()],
    flowIds: ids(chance, size),
  }),
};

const categories: Topic = {
  name: 'v2.speechandtextanalytics.conversations.{id}.categories',
  does: 'attach',
  body: (chance, { conversationId, secret, size }) => ({
    conversationId,
    mediaType: 'call',
    transcriptIds: [chance.uuid(), secret],
    categoryIds: ids(chance, size),
  }),
};

const transcription: Topic = {
  name: 'v2.conversations.{id}.transcription',
  does: 'pass',
  body: (chance, { conversationId, atMs, secret }) => ({
    ...(conversationId === null ? {} : { conversationId }),
    eventTime: iso(atMs),
    communicationId: chance.uuid(),
    transcripts: [{ utteranceId: chance.uuid(), isFinal: true, alternatives: [{ transcript: `My name is ${secret}.` }] }],
  }),
};

const presence: Topic = {
  name: 'v2.users.{id}.presence',
  does: 'pass',
  body: (chance, { atMs, secret }) => ({
    source: 'PURECLOUD',
    presenceDefinition: { id: chance.uuid(), systemPresence: 'BUSY' },
    message: secret,
    modifiedDate: iso(atMs),
  }),
};

/** Ids that fill more than half the room of a record, and more than any notification has. */
const large = 1_000;
const huge = 7_000;

/** A little, mostly; some records cannot carry all, and some events nothing can. */
const drawSize = (chance: Chance): number => {
  const draw = chance.fraction();
  return draw < 0.03 ? huge : draw < 0.2 ? large : chance.whole(0, 3);
};

/** One side event, its sender, who may send it twice, and where from. */
interface Aside {
  readonly event: SideEvent;
  /** When it happened. */
  readonly atMs: number;
  readonly carry: () => Omit<Sent, 'atMs'>;
}

const drawAside = (
  chance: Chance,
  { name, does, body }: Topic,
  about: { conversationId: string | null; atMs: number; secret: string },
): Aside => {
  const size = does === 'attach' ? drawSize(chance) : 0;
  const raw = body(chance, { ...about, size });
  const id = `${about.conversationId ?? 'nobody'}/${name.split('.').at(-1)}/${chance.uuid().slice(0, 8)}`;
  const rejection = size === huge ? { reason: 'too-large', knownFromMs: null } : null;
  const conversationId = 'conversationId' in raw ? about.conversationId : null;
  return {
    event: { id, does, conversationId, raw },
    atMs: about.atMs,
    carry: () => {
      const wire = wrapNowAndThen(chance, ofTopic(chance, name, raw, about.atMs));
      return { body: JSON.stringify(wire), facts: [], side: id, rejection };
    },
  };
};

interface Span {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Where in the story of a conversation. */
const drawTime = (chance: Chance, { firstMs, lastMs }: Span, { holdMs, idleMs }: Plan['settings']): number => {
  switch (chance.whole(0, 5)) {
    case 0:
      return Math.max(0, firstMs - chance.whole(1, 20_000));
    case 1:
    case 2:
      return chance.whole(firstMs, lastMs);
    case 3:
      return lastMs + chance.whole(0, holdMs);
    case 4:
      return lastMs + holdMs + chance.whole(-2_000, 30_000);
    default:
      return lastMs + idleMs + chance.whole(minute, 10 * minute);
  }
};

const moments: readonly [Ambush['moment'], ...Ambush['moment'][]] = ['claim', 'claim', 'read', 'put', 'start', 'finish'];

const drawAmbush = (chance: Chance, conversationId: string, { carry }: Aside): Ambush => ({
  conversationId,
  moment: chance.pick(moments),
  passes: chance.whole(0, 1),
  afterMs: chance.whole(0, chance.pick([5, 300, 3_000])),
  ...carry(),
});

type Sendings = Pick<Plan, 'messages' | 'ambushes'>;

/** Once, in ambush or at its time, and now and then again. */
const drawSendings = (chance: Chance, aside: Aside, inAmbushFor: string | null): Sendings => {
  const atMs = aside.atMs + chance.whole(0, 400);
  const again = chance.is(0.3) ? [{ atMs: atMs + chance.whole(1, 3 * minute), ...aside.carry() }] : [];
  return inAmbushFor !== null && chance.is(0.35)
    ? { messages: again, ambushes: [drawAmbush(chance, inAmbushFor, aside)] }
    : { messages: [{ atMs, ...aside.carry() }, ...again], ambushes: [] };
};

/** A fact is sent once more, long after: its window opens, and has nothing new to say. Not where what was said may have expired. */
const drawRepeat = (chance: Chance, plan: Plan, { facts }: Script, lastMs: number): readonly Sent[] => {
  const own = new Set(facts.map(({ id }) => id));
  const [one, ...others] = plan.messages.filter((sent) => sent.rejection === null && sent.facts.some((id) => own.has(id)));
  if (!one || plan.profile === 'expiry' || chance.is(0.5)) return [];
  return [{ ...chance.pick([one, ...others]), atMs: lastMs + plan.settings.idleMs + chance.whole(minute, 3 * minute) }];
};

interface Drawn extends Sendings {
  readonly sideEvents: readonly SideEvent[];
}

const drawBeside = (chance: Chance, plan: Plan, script: Script): readonly Drawn[] => {
  const { conversationId } = script;
  const times = timesOf(plan, script);
  const span = { firstMs: Math.min(...times), lastMs: Math.max(...times) };
  const repeats = drawRepeat(chance, plan, script, span.lastMs);
  const beside = (topic: Topic, atMs: number): Drawn => {
    const aside = drawAside(chance, topic, { conversationId, atMs, secret: chance.pick(secretsOf(plan)) });
    return { sideEvents: [aside.event], ...drawSendings(chance, aside, conversationId) };
  };
  const usual = Array.from({ length: chance.whole(1, 4) }, () =>
    beside(chance.pick([sentiment, sentiment, categories, transcription]), drawTime(chance, span, plan.settings)),
  );
  const whileThatWaits = repeats.map(({ atMs }) => beside(sentiment, atMs + chance.whole(0, plan.settings.holdMs)));
  return [...usual, { sideEvents: [], messages: repeats, ambushes: [] }, ...whileThatWaits];
};

const secretsOf = ({ canaries }: Plan): readonly [string, ...string[]] => [canaries[0] ?? '', ...canaries.slice(1)];

/** Of conversations that nothing else is known of, and of none. */
const alone: readonly (readonly [Topic, string | null])[] = [
  [sentiment, 'aside-0'],
  [categories, 'aside-1'],
  [transcription, 'aside-2'],
  [transcription, null],
  [presence, null],
];

const drawAlone = (chance: Chance, plan: Plan): readonly Drawn[] => {
  const untilMs = Math.max(...plan.messages.map(({ atMs }) => atMs));
  const some = alone.filter(() => chance.is(0.4));
  return some.map(([topic, conversationId]) => {
    const about = { conversationId, atMs: chance.whole(0, untilMs), secret: chance.pick(secretsOf(plan)) };
    const aside = drawAside(chance, topic, about);
    return { sideEvents: [aside.event], ...drawSendings(chance, aside, null) };
  });
};

/** The same plan with more to send; nothing of what it had changes. */
export const addSideEvents = (plan: Plan): Plan => {
  if (!hasSideEvents(plan.seed)) return plan;
  const chance = createChance(plan.seed ^ 0x3c6ef372);
  const drawn = [...plan.scripts.flatMap((script) => drawBeside(chance, plan, script)), ...drawAlone(chance, plan)];
  return {
    ...plan,
    sideEvents: drawn.flatMap(({ sideEvents }) => sideEvents),
    messages: [...plan.messages, ...drawn.flatMap(({ messages }) => messages)].sort((a, b) => a.atMs - b.atMs),
    ambushes: [...plan.ambushes, ...drawn.flatMap(({ ambushes }) => ambushes)],
  };
};
