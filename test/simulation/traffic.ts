import type { Random } from '../../src/ports';
import { feedMessage } from '../factories';

/** A message and when the sender hands it to the queue, ms from the beginning. */
export interface Sent {
  readonly atMs: number;
  readonly body: string;
}

/** What really happened in one conversation: each fact once, in order. */
export interface Script {
  readonly conversationId: string;
  readonly facts: readonly { readonly type: string; readonly eventTimeMs: number }[];
  readonly isComplete: boolean;
}

export type CloseMoment = 'claim' | 'put';

export interface History {
  readonly messages: readonly Sent[];
  /** By conversation: sent when its window is first claimed, or its first record put. There an event is lost most easily. */
  readonly ambushes: ReadonlyMap<string, { readonly at: CloseMoment; readonly body: string }>;
  readonly scripts: readonly Script[];
}

const startMs = Date.UTC(2026, 0, 1);
const minute = 60_000;

interface Step {
  readonly type: string;
  readonly afterMs: number;
  readonly session: string;
  readonly body?: Readonly<Record<string, string | number>>;
}

const call: readonly Step[] = [
  { type: 'customer.start', afterMs: 0, session: 'customer' },
  { type: 'acd.start', afterMs: 1_000, session: 'acd' },
  { type: 'acd.end', afterMs: 9_000, session: 'acd', body: { acdOutcome: 'ANSWERED' } },
  { type: 'user.start', afterMs: 9_001, session: 'user' },
  { type: 'user.end', afterMs: 60_000, session: 'user', body: { interactingDurationMs: 50_000 } },
  { type: 'customer.end', afterMs: 60_500, session: 'customer' },
  { type: 'acw', afterMs: 90_000, session: 'user', body: { wrapupDurationMs: 29_000 } },
];

const lastEventMs = 90_000;
/** The hold of the simulated workers. */
const holdMs = 45_000;

const bodyOf = (conversation: string, at: number, { type, session, body = {} }: Step, eventBridgeId: string): string =>
  JSON.stringify(feedMessage({ conversation, at, type, session, participant: session, body, eventBridgeId }));

/** Most events come at once, some while their window is just being closed, some much later. */
const drawDelayMs = (random: Random, afterMs: number): number => {
  const draw = random.fraction();
  if (draw < 0.08) return random.fraction() * 30 * minute;
  const sinceLastEvent = lastEventMs - afterMs;
  return draw < 0.25 ? sinceLastEvent + holdMs + random.fraction() * 15_000 : random.fraction() * 4_000;
};

/**
 * Calls that arrive late, twice, in any order; some lose their end for ever. The facts are written down as they are scripted,
 * and nothing is ever derived from the messages.
 */
export const drawHistory = (random: Random, conversations: number): History => {
  const messages: Sent[] = [];
  const ambushes = new Map<string, { readonly at: CloseMoment; readonly body: string }>();
  const chance = (share: number): boolean => random.fraction() < share;
  const scripts = Array.from({ length: conversations }, (_, index): Script => {
    const conversationId = `conversation-${String(index)}`;
    const beginMs = Math.floor(random.fraction() * 5 * minute);
    const isComplete = !chance(0.1);
    const steps = isComplete ? call : call.filter(({ type }) => type !== 'customer.end');
    const inAmbush = chance(0.5) ? steps.at(-1) : undefined;
    for (const step of steps) {
      const eventTimeMs = startMs + beginMs + step.afterMs;
      if (step === inAmbush) {
        const body = bodyOf(conversationId, eventTimeMs, step, random.id());
        ambushes.set(conversationId, { at: chance(0.3) ? 'claim' : 'put', body });
        continue;
      }
      const delayMs = drawDelayMs(random, step.afterMs);
      const copies = chance(0.2) ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        const atMs = Math.floor(beginMs + step.afterMs + delayMs + copy * random.fraction() * minute);
        messages.push({ atMs, body: bodyOf(conversationId, eventTimeMs, step, random.id()) });
      }
    }
    const facts = steps.map(({ type, afterMs }) => ({ type, eventTimeMs: startMs + beginMs + afterMs }));
    return { conversationId, facts, isComplete };
  });
  return { messages: messages.sort((a, b) => a.atMs - b.atMs), ambushes, scripts };
};
