import { contentOf } from './content';
import type { SaidRecord } from './said-record';

/** What SNS and Step Functions carry. */
export const carrierBytes = 256 * 1024;

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** A copy that travels is the record itself, or says what it left out: its lifecycle first, and only where the whole does not fit. */
export const judgeCarried = (
  copy: unknown,
  record: SaidRecord,
  how: { readonly bytes: number; readonly roomForAttributes: number },
): string | null => {
  if (how.bytes > carrierBytes) return `expected at most ${carrierBytes} bytes, got ${how.bytes}`;
  // The same text is the same content, and soon seen; a giant's is long.
  if (JSON.stringify(copy) === JSON.stringify(record) || contentOf(copy) === contentOf(record)) return null;
  const { lifecycle } = record;
  const lean = { ...record, lifecycle: [], lifecycleOmitted: lifecycle.length };
  const couldTravelWhole = how.bytes + bytesOf(JSON.stringify(lifecycle)) + how.roomForAttributes <= carrierBytes;
  if (contentOf(copy) === contentOf(lean)) return couldTravelWhole ? 'expected its lifecycle, which fits, got none' : null;
  return 'expected the record that was put, or that without its lifecycle, got another';
};
