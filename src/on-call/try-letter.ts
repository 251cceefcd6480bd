import type { CanonicalEvent } from '../core/event';
import type { Entry } from '../core/formats/entry';
import { readEnvelope } from '../core/formats/envelope';
import { readEvents } from '../core/formats/read-events';
import { keys } from '../core/items';
import { readLetterEntries } from '../core/on-call/letter-entries';
import type { Rejection } from '../core/rejection';
import type { SchemaRegistry } from '../core/schema-registry';
import { eventItem } from '../table/item-codec';
import { assertItemAllowed, assertKeyAllowed } from '../table/item-limits';

/** What the code that runs here makes of a message, as far as it goes without table and topic. */
export interface Trial {
  readonly entries: readonly Entry[];
  readonly conversationIds: readonly string[];
  readonly events: readonly CanonicalEvent[];
  /** Events that are published or dropped, of which no trace is kept. */
  readonly passed: number;
  readonly rejection: Rejection | null;
  /** Name of the error that our own code failed with: a bug. */
  readonly fault: string | null;
}

const nothing: Trial = { entries: [], conversationIds: [], events: [], passed: 0, rejection: null, fault: null };

/** Below it no event can be over an item's limit, even if nothing of it can be compressed. */
const surelyFits = 200 * 1024;

const tooLarge: Rejection = {
  reason: 'too-large',
  detail: 'Expected an event that fits a table item, got one that does not.',
  step: 'buffer',
};

const fitsTable = async (event: CanonicalEvent, bytes: number): Promise<boolean> => {
  try {
    assertKeyAllowed(keys.event(event));
    if (bytes > surelyFits) assertItemAllowed(await eventItem({ event, sentAtMs: 0 }, 0));
    return true;
  } catch {
    return false;
  }
};

/** No id of ours is longer; a longer one is somebody's mistake, and no key can hold it. */
const isShort = (id: string): boolean => id !== '' && id.length <= 200;

const nameOf = (error: unknown): string => (error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : 'Error');

/** Receives and validates a body as the worker would; never rejects for what it holds. */
export const tryLetter = async (body: string, registry: SchemaRegistry, allowedSources: readonly string[]): Promise<Trial> => {
  let known = nothing;
  try {
    const envelope = readEnvelope(body);
    if ('reason' in envelope) return { ...nothing, rejection: envelope };
    known = { ...nothing, ...readLetterEntries(envelope, registry) };
    const read = readEvents(envelope, registry, allowedSources);
    const events = read.events.map(({ event }) => event);
    const conversationIds = [
      ...new Set([...known.conversationIds, ...events.map(({ conversationId }) => conversationId)]),
    ].filter(isShort);
    const bytes = Buffer.byteLength(body);
    const fits = await Promise.all(events.map((event) => fitsTable(event, bytes)));
    const rejection = read.rejection ?? (fits.includes(false) ? tooLarge : null);
    return { ...known, conversationIds, events: events.filter((_, at) => fits[at]), passed: read.passed.length, rejection };
  } catch (error) {
    return { ...known, fault: nameOf(error) };
  }
};
