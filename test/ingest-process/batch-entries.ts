import type { OutgoingHttpHeaders } from 'node:http';

/* A batch of which every other entry fails, the first included: those never reach the queue. */

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

interface Batch {
  readonly Entries: readonly { readonly Id: string }[];
}

interface BatchAnswer {
  readonly Successful?: readonly object[];
  readonly Failed?: readonly object[];
}

const entriesOf = (batch: Buffer): Batch => JSON.parse(batch.toString()) as Batch;
const isKept = (_: unknown, at: number): boolean => at % 2 === 1;

/** Null: none is left. */
export const withoutEvenEntries = (batch: Buffer): Buffer | null => {
  const asked = entriesOf(batch);
  const kept = asked.Entries.filter(isKept);
  return kept.length === 0 ? null : Buffer.from(JSON.stringify({ ...asked, Entries: kept }));
};

export const withFailedEntries = (batch: Buffer, answer: Answer | null): Answer => {
  const failed = entriesOf(batch).Entries.filter((entry, at) => !isKept(entry, at));
  const said = answer === null ? {} : (JSON.parse(answer.body.toString()) as BatchAnswer);
  const Failed = [...(said.Failed ?? []), ...failed.map(({ Id }) => ({ Id, SenderFault: false, Code: 'InternalError' }))];
  const headers = answer?.headers ?? { 'content-type': 'application/x-amz-json-1.0' };
  return { status: 200, headers, body: Buffer.from(JSON.stringify({ Successful: [], ...said, Failed })) };
};
