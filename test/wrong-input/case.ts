import type { JsonObject } from '../../src/core/json';
import type { ConversationRecord } from '../../src/core/record';
import type { RejectionReason } from '../../src/core/rejection';
import { detailEnvelope, endMarkMessage, feedMessage, noon } from '../factories';

/** One wrong (or odd) input and what becomes of it: a row of docs/wrong-input.md, held by a test. */
export interface WrongInput {
  readonly input: string;
  readonly bodies: readonly string[];
  /** Why each message that is set aside is set aside. */
  readonly rejected?: RejectionReason;
  /** What each record says at least. */
  readonly records?: readonly (Pick<ConversationRecord, 'status' | 'eventCount'> & Partial<ConversationRecord>)[];
  /** Departures from the schema that were counted. */
  readonly drift?: number;
  readonly allowedSources?: readonly string[];
  readonly why: string;
}

export interface WrongInputGroup {
  readonly title: string;
  readonly cases: readonly WrongInput[];
}

export const partial = { status: 'partial', eventCount: 1 } as const;
export const final = { status: 'final', eventCount: 1 } as const;
export const iso = (ms: number): string => new Date(ms).toISOString();

/** One event of the real feed, `customer.start` unless told, with members added to its body. */
export const feed = (body: JsonObject = {}, type = 'customer.start'): string => JSON.stringify(feedMessage({ type, body }));

/** The same with a member whose text JSON.stringify would not write. */
export const feedWith = (member: string, type = 'customer.start'): string => {
  const mark = '"eventBody":{';
  return feed({}, type).replace(mark, () => `${mark}${member},`);
};

/** The same with `eventTime` written so. */
export const feedAt = (eventTime: string): string => feed().replace(`"eventTime":${noon}`, () => `"eventTime":${eventTime}`);

/** The same with members of the EventBridge event replaced; undefined takes one out. */
export const feedEvent = (members: Readonly<Record<string, unknown>>): string => JSON.stringify({ ...feedMessage(), ...members });

/** A body of exactly so many bytes: the text grows until it is. */
export const ofBytes = (bytes: number, make: (text: string) => string, text: string): string =>
  make(text.slice(0, bytes - Buffer.byteLength(make(''))));

/** A detail envelope with members of its `data` replaced; undefined takes one out. */
export const details = (data: Readonly<Record<string, unknown>>): string => {
  const envelope = detailEnvelope([{}]);
  return JSON.stringify({ ...envelope, data: { ...(envelope['data'] as JsonObject), ...data } });
};

/** Entries of a detail envelope: in a sound one, and in one whose outcome they decide. */
export const state = (sequence: number, status: string): JsonObject => ({
  name: 'conversation:state',
  type: 'conversation:state',
  data: { status },
  sequence,
  timestamp: iso(noon + sequence),
});

/** A `conversation.end` with members replaced; undefined takes one out. */
export const endMark = (members: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...endMarkMessage(), ...members });

export const sns = (message: unknown): string =>
  JSON.stringify({ Type: 'Notification', MessageId: '1', TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: message });

export const lambdaFailure = (payload: unknown): string =>
  JSON.stringify({ version: '1.0', requestPayload: payload, responsePayload: { errorMessage: 'it failed' } });
