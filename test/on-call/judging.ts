import type { CanonicalEvent } from '../../src/core/event';
import type { FailureNote } from '../../src/core/items';
import type { JudgeOutside } from '../../src/on-call/judge';
import type { HeldLetter } from '../../src/ports-on-call';
import { noon } from '../factories';
import { registry } from '../outside';

/* What a judge is given, in memory. */

interface Judging {
  readonly registry?: JudgeOutside['registry'];
  readonly there?: readonly CanonicalEvent[];
  readonly notes?: readonly FailureNote[];
  readonly allowedSources?: readonly string[] | null;
}

export const judging = (given: Judging = {}): JudgeOutside => {
  const { there = [], notes = [], allowedSources = [] } = given;
  const known = new Set(there.map(({ fingerprint }) => fingerprint));
  return {
    registry: given.registry ?? registry,
    allowedSources,
    storedEvents: {
      thoseThere: (events) => Promise.resolve(new Set(events.filter(({ fingerprint }) => known.has(fingerprint)))),
    },
    notes: { of: (bodySha256) => Promise.resolve(notes.filter((note) => note.bodySha256 === bodySha256)) },
  };
};

export const workerQueue = { place: 'worker', url: 'https://sqs.test/000000000000/dead-letters' } as const;

export const heldLetter = (body: string, fields: Partial<HeldLetter> = {}): HeldLetter => ({
  id: 'letter-1',
  body,
  attributes: {},
  sentAtMs: noon,
  receiveCount: 1,
  movedFromArn: null,
  handle: 'handle-1',
  ...fields,
});
