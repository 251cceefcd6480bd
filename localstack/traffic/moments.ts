import type { Leg, Note, Script } from './script';
import type { Wave } from './traffic';

/** A point in time of a script that Genesys tells of with one micro-event. */
export interface Moment {
  readonly at: number;
  readonly wave: Wave;
  /** The event's type: the topic without `v2.detail.events.conversation.{id}.`. */
  readonly topic: string;
  readonly participantId: string | null;
  readonly sessionId: string | null;
  readonly of: { readonly leg: Leg } | { readonly note: Note };
}

/** At one and the same millisecond: starts, then what happens in between, then ends, then the work afterwards. */
const topicOrder = [
  'customer.start',
  'outbound',
  'flow.start',
  'acd.start',
  'user.start',
  'voicemail.start',
  'contact',
  'attributes',
  'flow.outcome',
  'flow.end',
  'acd.end',
  'voicemail.end',
  'user.end',
  'customer.end',
  'acw',
  'wrapup',
  'conversation.end',
];

const ofLeg = (leg: Leg): readonly Moment[] => {
  const who = { participantId: leg.participantId, sessionId: leg.sessionId, of: { leg } };
  const moments: Moment[] = [];
  if (!leg.startUnheard) moments.push({ ...who, at: leg.from, wave: leg.wave, topic: `${leg.kind}.start` });
  if (leg.to !== null) moments.push({ ...who, at: leg.to, wave: leg.endWave ?? leg.wave, topic: `${leg.kind}.end` });
  if (leg.kind === 'user' && leg.work) moments.push({ ...who, at: leg.work.at, wave: leg.work.wave, topic: 'acw' });
  return moments;
};

const ofNote = (note: Note): Moment => {
  const told = { at: note.at, wave: note.wave, of: { note } };
  switch (note.kind) {
    case 'attributes':
      return { ...told, topic: 'attributes', participantId: note.participantId, sessionId: null };
    case 'end-mark':
      return { ...told, topic: 'conversation.end', participantId: null, sessionId: null };
    default:
      return { ...told, topic: note.kind, participantId: note.leg.participantId, sessionId: note.leg.sessionId };
  }
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareMoments = (a: Moment, b: Moment): number =>
  // An explicit end mark is last, whatever its clock says.
  Number(a.topic === 'conversation.end') - Number(b.topic === 'conversation.end') ||
  a.at - b.at ||
  topicOrder.indexOf(a.topic) - topicOrder.indexOf(b.topic) ||
  compareText(a.participantId ?? '-', b.participantId ?? '-') ||
  compareText(a.sessionId ?? '-', b.sessionId ?? '-');

/** Everything that is told of a script, in the order in which a record must list it. */
export const momentsOf = (script: Script): readonly Moment[] =>
  [...script.legs.flatMap(ofLeg), ...script.notes.map(ofNote)].sort(compareMoments);
