import type { DetailsAnswer } from '../../../src/core/genesys-answers';
import type { Message } from '../../../src/ports';
import type { PipelineSettings } from '../../../src/steps/outside';
import { detailEnvelope, noon, second } from '../../factories';
import { settings } from '../../outside';

/* The worlds that are walked: few workers, few messages of one conversation, and what else is special about each. */

export interface SmallWorld {
  readonly name: string;
  /** Each is delivered to whoever asks, in any order; `facts` are what it says, as a record's lifecycle names them. */
  readonly messages: readonly { readonly message: Message; readonly facts: readonly string[] }[];
  /** A receive may also bring everything that is visible. */
  readonly batches: boolean;
  /** A call may also fail without effect. */
  readonly refusals: boolean;
  /** The watermark of the first close of all, of the second, and so on: so many closes the workers make together. */
  readonly watermarksMs: readonly number[];
  /** Items in a page of a window's query. */
  readonly pageItems: number;
  /** So much time passes between two calls of a close, ms. */
  readonly slowMs: number;
  /** What Genesys says, question by question, the last one for ever; null asks nothing. */
  readonly details: readonly DetailsAnswer[] | null;
  readonly settings: PipelineSettings;
}

export const conversationId = 'conversation-1';
/** Queue time by which nothing waits any more. */
export const endOfTime = noon + 30 * 86_400_000;
/** Queue time at which no hold has passed. */
const early = noon + 1_000;

const messageOf = (id: string, body: object, sentAtMs: number): Message => ({
  id,
  body: JSON.stringify(body),
  sentAtMs,
  receiveCount: 1,
  handle: id,
});

const state = (status: string, n: number) =>
  detailEnvelope([{ data: { status }, sequence: n, at: second(n) }], { at: second(n) });
const action = 'conversation:state';
const fact = (n: number): string => `${new Date(second(n)).toISOString()} ${action}`;

/** Says by itself that the conversation is over. */
const end = { message: messageOf('A', state('disconnected', 5), second(6)), facts: [fact(5)] };
/** The same fact from another carrier. */
const again = { message: messageOf('A again', { ...state('disconnected', 5), id: 'other' }, second(6)), facts: [fact(5)] };
const late = { message: messageOf('B late', state('connected', 3), second(8)), facts: [fact(3)] };
const later = { message: messageOf('C late', state('alerting', 1), second(9)), facts: [fact(1)] };

const asked: SmallWorld = {
  name: 'one duplicate, one late',
  messages: [end, again, late],
  batches: false,
  refusals: false,
  watermarksMs: [endOfTime, endOfTime, endOfTime],
  pageItems: Infinity,
  slowMs: 0,
  details: null,
  settings: { ...settings, maxAttempts: 20, shards: 1 },
};

const complete = (n: number): DetailsAnswer => ({ kind: 'complete', details: { conversationId, answer: n } });

/** The first is the one that must be walked; the others are it with one thing changed. */
export const smallWorlds: readonly SmallWorld[] = [
  asked,
  { ...asked, name: 'messages come in batches, too', batches: true },
  { ...asked, name: 'calls are refused, too', refusals: true },
  { ...asked, name: 'two different late events', messages: [end, late, later] },
  { ...asked, name: 'a first look that leaves', watermarksMs: [early, endOfTime, endOfTime] },
  {
    ...asked,
    name: 'early records, two late events',
    messages: [late, end, later],
    watermarksMs: [early + 24_000, early + 30_000, endOfTime],
    settings: { ...asked.settings, emitPartialEveryMs: 10_000 },
  },
  { ...asked, name: 'pages of one item', pageItems: 1 },
  { ...asked, name: 'every call outlasts a quarter of the lease', slowMs: asked.settings.leaseMs },
  {
    ...asked,
    name: 'Genesys is not ready, then says something else each time',
    details: [{ kind: 'absent' }, ...Array.from({ length: 20 }, (_, n) => complete(n))],
  },
];
