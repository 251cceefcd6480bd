import type { CanonicalEvent } from '../event';
import { placeOfFormat } from '../order';

/** The parts of the order, in their order: the first in which two events differ decides. */
const parts = {
  'end mark': (event: CanonicalEvent) => placeOfFormat[event.format],
  time: (event: CanonicalEvent) => event.envelopeTimeMs,
  sequence: (event: CanonicalEvent) => event.sequence,
  participant: (event: CanonicalEvent) => event.participantId ?? '',
  session: (event: CanonicalEvent) => event.sessionId ?? '',
  fingerprint: (event: CanonicalEvent) => event.fingerprint,
} as const;

/** `end mark`: what closes a conversation sorts after all else, whatever its clock said, and what is our own after that. */
export type OrderPart = keyof typeof parts;

const names = Object.keys(parts) as readonly OrderPart[];

/** What puts an event behind the one before it. */
export const decidingPart = (before: CanonicalEvent, event: CanonicalEvent): OrderPart =>
  names.find((name) => parts[name](before) !== parts[name](event)) ?? 'fingerprint';
