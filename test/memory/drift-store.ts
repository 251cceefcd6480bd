import { byPath, type DriftSighting, mergeSightings } from '../../src/core/drift';
import { keys } from '../../src/core/items';
import { answer } from '../../src/memory/answer';
import type { DriftStore } from '../../src/ports';
import { assertKeyAllowed } from '../../src/table/item-limits';

const placeOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk}\n${sk}`;

export const memoryDriftStore = (): DriftStore => {
  const rows = new Map<string, DriftSighting>();
  return {
    add: (sighting) =>
      answer(() => {
        const key = keys.drift(sighting.subject, sighting.path, sighting.kind);
        // DynamoDB would; the embedded stand-in does not.
        assertKeyAllowed(key);
        const before = rows.get(placeOf(key));
        rows.set(placeOf(key), before ? mergeSightings(before, sighting) : sighting);
      }),
    list: (subject) => answer(() => [...rows.values()].filter((row) => row.subject === subject).sort(byPath)),
  };
};
