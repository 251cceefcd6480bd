import { communicationOf } from './analytics';
import { canaryMint, type Canary, type Mint } from './canary';
import { seededChance, type Chance } from './chance';
import type { Truth } from './traffic';

/*
 * What Genesys knows of the generated conversations beside events and analytics. Its answers are written from it, and so is what
 * the workflows must be given: never one from the other.
 */

/** What was said, line by line; `mine` is the customer's. */
interface Talk {
  readonly language: string;
  readonly lines: readonly { readonly mine: boolean; readonly text: string }[];
}

interface Mood {
  readonly score: number;
  readonly trend: number | null;
  readonly trendClass: string | null;
  readonly participantMetrics: Readonly<Record<string, number>>;
}

/** Null is what Genesys never has. */
export interface Known {
  readonly conversationId: string;
  readonly participantId: string;
  readonly communicationId: string;
  /** What the flow attached to the customer. */
  readonly attributes: Readonly<Record<string, string>> | null;
  /** `unrecorded`: analytics say that nothing will come. */
  readonly talk: Talk | 'unrecorded' | null;
  readonly mood: Mood | null;
  /** Not there when it is asked for first. */
  readonly comesLate: 'talk' | 'mood' | null;
}

type NamesById = ReadonlyMap<string, string>;

export interface Beside {
  readonly known: readonly Known[];
  readonly names: Readonly<Record<'users' | 'queues' | 'wrapUpCodes', NamesById>>;
  readonly canaries: readonly Canary[];
}

/** Far from the scopes of the conversations' own events. */
const firstScope = { conversations: 1_000_000, names: 2_000_000 };

const talkOf = (chance: Chance, canary: (kind: Parameters<Mint>[0]) => string): Talk => {
  const token = canary('transcript');
  // More than fits into one text now and then, and a language now and then that Comprehend does not know.
  const rounds = chance.happens(0.1) ? chance.between(60, 90) : chance.between(1, 4);
  const language = chance.pick(['en-us', 'en-gb', 'de-de', 'fi-fi']);
  const said = [
    `My name is ${token}, it is broken.`,
    'I have  waited for a week!',
    'Thank you, that is great.',
    'Größe? 42, bitte.',
  ];
  const lines = Array.from({ length: rounds }, () => [
    { mine: false, text: `How may I help you, ${token}?` },
    { mine: true, text: chance.pick(said) },
    { mine: true, text: `As I wrote, ${token}, it is about the parcel that never came to the house at the end of the road.` },
  ]);
  return { language, lines: lines.flat() };
};

const moodOf = (chance: Chance): Mood => ({
  score: chance.between(-100, 100) / 100,
  ...(chance.happens(0.5)
    ? { trend: chance.between(-100, 100) / 100, trendClass: 'Improving' }
    : { trend: null, trendClass: null }),
  participantMetrics: { agentDurationPercentage: chance.between(20, 60), silenceDurationPercentage: chance.between(0, 20) },
});

/** Whoever gave up on a conversation does not wait for what comes late. */
const isWaitedFor = ({ revisions }: Truth): boolean => revisions.every(({ status }) => status === 'final');

const knownOf = (truth: Truth, index: number, canaries: Canary[]): Known => {
  const { conversationId, expected } = truth;
  const chance = seededChance(`${conversationId}/beside`);
  const mint = canaryMint(firstScope.conversations + index, canaries);
  const canary = (kind: Parameters<Mint>[0]): string => mint(kind, conversationId);
  const talk = chance.happens(0.75) ? talkOf(chance, canary) : chance.happens(0.7) ? 'unrecorded' : null;
  const mood = chance.happens(0.9) ? moodOf(chance) : null;
  // Who waits in vain for the mood looks for the talk once, at the end.
  const late =
    mood === null ? [] : (['mood', ...(typeof talk === 'string' || talk === null ? [] : (['talk'] as const))] as const);
  const comesLate = isWaitedFor(truth) && late.length > 0 && chance.happens(0.3) ? chance.pick(late) : null;
  return {
    conversationId,
    participantId: expected.participantIds[0] ?? `${conversationId}-customer`,
    communicationId: communicationOf(truth),
    attributes: chance.happens(0.9) ? { 'Customer Tier': canary('attribute'), 'a.b[0]': '1', '  two  spaces ': 'yes' } : null,
    talk,
    mood,
    comesLate,
  };
};

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

/** Of every eighth there is none: somebody has deleted it. */
const named = (ids: readonly string[], nameOf: () => string): NamesById =>
  new Map(unique(ids).flatMap((id, index) => (index % 8 === 7 ? [] : [[id, nameOf()] as const])));

export const besideOf = (truths: readonly Truth[]): Beside => {
  const canaries: Canary[] = [];
  let scope = firstScope.names;
  const nameOf = (): string => `Ms ${canaryMint((scope += 1), canaries)('name', null)}`;
  const idsOf = (read: (expected: Truth['expected']) => readonly string[]) => truths.flatMap(({ expected }) => read(expected));
  return {
    known: truths.map((truth, index) => knownOf(truth, index, canaries)),
    names: {
      users: named(
        idsOf(({ agentIds }) => agentIds),
        nameOf,
      ),
      queues: named(
        idsOf(({ queueIds }) => queueIds),
        nameOf,
      ),
      wrapUpCodes: named(
        idsOf(({ wrapUpCodes }) => wrapUpCodes),
        nameOf,
      ),
    },
    canaries,
  };
};
