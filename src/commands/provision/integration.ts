import { awsEventSources } from '../../aws/event-sources';
import { ConfigError, loadAwsConfig, loadGenesysConfig } from '../../config';
import type { GenesysClient } from '../../genesys/client';
import { carryOut, look } from '../../genesys/provisioning';
import { provisioningApi } from '../../genesys/provisioning-api';
import type { Wanted } from '../../genesys/provisioning-plan';
import { chooseTopics } from '../../genesys/provisioning-topics';
import type { Clock } from '../../ports';
import { hostTime } from '../host-time';
import { registryAt } from '../schemas/registry-at';
import { askForSource, type SourceReport } from './event-source';
import { suffixPattern, type ProvisionOptions } from './options';
import { changesText, mustBeLookedAt, outcomeText, reportJson, type ProvisionReport } from './report';
import type { ProvisionTerminal } from './terminal';

type Waiting = Pick<Clock, 'monotonicMs' | 'sleep'>;
type Place = Omit<Wanted, 'topics'>;

const placeOf = ({ name, account, region, suffix = name }: ProvisionOptions): Place => {
  const place = region ?? loadAwsConfig().region;
  const problems = [
    ...(account === undefined ? ['--account: expected the AWS account that events are sent to, 12 digits.'] : []),
    ...(place === undefined ? ['--region: expected it, or AWS_REGION: where the partner event source is.'] : []),
    ...(suffixPattern.test(suffix) ? [] : ['--suffix: expected it, because the name has characters that a suffix may not have.']),
  ];
  if (problems.length > 0 || account === undefined || place === undefined) throw new ConfigError(problems);
  return { name, suffix, accountId: account, region: place };
};

const askAws = async (
  { aws, wait, dryRun }: ProvisionOptions,
  { suffix, region }: Place,
  organisationId: string,
  clock: Waiting,
): Promise<SourceReport | null> => {
  if (!aws) return null;
  const sources = awsEventSources(region, loadAwsConfig().endpointUrl);
  const question = { organisationId, suffix, region, waitMs: dryRun ? 0 : wait * 1_000 };
  return askForSource(sources, question, clock).finally(sources.destroy);
};

export interface IntegrationOutside {
  readonly client: GenesysClient;
  readonly clock: Waiting;
  readonly terminal: ProvisionTerminal;
}

/** The integration at Genesys, and what AWS has of it. */
export const provisionIntegration = async (
  options: ProvisionOptions,
  { client, clock, terminal }: IntegrationOutside,
): Promise<void> => {
  const { out, err, found } = terminal;
  const { dryRun, json, move } = options;
  const place = placeOf(options);
  const { registry } = registryAt(options.registry);
  const api = provisioningApi(client, clock);
  const organisationId = await api.organisationId();
  const topics = chooseTopics(registry.eventSubjects, await api.topics(), options.only === 'reconstruct');
  const wanted: Wanted = { ...place, topics: topics.topics };
  const first = await look(api, wanted, move);
  const { existing, reportedState, changes } = first;
  const before: ProvisionReport = {
    ...{ host: new URL(loadGenesysConfig().apiUrl).host, organisationId, name: place.name, accountId: place.accountId },
    ...{ isDryRun: dryRun, integrationId: existing?.id ?? null, intendedState: existing?.intendedState ?? null, reportedState },
    ...{ changes, notTaken: [], topics, source: null },
  };
  if (!json) out(changesText(before));
  const announce = (text: string): void => err(`${text}\n`);
  const doing = { api, wanted, mayMove: move, clock, announce };
  const done = dryRun || changes.length === 0 ? {} : await carryOut(doing, first);
  const report = { ...before, ...done, source: await askAws(options, place, organisationId, clock) };
  out(json ? reportJson(report) : outcomeText(report, hostTime.nowMs()));
  if (mustBeLookedAt(report)) found();
};
