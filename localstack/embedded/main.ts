import { parseArgs } from 'node:util';
import { startAws } from './aws';
import { startBackOffice } from './back-office/server';
import { offeredTopics } from './genesys/offered-topics';
import { startOnPortOrFree } from './genesys/port-or-free';
import type { StateMachineOptions } from './state-machine-api';
import { endWhenTold } from './until-told';

/*
 * The stand-ins in a process of their own. One line of JSON on stdout says that they are ready and where; they end on SIGTERM or
 * SIGINT, and when whoever holds the other end of stdin is gone. All state is in memory.
 */

const usage = `Usage: npm run stand-ins [-- OPTIONS]

Starts SQS, SNS, DynamoDB and Step Functions on one local endpoint, a fake Genesys Cloud on another, and on a third the CRM and ticket
system that workflows call. A port that is taken is replaced by a free one. The line on stdout says where they are.
  --port N                for AWS_ENDPOINT_URL (default 4566)
  --genesys-port N        for the fake Genesys (default 4580)
  --back-office-port N    for CRM and tickets (default 4581)
  --workflow-pause-ms N   how long workflows wait and pause before another try (default: as long as they say)
  --help                  this

The fake Genesys knows one client: GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET (default: test, test).
`;

const startGenesys = (port: number) => {
  const { GENESYS_CLIENT_ID: id = 'test', GENESYS_CLIENT_SECRET: secret = 'test' } = process.env;
  return startOnPortOrFree(port, { clients: [{ id, secret }], topics: offeredTopics() });
};

interface Ports {
  readonly aws: number;
  readonly genesys: number;
  readonly backOffice: number;
}

const run = async (ports: Ports, workflows: StateMachineOptions): Promise<void> => {
  const started = [startAws(ports.aws, workflows), startGenesys(ports.genesys), startBackOffice(ports.backOffice)] as const;
  const [aws, genesys, { url, crmUrl, ticketUrl, close }] = await Promise.all(started);
  endWhenTold(() => Promise.all([aws.close(), genesys.close(), close()]));
  process.stdout.write(`${JSON.stringify({ aws: aws.url, genesys: genesys.url, backOffice: { url, crmUrl, ticketUrl } })}\n`);
};

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    'genesys-port': { type: 'string', default: '4580' },
    'back-office-port': { type: 'string', default: '4581' },
    'workflow-pause-ms': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(usage);
else {
  const { port, 'genesys-port': genesys, 'back-office-port': backOffice, 'workflow-pause-ms': pause } = options;
  const ports = { aws: Number(port), genesys: Number(genesys), backOffice: Number(backOffice) };
  void run(ports, pause === undefined ? {} : { pauseMs: Number(pause) });
}
