import { type RejectionReason, rejectionReasons } from '../../src/core/rejection';
import { registry } from '../outside';
import { isCarried } from '../schemas/carried';
import { inputKinds } from './draw-input';
import type { Tally } from './tally';

/*
 * What a run must have seen to prove anything: inputs that are all bent too far, or not far enough, never reach the code that
 * could fail on them.
 */

const leastShareAtMapper = 0.3;

/** What a run leaves behind, after the garbage is collected. What stays of each input would be far more by the end. */
const mostGrowthBytes = 64 * 1024 * 1024;

/** Where each reason is given; a reason that is missing here does not compile. */
const steps = {
  'not-json': ['receive'],
  'not-object': ['receive'],
  'too-deep': ['receive'],
  'too-large': ['receive', 'validate', 'buffer'],
  'unknown-envelope': ['receive'],
  'unknown-type': ['validate'],
  invalid: ['receive', 'validate'],
  'foreign-source': ['validate'],
} as const satisfies Record<RejectionReason, readonly string[]>;

const expected = (): readonly string[] => {
  const carried = registry.eventSubjects.filter(isCarried);
  const mapped = carried.filter(({ action }) => action === 'reconstruct').map(({ mapper }) => `mapper ${mapper}`);
  const actions = carried.map(({ action }) => `event ${action}`);
  const rejections = rejectionReasons.flatMap((reason) => steps[reason].map((step) => `rejection ${reason} (${step})`));
  return [...new Set([...mapped, ...actions, ...rejections, 'taken and set aside', 'through all six steps'])];
};

/** What is missing from a run, or wrong with it; empty if all is well. */
export const missedConditions = (
  { inputs, reachedMapper, kinds, seen, faulty }: Tally,
  growthBytes: number,
): readonly string[] => {
  const share = reachedMapper / Math.max(1, inputs);
  return [
    ...(faulty === 0 ? [] : [`${faulty} inputs did what none may do`]),
    ...(share >= leastShareAtMapper
      ? []
      : [`expected at least ${leastShareAtMapper * 100} % to reach a mapper, ${(share * 100).toFixed(1)} % did`]),
    ...expected().flatMap((name) => (seen[name] ? [] : [`never happened: ${name}`])),
    ...inputKinds.flatMap((kind) => (kinds[kind] ? [] : [`never drawn: ${kind}`])),
    ...(growthBytes <= mostGrowthBytes ? [] : [`the heap has grown by ${Math.round(growthBytes / 1024 / 1024)} MiB`]),
  ];
};
