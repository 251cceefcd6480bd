import { byPath, type DriftSighting, mergeSightings } from '../../src/core/drift';
import { keys } from '../../src/core/items';
import { answer } from '../../src/memory/answer';
import type { DriftStore } from '../../src/ports';

export const memoryDriftStore = (): DriftStore => {
  const rows = new Map<string, DriftSighting>();
  return {
    add: (sighting) =>
      answer(() => {
        const { pk, sk } = keys.drift(sighting.subject, sighting.path, sighting.kind);
        const before = rows.get(`${pk}\n${sk}`);
        rows.set(`${pk}\n${sk}`, before ? mergeSightings(before, sighting) : sighting);
      }),
    list: (subject) => answer(() => [...rows.values()].filter((row) => row.subject === subject).sort(byPath)),
  };
};
