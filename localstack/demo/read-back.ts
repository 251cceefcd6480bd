import { askGenesys } from './genesys';
import type { ServedDetails } from './judge/executions';
import { observe, type Observed } from './observe';
import type { Stage } from './stage';

const isAskable = (conversationId: string): boolean => /^[\w-]+$/.test(conversationId);

/** Everything that the workers left behind, and what Genesys serves of it. */
export const readBack = async (stage: Stage): Promise<{ readonly observed: Observed; readonly served: ServedDetails }> => {
  const observed = await observe(stage);
  return { observed, served: await askGenesys(stage.places, [...observed.records.keys()].filter(isAskable)) };
};
