import { readEnvelope } from '../../../src/core/formats/envelope';
import { readEvents } from '../../../src/core/formats/read-events';
import type { SchemaRegistry } from '../../../src/core/schema-registry';
import type { Decode } from './floor';

/** What the steps `receive` and `validate` do with a message. */
export const createTidemark =
  (registry: SchemaRegistry): Decode =>
  (body) => {
    const envelope = readEnvelope(body);
    if ('reason' in envelope) return null;
    const { events, passed, rejection } = readEvents(envelope, registry, []);
    return rejection === null ? events.length + passed.length : null;
  };
