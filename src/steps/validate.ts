import { type EventsRead, readEvents } from '../core/formats/read-events';
import type { Message } from '../ports';
import type { Outside, PipelineSettings } from './outside';
import type { Received } from './receive';

export type Validated = { readonly message: Message } & EventsRead;

/** Step 2: from an envelope to canonical events, judged by the registry. Drift is counted and goes on. */
export const validate =
  (outside: Pick<Outside, 'registry' | 'metrics' | 'drift'>, settings: PipelineSettings) =>
  ({ message, envelope, rejection }: Received): Validated => {
    if (!envelope) return { message, events: [], passed: [], rejection, drift: [] };
    const read = readEvents(envelope, outside.registry, settings.allowedSources);
    for (const { subject, drift } of read.drift) {
      outside.metrics.add('SchemaDrift', 1, { subject });
      outside.drift.note(subject, drift);
    }
    return { message, ...read };
  };
