import { hash } from 'node:crypto';
import { analyticsOf } from '../../traffic/analytics';
import { generateTraffic } from '../../traffic/generate';
import type { Truth } from '../../traffic/traffic';

/** A text in which a conversation can be given another id: what lies between the places where it is named. */
type Template = readonly string[];

interface Pattern {
  /** Place of its conversation among those of a cycle. */
  readonly conversation: number;
  readonly id: string;
  readonly plain: Template;
  /** The same as a string of JSON. */
  readonly quoted: Template;
}

export interface Body {
  readonly md5: string;
  readonly quoted: string;
}

export interface Cycles {
  /** Conversations in each. */
  readonly conversations: number;
  readonly messages: number;
  /** Whose message it is: a place among the conversations of a cycle. */
  readonly conversationAt: (place: number) => number;
  readonly bodyAt: (cycle: number, place: number) => Body;
  /** What Genesys knows of a conversation of any cycle, as JSON; null where it knows none. */
  readonly detailsOf: (conversationId: string) => string | null;
}

/** Enough for every story, few enough to be told at once. */
const told = 400;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const prefixLength = 8;

/** All that is said of it is said at once, and makes one record: each message is as good as the next. */
const isWhole = ({ conversationId, expected, revisions }: Truth): boolean =>
  uuid.test(conversationId) && revisions.length === 1 && expected.status === 'final';

/** The first eight digits tell the cycle; the others tell conversations apart well enough. */
const idIn = (cycle: number, id: string): string => cycle.toString(16).padStart(prefixLength, '0') + id.slice(prefixLength);

const detailsTemplates = (truths: readonly Truth[]): ReadonlyMap<string, Template> =>
  new Map(
    truths.map((truth) => {
      const { conversationId } = truth;
      const known = analyticsOf(truth);
      const text = JSON.stringify({ conversationEnd: known.conversationStart, ...known });
      return [conversationId.slice(prefixLength), text.split(conversationId)];
    }),
  );

export const openCycles = (): Cycles => {
  const { messages, truths } = generateTraffic({ seed: 'benchmarks', conversations: told });
  // A message of which a part is set aside costs a call more than others.
  const spoilt = new Set(messages.filter(({ rejects }) => rejects).map(({ conversationId }) => conversationId));
  const whole = truths.filter((truth) => isWhole(truth) && !spoilt.has(truth.conversationId));
  const places = new Map(whole.map(({ conversationId }, place) => [conversationId, place]));
  const patterns = messages.flatMap(({ wave, conversationId: id, body }): readonly Pattern[] => {
    const conversation = wave === 1 && id !== null ? places.get(id) : undefined;
    if (conversation === undefined || id === null) return [];
    return [{ conversation, id, plain: body.split(id), quoted: JSON.stringify(body).split(id) }];
  });
  const details = detailsTemplates(whole);
  return {
    conversations: whole.length,
    messages: patterns.length,
    conversationAt: (place) => patterns[place]!.conversation,
    bodyAt: (cycle, place) => {
      const { id, plain, quoted } = patterns[place]!;
      const name = idIn(cycle, id);
      return { md5: hash('md5', plain.join(name)), quoted: quoted.join(name) };
    },
    detailsOf: (conversationId) => details.get(conversationId.slice(prefixLength))?.join(conversationId) ?? null,
  };
};
