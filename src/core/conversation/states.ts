import type { Anomaly, ConversationState } from '../record';
import type { MappedEvent } from './facts';
import { isoOrNull, nameEvent } from './instant';
import { mediaTraits } from './media';

/** A stretch of time in one state, epoch ms. `fromMs` null: unknown. `toMs` null: it lasts, or the next one's start is unknown. */
export interface Span {
  readonly state: ConversationState;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

/*
 * The state machine, the same for all formats:
 *
 *   ringing ──► connected ◄──► onhold        ringing, connected, onhold ──► transfer ──► ringing, connected
 *      ▲___________│                          any ──► disconnected ──► ringing (it goes on under the same id)
 *
 * The first state may be any: what came before may never have reached us.
 */
const legalNext: Readonly<Record<ConversationState, readonly ConversationState[]>> = {
  ringing: ['connected', 'transfer', 'disconnected'],
  connected: ['ringing', 'onhold', 'transfer', 'disconnected'],
  onhold: ['connected', 'transfer', 'disconnected'],
  transfer: ['ringing', 'connected', 'disconnected'],
  disconnected: ['ringing'],
};

const isLegal = (from: ConversationState, to: ConversationState, mediaType: string | null): boolean =>
  legalNext[from].includes(to) || (from === 'disconnected' && to === 'connected' && mediaTraits(mediaType).reopensConnected);

export interface StateMachine {
  readonly current: () => ConversationState | null;
  /** A repeated state is no transition; an illegal one is taken and named. `because` is null for what follows from all events. */
  readonly enter: (state: ConversationState, atMs: number | null, because: MappedEvent | null) => void;
  /** Something known only by its bounds, which neither leaves the current state nor enters another. */
  readonly note: (span: Span) => void;
  readonly spans: () => readonly Span[];
  readonly anomalies: readonly Anomaly[];
}

export const createStateMachine = (): StateMachine => {
  const spans: Span[] = [];
  const anomalies: Anomaly[] = [];
  let current = -1;
  const stateNow = (): ConversationState | null => spans[current]?.state ?? null;
  return {
    anomalies,
    current: stateNow,
    enter: (state, atMs, because) => {
      const left = spans[current];
      if (left?.state === state) return;
      if (left) {
        spans[current] = { ...left, toMs: atMs };
        if (!isLegal(left.state, state, because?.facts.mediaType ?? null)) anomalies.push(illegal(left, state, because));
      }
      current = spans.push({ state, fromMs: atMs, toMs: null }) - 1;
    },
    note: (span) => void spans.push(span),
    spans: () => spans,
  };
};

const illegal = (left: Span, state: ConversationState, because: MappedEvent | null): Anomaly => ({
  kind: 'illegal-transition',
  detail:
    `Expected ${legalNext[left.state].join(' or ')} after ${left.state} of ${isoOrNull(left.fromMs) ?? 'an unknown time'}, ` +
    `got ${state}${because ? ` by ${nameEvent(because.event)}` : ''}; taken as sent.`,
});
