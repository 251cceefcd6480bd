import { attributeBytes, limits, utf8Bytes } from './limits';
import type { Notification } from './items';
import type { ConversationRecord } from './record';

export const withoutLifecycle = (record: ConversationRecord): ConversationRecord => ({
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

const noIds = { agentIds: [], externalContactIds: [], flowIds: [], queueIds: [], skillIds: [], wrapUpCodes: [] } as const;

/** Of thousands of agents or contacts not even the ids fit; the metrics do. */
export const withoutIds = (record: ConversationRecord): ConversationRecord => {
  const { omitted = [], ...lean } = withoutLists(record);
  const all = new Set([...omitted, 'missing', ...Object.keys(noIds)]);
  return { ...lean, ...noIds, missing: [], omitted: [...all].sort() };
};

/** The first of the versions that fits; the last one if none does, and then the call's own check refuses it by name. */
export const firstThatFits = <T>(versions: readonly (() => T)[], sizeOf: (version: T) => number, limit: number): T => {
  let tried: T | undefined;
  for (const make of versions) {
    tried = make();
    if (sizeOf(tried) <= limit) return tried;
  }
  return tried as T;
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
  const versions = [record, withoutLifecycle, withoutLists, withoutIds].map(
    (version) => () => JSON.stringify(typeof version === 'function' ? version(record) : version),
  );
  return { message: firstThatFits(versions, utf8Bytes, room), attributes };
};
