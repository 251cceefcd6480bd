import { isDeepStrictEqual } from 'node:util';
import type { StoredRecord } from '../../../src/core/items';
import type { Beside } from '../../traffic/beside';
import type { ObservedExecution } from '../observe';
import { besideFields, judgeBeside, judgeNamesLearnt, type Names } from './beside';
import type { Difference } from './difference';
import { expectedIdentities } from './identities';

/* Was exactly what the records say started, and did the workflow get what it needs? */

type Json = Readonly<Record<string, unknown>>;

/** What Genesys serves of each conversation, asked anew. */
export type ServedDetails = ReadonlyMap<string, Json>;

/** What Genesys has of all conversations. `beside`: null where nobody asks for it. */
interface OfGenesys {
  readonly served: ServedDetails;
  readonly beside: Beside | null;
}

/** The four documented fields, and four more, and what else was asked for. */
const inputFields = [
  ...['callDetails', 'callDetailsStatus', 'conversationId', 'enrichmentSteps', 'expiresAt', 'identities', 'record', 'timestamp'],
];

const isPlainId = (id: string): boolean => /^[A-Za-z0-9-]{1,54}$/.test(id);

/** As documented: conversation, life and revision; an id that is not plain is changed, but ends the same way. */
const isNameOf = (name: string, { conversationId, life, revision }: StoredRecord['record']): boolean =>
  isPlainId(conversationId)
    ? name === `${conversationId}_${life}_${revision}`
    : /^h_[A-Za-z0-9_-]{1,78}$/.test(name) && name.endsWith(`_${life}_${revision}`) && name.length <= 80;

const judgeDetails = (input: Json, stored: StoredRecord, served: Json | undefined): readonly string[] => {
  const { callDetails, callDetailsStatus } = input;
  const { conversationId, status } = stored.record;
  // Genesys's ids are UUIDs: it is never asked for one that would break the list of ids.
  if (!isPlainId(conversationId))
    return callDetailsStatus === 'failed' && callDetails === null ? [] : ['callDetails: expected none, of an id that is no UUID'];
  // Whoever gave up waiting for events does not wait for Genesys either, and may get what has no end yet.
  const isUnfinished = status === 'partial' && callDetailsStatus === 'incomplete';
  const expected = Object.entries(served ?? {}).filter(([field]) => !(isUnfinished && field === 'conversationEnd'));
  const isStatusRight = isUnfinished || callDetailsStatus === 'complete';
  return [
    ...(isStatusRight ? [] : [`callDetailsStatus: expected complete, got ${String(callDetailsStatus)}`]),
    ...(isDeepStrictEqual(callDetails, Object.fromEntries(expected))
      ? []
      : ['callDetails: expected what Genesys serves, got something else']),
  ];
};

const judgeInput = (input: Json, stored: StoredRecord, { served, beside }: OfGenesys): readonly string[] => {
  const fields = Object.keys(input).sort();
  const expectedFields = beside ? [...inputFields, ...besideFields].sort() : inputFields;
  const names = (input['names'] as Names | undefined)?.users;
  const { conversationId: id } = stored.record;
  const { conversationId, timestamp, enrichmentSteps } = input;
  const isIsoTime = typeof timestamp === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(timestamp);
  return [
    ...(isDeepStrictEqual(fields, expectedFields)
      ? []
      : [`input: expected ${expectedFields.join(', ')}, got ${fields.join(', ')}`]),
    ...(conversationId === id ? [] : ['input, conversationId: expected that of the record']),
    ...(isIsoTime ? [] : [`input, timestamp: expected a time in ISO 8601, got ${String(timestamp)}`]),
    ...(Array.isArray(enrichmentSteps) && enrichmentSteps.length > 0 ? [] : ['input, enrichmentSteps: expected some']),
    ...(isDeepStrictEqual(input['record'], stored.record) ? [] : ['input, record: expected the record, got another']),
    ...(isDeepStrictEqual(input['identities'], expectedIdentities(stored.record, names))
      ? []
      : ['input, identities: expected each user and contact of the record once, got others']),
    ...judgeDetails(input, stored, served.get(id)),
    ...(beside ? judgeBeside(input, stored, { beside, isAskable: isPlainId(id) }) : []),
  ];
};

/** LocalStack writes an input anew, with escapes and white space of its own; the order of keys and every value stay. */
const asWritten = (input: string): string => JSON.stringify(JSON.parse(input));

const judgeRevision = (
  stored: StoredRecord,
  executions: readonly ObservedExecution[],
  ofGenesys: OfGenesys,
): readonly string[] => {
  const planned = stored.outbox.execution;
  if (!planned) return stored.record.pane === 'early' ? [] : ['execution: expected one to be planned, got none'];
  const own = executions.filter(({ name }) => name === planned.name);
  if (own.length !== 1) return [`executions: expected one of its name, got ${own.length}`];
  const [{ status, input }] = own as [ObservedExecution];
  return [
    ...(isNameOf(planned.name, stored.record) ? [] : [`execution: expected its documented name, got ${planned.name}`]),
    ...(status === 'SUCCEEDED' ? [] : [`execution: expected it to have succeeded, it has ${status}`]),
    ...(asWritten(input) === planned.input ? [] : ['execution: expected the bytes of its record, got others']),
    ...judgeInput(JSON.parse(input) as Json, stored, ofGenesys),
  ];
};

const describeStranger = ({ name, input }: ObservedExecution): Difference => {
  const { conversationId, record } = JSON.parse(input) as { conversationId?: string; record?: { revision?: number } };
  const what = `executions: expected none beside one for each revision, got ${name} for revision ${record?.revision}`;
  return { where: conversationId ?? 'executions', what };
};

const readNames = ({ input }: ObservedExecution) => {
  const { names, record } = JSON.parse(input) as { readonly names?: Names; readonly record: StoredRecord['record'] };
  return { names, record };
};

/** One execution for each revision that is handed off, and none else. */
export const judgeExecutions = (
  records: readonly StoredRecord[],
  executions: readonly ObservedExecution[],
  ofGenesys: OfGenesys,
): readonly Difference[] => {
  const planned = new Set(records.map(({ outbox }) => outbox.execution?.name));
  return [
    ...records.flatMap((stored) =>
      judgeRevision(stored, executions, ofGenesys).map((what) => ({
        where: stored.record.conversationId,
        what: `revision ${stored.record.revision}, ${what}`,
      })),
    ),
    ...executions.filter(({ name }) => !planned.has(name)).map(describeStranger),
    ...(ofGenesys.beside ? judgeNamesLearnt(executions.map(readNames), ofGenesys.beside) : []).map((what) => ({
      where: 'executions',
      what,
    })),
  ];
};
