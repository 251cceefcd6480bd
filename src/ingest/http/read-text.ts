import { isUtf8 } from 'node:buffer';
import { isMessageText } from '../../core/ingest/sendable';
import type { Refusal } from '../../core/ingest/problem';

const notText = (detail: string): Refusal => ({ problem: 'not-text', detail });

/**
 * The body as a text that a message carries byte for byte, or why there is none. A byte order mark stays where it is: with it the body is no JSON,
 * to the workers neither.
 */
export const readText = (bytes: Buffer): string | Refusal => {
  if (!isUtf8(bytes)) return notText('Expected the body to be UTF-8, it is not.');
  const text = bytes.toString('utf8');
  return isMessageText(text)
    ? text
    : notText(
        'Expected the body to hold no control characters but tab and line ends, and neither U+FFFE nor U+FFFF; it holds some.',
      );
};
