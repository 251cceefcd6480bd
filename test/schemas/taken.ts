import { foldConversation } from '../../src/core/conversation/fold';
import type { CanonicalEvent } from '../../src/core/event';
import { readEnvelope } from '../../src/core/formats/envelope';
import { type EventsRead, readEvents } from '../../src/core/formats/read-events';
import type { ConversationRecord } from '../../src/core/record';
import { mapperOf } from '../../src/steps/reconstruct';
import { registry } from '../outside';

/* What becomes of a message, by the pure part of the six steps: read, judged, and put together. */

export const take = (body: string, allowedSources: readonly string[] = []): EventsRead => {
  const envelope = readEnvelope(body);
  return 'reason' in envelope
    ? { events: [], passed: [], rejection: envelope, drift: [] }
    : readEvents(envelope, registry, allowedSources);
};

const nameMapper = mapperOf(registry);
const frame = { layout: 1, life: '0mjuohs000000001', revision: 1, pane: 'on_time', supersedes: null, changed: [] } as const;

/** What is wrong with the record that the events, all of one conversation, make; and which mappers made it. */
export const fold = (
  events: readonly CanonicalEvent[],
): { readonly faults: readonly string[]; readonly mappers: readonly string[] } => {
  const { content } = foldConversation(events, nameMapper);
  const record = { ...frame, contentHash: 'a'.repeat(64), ...content } satisfies Partial<ConversationRecord>;
  const verdict = registry.validate('tidemark.record', JSON.parse(JSON.stringify(record)));
  const unreadable = content.anomalies.filter(({ kind }) => kind === 'unreadable-event').map(({ detail }) => detail);
  return { faults: [...unreadable, ...(verdict.ok ? [] : [verdict.detail])], mappers: Object.keys(content.producedBy.mappers) };
};
