import type { Answer, Call } from './call';

/*
 * Which messages the workers have dealt with, read off their calls: a message that is received has an id, and whoever deletes it by
 * its receipt says that its events are stored or that it was set aside.
 */

export interface Trail {
  readonly asked: (call: Call) => void;
  readonly answered: (call: Call, answer: Answer) => void;
  /** Ids of messages that were asked to be deleted. */
  readonly deleted: () => ReadonlySet<string>;
}

interface Receipt {
  readonly ReceiptHandle?: string;
  readonly MessageId?: string;
}

const parse = (body: Buffer): { readonly Messages?: readonly Receipt[]; readonly Entries?: readonly Receipt[] } =>
  JSON.parse(body.toString('utf8')) as ReturnType<typeof parse>;

export const openTrail = (): Trail => {
  const idByReceipt = new Map<string, string>();
  const deleted = new Set<string>();
  return {
    asked: ({ operation, body }) => {
      if (operation !== 'DeleteMessageBatch') return;
      for (const { ReceiptHandle = '' } of parse(body).Entries ?? []) {
        const id = idByReceipt.get(ReceiptHandle);
        if (id !== undefined) deleted.add(id);
      }
    },
    answered: ({ operation }, { status, body }) => {
      if (operation !== 'ReceiveMessage' || status !== 200) return;
      for (const { ReceiptHandle = '', MessageId = '' } of parse(body).Messages ?? []) idByReceipt.set(ReceiptHandle, MessageId);
    },
    deleted: () => deleted,
  };
};
