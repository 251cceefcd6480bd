import { type CanonicalEvent, fingerprint } from '../event';
import { isObject, type JsonObject, textOrNull } from '../json';
import type { ConversationRecord, RecordContent } from '../record';
import type { SubjectTypes } from '../schema-types/subject-types';
import { isOutdated } from './compare';
import { correct } from './correct';
import type { AnalyticsFacts } from './facts';

/*
 * What Genesys's analytics say of a conversation enters its window as an event of ours, like any other: stored before the head
 * is looked at, counted once, in the next revision. It carries the facts and not the differences: each fold finds those anew, so that a
 * late event which makes a record agree takes its correction away.
 */

export const correctionSubject = 'tidemark.correction';

/**
 * `comparedWith` is the revision that the facts were held against: the newer one's facts stand. It makes a pass that is repeated the
 * same event.
 */
export type CorrectionBody = SubjectTypes[typeof correctionSubject];

export const correctionEvent = (
  record: Pick<ConversationRecord, 'conversationId' | 'orgId' | 'life' | 'revision'>,
  facts: AnalyticsFacts,
  conversationEndMs: number,
  schemaVersion: number,
): CanonicalEvent => {
  const { conversationId, orgId, life, revision } = record;
  const body: CorrectionBody = {
    conversationId,
    conversationEnd: new Date(conversationEndMs).toISOString(),
    comparedWith: { life, revision },
    analytics: facts,
  };
  const parts = {
    format: 'tidemark',
    type: correctionSubject,
    conversationId,
    participantId: null,
    sessionId: null,
    eventTimeMs: conversationEndMs,
    // Plain JSON; an interface only lacks the index signature that would say so.
    body: body as unknown as JsonObject,
  } as const;
  return {
    layout: 1,
    orgId,
    ...parts,
    subject: correctionSubject,
    schemaVersion,
    mediaType: null,
    envelopeTimeMs: conversationEndMs,
    sequence: revision,
    fingerprint: fingerprint(parts),
  };
};

const comparedWith = ({ body }: CanonicalEvent): readonly [life: string, revision: number] => {
  const compared = isObject(body['comparedWith']) ? body['comparedWith'] : {};
  return [textOrNull(compared['life']) ?? '', Number(compared['revision'] ?? 0)];
};

const isNewer = (a: CanonicalEvent, b: CanonicalEvent): boolean => {
  const [lifeA, revisionA] = comparedWith(a);
  const [lifeB, revisionB] = comparedWith(b);
  return lifeA === lifeB ? revisionA >= revisionB : lifeA > lifeB;
};

export interface Corrected {
  readonly content: RecordContent;
  /** Analytics say that it is over, and nothing has begun since. */
  readonly isOver: boolean;
}

/** Of several corrections, in order, the newest counts. Without one, or with one that speaks of an earlier end, the content stays. */
export const applyCorrections = (content: RecordContent, corrections: readonly CanonicalEvent[]): Corrected => {
  const newest = corrections.reduce<CanonicalEvent | null>((best, one) => (best && !isNewer(one, best) ? best : one), null);
  if (!newest || isOutdated(content, newest.eventTimeMs)) return { content, isOver: false };
  const { analytics } = newest.body;
  // Only we write these, and the registry has judged them.
  return { content: isObject(analytics) ? correct(content, analytics as unknown as AnalyticsFacts) : content, isOver: true };
};
