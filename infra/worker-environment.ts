import { isOnlyForIngest } from '../src/config-ingest';
import type { Environment } from '../src/config-read';
import { variables } from '../src/config-variables';
import { programEnvironment } from './program-environment';
import type { StackSettings } from './settings';

/** Steps of the workflow that need an address, and whether there is one. */
const stepsThatLack = ({ crmUrl, ticketUrl }: StackSettings): readonly string[] => [
  ...(crmUrl === null ? ['fetch_crm_contact'] : []),
  ...(ticketUrl === null ? ['update_ticket_system'] : []),
];

const enrichmentSteps = (settings: StackSettings): string => {
  const asked = settings.environment['ENRICHMENT_STEPS']?.split(',') ?? variables.ENRICHMENT_STEPS.default;
  const lacking = stepsThatLack(settings);
  return asked.filter((step) => !lacking.includes(step.trim())).join(',');
};

export const workerEnvironment = (places: Environment, settings: StackSettings): Readonly<Record<string, string>> =>
  programEnvironment({ ...places, ENRICHMENT_STEPS: enrichmentSteps(settings) }, settings, (name) => !isOnlyForIngest(name));
