import type { JsonObject } from './json';
import { attributeBytes, limits, utf8Bytes } from './limits';
import type { Notification } from './items';
import type { ConversationRecord } from './record';

/** How a conversation's details were had from Genesys; travels beside `callDetails`. */
export type CallDetailsStatus = 'complete' | 'incomplete' | 'absent' | 'failed';

export interface ExecutionInput {
  readonly conversationId: string;
  /** When the record was created, ISO 8601. */
  readonly timestamp: string;
  readonly callDetails: JsonObject | null;
  readonly callDetailsStatus: CallDetailsStatus;
  readonly enrichmentSteps: readonly string[];
  readonly record: ConversationRecord;
  /** True where the details alone were too large to travel; they can be read from Genesys by id. */
  readonly callDetailsOmitted?: true;
}

const withoutLifecycle = (record: ConversationRecord): ConversationRecord => ({
  ...record,
  lifecycle: [],
  lifecycleOmitted: record.lifecycle.length,
});

/** A conversation of thousands of sessions is too large even without its lifecycle; what is left still identifies and measures it. */
export const withoutLists = ({ attached, ...record }: ConversationRecord): ConversationRecord => ({
  ...withoutLifecycle(record),
  anomalies: [],
  attributes: {},
  missing: record.missing.slice(0, 100),
  participants: [],
  sessions: [],
  states: [],
  omitted: [
    'anomalies',
    ...(attached ? ['attached'] : []),
    'attributes',
    ...(record.missing.length > 100 ? ['missing'] : []),
    'participants',
    'sessions',
    'states',
  ],
});

/** The first of the versions that fits; the last one if none does, and then the call's own check refuses it by name. */
export const firstThatFits = <T>(versions: readonly (() => T)[], sizeOf: (version: T) => number, limit: number): T => {
  let tried: T | undefined;
  for (const make of versions) {
    tried = make();
    if (sizeOf(tried) <= limit) return tried;
  }
  return tried as T;
};

/** The bytes an execution is started with. Made once, stored with the record, sent as they are ever after. */
export const executionInput = (input: ExecutionInput): string => {
  const { record } = input;
  const lean = (): ExecutionInput => ({ ...input, record: withoutLists(record) });
  return firstThatFits(
    [
      () => JSON.stringify(input),
      () => JSON.stringify({ ...input, record: withoutLifecycle(record) }),
      () => JSON.stringify(lean()),
      () => JSON.stringify({ ...lean(), callDetails: null, callDetailsOmitted: true }),
    ],
    utf8Bytes,
    limits.executionInputBytes,
  );
};

/**
 * An attribute is to filter on, not to read. SNS refuses control characters and the like; a sender's odd or oversized value
 * must not keep a record from being published.
 */
export const attribute = (name: string, value: string | null): Record<string, string> =>
  value !== null && /^[\x20-\x7e]{1,100}$/.test(value) ? { [name]: value } : {};

/** What subscribers filter on. */
const recordAttributes = (record: ConversationRecord): Record<string, string> => ({
  kind: 'record',
  status: record.status,
  pane: record.pane,
  revision: String(record.revision),
  ...attribute('mediaType', record.mediaType),
  ...attribute('direction', record.direction),
  ...attribute('orgId', record.orgId),
});

/** A record as it is published. Subscribers keep the highest (life, revision) of a conversation. */
export const recordNotification = (record: ConversationRecord): Notification => {
  const attributes = recordAttributes(record);
  const room = limits.notificationBytes - attributeBytes(attributes);
  const versions = [record, withoutLifecycle, withoutLists].map(
    (version) => () => JSON.stringify(typeof version === 'function' ? version(record) : version),
  );
  return { message: firstThatFits(versions, utf8Bytes, room), attributes };
};
