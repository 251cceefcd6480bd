import type { Chance } from './chance';

/** The contact centre that all conversations of a run pass through. */
export interface Centre {
  readonly orgId: string;
  readonly divisionId: string;
  readonly queueIds: readonly string[];
  readonly userIds: readonly string[];
  readonly skillIds: readonly string[];
  readonly flowIds: readonly string[];
  readonly wrapUpCodes: readonly string[];
  readonly campaignIds: readonly string[];
}

export const openCentre = (chance: Chance): Centre => {
  const ids = (count: number): readonly string[] => Array.from({ length: count }, () => chance.uuid());
  return {
    orgId: chance.uuid(),
    divisionId: chance.uuid(),
    queueIds: ids(5),
    userIds: ids(30),
    skillIds: ids(8),
    flowIds: ids(4),
    wrapUpCodes: ids(6),
    campaignIds: ids(2),
  };
};
