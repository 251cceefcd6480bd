import { createHash, randomUUID } from 'node:crypto';

interface Attribute {
  readonly DataType: string;
  readonly StringValue: string;
}

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, Attribute>>;
}

export interface Batch {
  readonly Entries: readonly Entry[];
}

const md5 = (text: string | Buffer): string => createHash('md5').update(text).digest('hex');

const withLength = (text: string): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
};

/** SQS's: names in order, each with its type and value, lengths before them; 1 says that the value is text. */
const attributesMd5 = (attributes: Readonly<Record<string, Attribute>>): string =>
  md5(
    Buffer.concat(
      Object.keys(attributes)
        .sort()
        .flatMap((name) => {
          const { DataType, StringValue } = attributes[name]!;
          return [...withLength(name), ...withLength(DataType), Buffer.from([1]), ...withLength(StringValue)];
        }),
    ),
  );

/** Which bodies it took, by the id of the message: hashes, so that a long run fits. */
export type Taken = Map<string, string>;

const store = ({ Id, MessageBody, MessageAttributes }: Entry, taken: Taken) => {
  const hash = md5(MessageBody);
  const messageId = randomUUID();
  taken.set(messageId, hash);
  return {
    Id,
    MessageId: messageId,
    MD5OfMessageBody: hash,
    ...(MessageAttributes === undefined ? {} : { MD5OfMessageAttributes: attributesMd5(MessageAttributes) }),
  };
};

/** One by itself. */
export const sendOne = (entry: Omit<Entry, 'Id'>, taken: Taken): object => store({ ...entry, Id: '' }, taken);

/** SendMessageBatch. Of a batch that is taken `partly`, every other entry fails. */
export const sendBatch = ({ Entries }: Batch, taken: Taken, isPartly: boolean) => ({
  Successful: Entries.filter((_, index) => !isPartly || index % 2 === 1).map((entry) => store(entry, taken)),
  Failed: Entries.filter((_, index) => isPartly && index % 2 === 0).map(({ Id }) => ({
    Id,
    SenderFault: false,
    Code: 'InternalError',
    Message: 'Not this time.',
  })),
});
