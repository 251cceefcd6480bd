import type { Environment } from '../src/config-read';
import { variables } from '../src/config-variables';
import { metricsNamespace, type StackSettings } from './settings';

/** A quarter is left to buffers, which Node keeps outside of its heap, and to the code. */
const heapShare = 0.75;

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

/** What the container's environment says: all of it is read by src/config.ts, but for the last, which is Node's. */
export const workerEnvironment = (places: Environment, settings: StackSettings): Readonly<Record<string, string>> => {
  const given = Object.entries({ ...settings.environment, ...places });
  return {
    ...Object.fromEntries(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    ENRICHMENT_STEPS: enrichmentSteps(settings),
    METRICS_NAMESPACE: metricsNamespace(settings),
    // By itself Node would use half of what the task pays for.
    NODE_OPTIONS: `--enable-source-maps --max-old-space-size=${Math.floor(settings.memoryMib * heapShare)}`,
  };
};
