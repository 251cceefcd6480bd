import { type BatchResultErrorEntry, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { neverSent } from '../core/ingest/sendable';
import type { IntakeWriter, QueuedPost, WriteOutcome } from '../ports-ingest';
import { stringAttributes } from './message-attributes';

/** What speaks of the message itself. SQS calls throttling and what its key refuses the sender's fault, too, and those pass. */
const ofTheMessage =
  /^(AWS\.SimpleQueueService\.)?(Invalid(MessageContents|ParameterValue|AttributeValue)|MissingParameter)(Exception)?$/;

/** A code is short and plain; a text may quote what was sent. */
const codeOf = (code: string | undefined): string => (code !== undefined && /^[\w.]{1,80}$/.test(code) ? code : 'unknown');

const notTaken = ({ SenderFault, Code }: BatchResultErrorEntry): WriteOutcome => {
  const why = codeOf(Code);
  return { kind: SenderFault === true && ofTheMessage.test(why) ? 'refused' : 'failed', why };
};

type Outcomes = ReadonlyMap<string, WriteOutcome>;

const sendBatch = async (sqs: SQSClient, queueUrl: string, batch: ReadonlyMap<string, QueuedPost>): Promise<Outcomes> => {
  if (batch.size === 0) return new Map();
  const Entries = [...batch].map(([Id, { body, attributes }]) => ({
    Id,
    MessageBody: body,
    MessageAttributes: stringAttributes(attributes),
  }));
  const { Successful = [], Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  const written = Successful.flatMap(({ Id = '', MessageId }): [string, WriteOutcome][] =>
    MessageId ? [[Id, { kind: 'written', messageId: MessageId }]] : [],
  );
  return new Map([...Failed.map((entry): [string, WriteOutcome] => [entry.Id ?? '', notTaken(entry)]), ...written]);
};

/** One request for a batch, tried again only as the client does by itself: then a message whose first answer was lost is in the queue twice. */
export const sqsIntakeWriter = (sqs: SQSClient, queueUrl: string): IntakeWriter => ({
  write: async (batch) => {
    const refusals = batch.map(neverSent);
    const sendable = [...batch.entries()].filter(([at]) => refusals[at] === null);
    const outcomes = await sendBatch(sqs, queueUrl, new Map(sendable.map(([at, post]) => [String(at), post])));
    return refusals.map((why, at) =>
      why === null ? (outcomes.get(String(at)) ?? { kind: 'failed', why: 'not-answered' }) : { kind: 'refused', why },
    );
  },
});
