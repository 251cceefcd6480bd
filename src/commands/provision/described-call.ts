import { ConfigError } from '../../config';
import type { JsonObject } from '../../core/json';
import type { GenesysClient } from '../../genesys/client';
import {
  described,
  eventStreamBody,
  eventSubscriptionBody,
  sendDescribed,
  type DescribedCall,
} from '../../genesys/provisioning-described';
import type { ProvisionOptions } from './options';
import type { ProvisionTerminal } from './terminal';

export const notListed =
  'a call that tutorials describe and that Genesys’s public API does not list. The way that it does list is `--target integration`.';

const bodyOf = (call: DescribedCall, options: ProvisionOptions): JsonObject => {
  const { name, eventBusArn, webhookUrl, media, maxRetries } = options;
  if (call === 'event-streams') {
    if (eventBusArn === undefined) throw new ConfigError(['--event-bus-arn: expected the ARN of the event bus to send to.']);
    return eventStreamBody({ name, eventBusArn, region: options.region ?? eventBusArn.split(':')[3] ?? '' });
  }
  if (webhookUrl === undefined) throw new ConfigError(['--webhook-url: expected the https:// URL to send to.']);
  return eventSubscriptionBody({ name, webhookUrl, media, maxRetries });
};

const outcomes = {
  made: 'made.',
  exists: 'there is one of that name already (409), which was left as it is.',
  'not-there':
    'this API does not have the call (404): it is none of Genesys’s public API. Nothing was made; use `--target integration`.',
} as const;

/** One request as it is described, and what came of it. */
export const provisionDescribed = async (
  call: DescribedCall,
  options: ProvisionOptions,
  { client, terminal }: { readonly client: GenesysClient; readonly terminal: ProvisionTerminal },
): Promise<void> => {
  const { out, err, found } = terminal;
  const { path } = described[call];
  const body = bodyOf(call, options);
  const request = { method: 'POST', path, body };
  err(`POST ${path}: ${notListed}\n`);
  if (options.dryRun) {
    const text = `Would send POST ${path}:\n${JSON.stringify(body, null, 2)}\n`;
    out(options.json ? `${JSON.stringify({ target: call, dryRun: true, request }, null, 2)}\n` : text);
    found();
    return;
  }
  err(`Sending POST ${path}, name ${JSON.stringify(options.name)}.\n`);
  const outcome = await sendDescribed(client, call, body);
  out(
    options.json
      ? `${JSON.stringify({ target: call, dryRun: false, request, outcome }, null, 2)}\n`
      : `POST ${path}, name ${JSON.stringify(options.name)}: ${outcomes[outcome]}\n`,
  );
  if (outcome === 'not-there') found();
};
