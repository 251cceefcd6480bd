import { type Envelope, readEnvelope } from '../core/formats/envelope';
import type { Rejection } from '../core/rejection';
import type { Message } from '../ports';

/** A message read as far as its shape. */
export interface Received {
  readonly message: Message;
  readonly envelope: Envelope | null;
  readonly rejection: Rejection | null;
}

/** Step 1: from a message to an envelope, wrappers taken off. */
export const receive = (message: Message): Received => {
  const read = readEnvelope(message.body);
  return 'reason' in read ? { message, envelope: null, rejection: read } : { message, envelope: read, rejection: null };
};
