import { admittingMutations } from './admitting';
import { attachingMutations } from './attaching';
import { closingMutations } from './closing';
import { harmlessMutations } from './harmless';
import type { Mutation } from './mutation';
import { sendingMutations } from './sending';
import { timingMutations } from './timing';

export const mutations: readonly Mutation[] = [
  ...closingMutations,
  ...admittingMutations,
  ...sendingMutations,
  ...timingMutations,
  ...attachingMutations,
  ...harmlessMutations,
];
