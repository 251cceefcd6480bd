import type { Json, JsonObject } from '../../../../src/core/json';
import type { VersionVerdict } from '../../../../src/core/registry/compatibility/compatibility';
import { drawInstance } from '../../../schemas/instance';
import { createChance, type Chance } from '../../../simulation/chance';
import { changeSchema, drawRoot } from './changed-schema';
import { arriving, driftBy, emitted, judge, validatorOf } from './judged';

/* What is called compatible is so, for values drawn of the schemas: the verdict is held against the validators. */

interface Pair {
  readonly seed: number;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly chance: Chance;
}

const seeds = Array.from({ length: 250 }, (_, at) => at + 1);

const pairs: readonly Pair[] = seeds.flatMap((seed) => {
  const chance = createChance(seed);
  const before = drawRoot(chance);
  const after = changeSchema(before, chance);
  return validatorOf(before) && validatorOf(after) ? [{ seed, before, after, chance }] : [];
});

const instancesOf = (schema: JsonObject, chance: Chance, nulls: number): readonly Json[] =>
  Array.from({ length: 6 }, (_, at) =>
    drawInstance(schema, { chance, presence: (at % 3) / 2, nulls, turn: at % 2 === 0 ? at : null }),
  );

/** Places where a value may come that the old version does not list. */
const grown = ({ changes }: VersionVerdict): ReadonlySet<string> =>
  new Set(changes.filter(({ what }) => /^value .* added$|^no longer limited/.test(what)).map(({ path }) => path));

test('the pairs are many, and of both kinds', () => {
  const compatible = pairs.filter(({ before, after }) => judge(arriving('backward'), [before, after]).isCompatible);
  expect(pairs.length).toBeGreaterThan(150);
  expect(compatible.length).toBeGreaterThan(50);
  expect(pairs.length - compatible.length).toBeGreaterThan(50);
});

test('of what arrives: what was valid by the old version is no drift by a compatible one, but for fields that it no longer names', () => {
  const faults = pairs.flatMap(({ seed, before, after, chance }) => {
    if (!judge(arriving('backward'), [before, after]).isCompatible) return [];
    const valid = instancesOf(before, chance, 0.2).filter((value) => driftBy(before, value).length === 0);
    return valid
      .map((value) => ({ seed, value, drift: driftBy(after, value).filter((one) => !one.startsWith('unknown-field ')) }))
      .filter(({ drift }) => drift.length > 0);
  });
  expect(faults).toEqual([]);
});

test('of what arrives, in full mode: what is valid by the new version is read by the old one, but for fields and values that it does not know', () => {
  const faults = pairs.flatMap(({ seed, before, after, chance }) => {
    const verdict = judge(arriving('full'), [before, after]);
    if (!verdict.isCompatible) return [];
    const open = grown(verdict);
    const valid = instancesOf(after, chance, 0.2).filter((value) => driftBy(after, value).length === 0);
    const isForeseen = (drift: string): boolean =>
      drift.startsWith('unknown-field ') ||
      (drift.startsWith('unknown-value ') && open.has(drift.slice('unknown-value '.length)));
    return valid
      .map((value) => ({ seed, value, drift: driftBy(before, value).filter((one) => !isForeseen(one)) }))
      .filter(({ drift }) => drift.length > 0);
  });
  expect(faults).toEqual([]);
});

test('of what we emit: what was valid by the old version is valid by a compatible one', () => {
  const faults = pairs.flatMap(({ seed, before, after, chance }) => {
    if (!judge(emitted, [before, after]).isCompatible) return [];
    const valid = instancesOf(before, chance, 0).filter((value) => validatorOf(before)?.(value));
    return valid.filter((value) => !validatorOf(after)?.(value)).map((value) => ({ seed, value }));
  });
  expect(faults).toEqual([]);
});

// The rest lies where hardly a value comes, or is only forgiven by how we look at what arrives.
test('most of what is called breaking is shown to be so by a drawn value', () => {
  const breaking = pairs.filter(({ before, after }) => !judge(arriving('backward'), [before, after]).isCompatible);
  const shown = breaking.filter(({ before, after, chance }) =>
    instancesOf(before, chance, 0).some((value) => driftBy(before, value).length === 0 && driftBy(after, value).length > 0),
  );
  expect(shown.length / breaking.length).toBeGreaterThan(0.5);
});
