import type { StoredEvent, StoredRecord } from '../items';
import { isObject } from '../json';

/*
 * A conversation's history as a file, one JSON text a line, so that it can be run again and each of its records made anew:
 *
 *   header    which conversation, who wrote the file
 *   begin     a window's head was created: its life, and the revision that it began after
 *   arrive    an event was buffered; one that came again is there a second time
 *   close     a record was made, of all that had arrived, and which
 *
 * When a window closed, and whether its record was handed off, the file says; what the record says must follow from the events.
 */

export const historyLayout = 1;

export interface HistoryHeader {
  readonly tidemark: 'history';
  readonly layout: typeof historyLayout;
  /** Name and version of the program that wrote it. */
  readonly program: string;
  readonly conversationId: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly notice: string;
}

export interface BeginStep {
  readonly step: 'begin';
  readonly life: string;
  readonly finished: number;
}

export interface ArriveStep extends StoredEvent {
  readonly step: 'arrive';
  /** It had come before; the table keeps its last queue time alone, so its first is said as late as it can have been. */
  readonly again?: true;
}

export interface CloseStep extends Pick<StoredRecord, 'record' | 'madeOf' | 'gone'> {
  readonly step: 'close';
  /** Queue time and wall time of the close; null where an earlier version put the record and nothing tells. */
  readonly watermarkMs: number | null;
  readonly atMs: number | null;
  readonly handedOff: boolean;
}

export type HistoryStep = BeginStep | ArriveStep | CloseStep;

export interface History {
  readonly header: HistoryHeader;
  readonly steps: readonly HistoryStep[];
}

export const writeHistory = ({ header, steps }: History): string =>
  [header, ...steps].map((line) => `${JSON.stringify(line)}\n`).join('');

/** It is a history, and not one that this program can run. */
export class HistoryUnreadableError extends Error {
  override readonly name = 'HistoryUnreadableError';
}

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const isStep = (value: unknown): value is HistoryStep =>
  isObject(value) &&
  ((value['step'] === 'begin' && typeof value['life'] === 'string' && typeof value['finished'] === 'number') ||
    (value['step'] === 'arrive' && isObject(value['event']) && typeof value['sentAtMs'] === 'number') ||
    (value['step'] === 'close' && isObject(value['record']) && Array.isArray(value['madeOf'])));

/** Null for a file of another kind: its first line tells. */
export const readHistory = (text: string): History | null => {
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
  const [first, ...rest] = lines.filter(({ line }) => line.trim() !== '');
  const header = parseLine(first?.line ?? '');
  if (!isObject(header) || header['tidemark'] !== 'history') return null;
  if (header['layout'] !== historyLayout)
    throw new HistoryUnreadableError(
      `Expected a history of layout ${historyLayout}, got ${JSON.stringify(header['layout'])}. A newer version wrote it: run that one.`,
    );
  const steps = rest.map(({ line, number }) => {
    const step = parseLine(line);
    if (isStep(step)) return step;
    throw new HistoryUnreadableError(`Expected a step of a history in line ${number}, got something else. Export it again.`);
  });
  // The layout vouches for this type: only an export writes it.
  return { header: header as unknown as HistoryHeader, steps };
};
