import { attributeBytes, limits, utf8Bytes } from '../limits';

/** What SQS does not take in text: control characters but tab and line ends, lone surrogates, U+FFFE and U+FFFF. */
const notInMessages = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/u;

/** Whether a message, or an attribute of one, can carry it as it is. */
export const isMessageText = (text: string): boolean => !notInMessages.test(text);

interface Sendable {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Why SQS will never take a message, as its code; null if it may. To be asked before a batch is sent: of one that cannot be carried
 * SQS has been known to replace characters, and then the checksums of the whole batch fail.
 */
export const neverSent = ({ body, attributes }: Sendable): string | null => {
  const values = Object.values(attributes);
  if (body === '' || values.includes('')) return 'MissingParameter';
  if (utf8Bytes(body) + attributeBytes(attributes) > limits.messageBytes) return 'MessageTooLong';
  return [body, ...values].every(isMessageText) ? null : 'InvalidMessageContents';
};
