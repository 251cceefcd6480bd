import type { Wave } from './traffic';

/*
 * A script in the words of the detail envelope (seed 004): the conversation itself changes state, and details tell of it, many
 * to an envelope, each envelope counting its own `sequence` from 1.
 */

export type EnvelopeMedia = 'voice' | 'chat' | 'email' | 'video' | 'task';
export type EnvelopeState = 'ringing' | 'connected' | 'onhold' | 'transfer' | 'disconnected';

/** From `at` on, the conversation is in that state. */
export interface Turn {
  readonly state: EnvelopeState;
  readonly at: number;
}

export type DetailName =
  'conversation:state' | 'conversation:state:updated' | 'voice:call:connected' | 'voice:call:transferred' | 'participant:added';

/** One detail: what is told, and with which wave. */
export interface Telling {
  readonly at: number;
  readonly name: DetailName;
  readonly data: Readonly<Record<string, unknown>>;
  readonly wave: Wave;
}

export interface EnvelopeScript {
  readonly story: string;
  readonly conversationId: string;
  /** Null: the envelope comes alone, and nobody says from which organisation. Else inside an EventBridge event. */
  readonly orgId: string | null;
  readonly media: EnvelopeMedia;
  readonly direction: string;
  readonly turns: readonly Turn[];
  readonly tellings: readonly Telling[];
  readonly participantIds: readonly string[];
  readonly queueIds: readonly string[];
  readonly skillIds: readonly string[];
  readonly agentIds: readonly string[];
  readonly wrapUpCodes: readonly string[];
  readonly caller: string | null;
  readonly callee: string | null;
  readonly transfers: number;
  /** As told, in whole seconds; null: never told. */
  readonly holdSeconds: number | null;
  readonly workSeconds: number | null;
  readonly durationSeconds: number | null;
  /** From queue entry to connect, where the queue was told before. */
  readonly queueWaitMs: number | null;
  readonly late: boolean;
}

/** Details in envelopes: never two waves in one, `createdTimestamp` growing from one to the next. */
export interface Envelope {
  readonly wave: Wave;
  readonly createdMs: number;
  readonly details: readonly Telling[];
}

/** Cuts the tellings into envelopes of up to `most`. */
export const envelopesOf = (script: EnvelopeScript, most: number): readonly Envelope[] => {
  const envelopes: { wave: Wave; createdMs: number; details: Telling[] }[] = [];
  for (const telling of script.tellings) {
    const open = envelopes.at(-1);
    if (open?.wave === telling.wave && open.details.length < most) {
      open.details.push(telling);
      open.createdMs = telling.at + 7;
    } else envelopes.push({ wave: telling.wave, createdMs: telling.at + 7, details: [telling] });
  }
  return envelopes;
};
