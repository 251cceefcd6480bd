import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startAws } from './aws';
import { startFakeGenesys } from './genesys/server';
import { isTaken } from './loopback';

/*
 * The stand-ins in a process of their own. One line of JSON on stdout says that they are ready and where; they end on SIGTERM or
 * SIGINT, and when whoever holds the other end of stdin is gone. All state is in memory.
 */

const usage = `Usage: npm run stand-ins [-- OPTIONS]

Starts SQS, SNS, DynamoDB and Step Functions on one local endpoint, and a fake Genesys Cloud on another. A port that is taken is
replaced by a free one. The line on stdout says where they are.
  --port N           for AWS_ENDPOINT_URL (default 4566)
  --genesys-port N   for the fake Genesys (default 4580)
  --help             this

The fake Genesys knows one client: GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET (default: test, test).
`;

/** A parent holds a pipe or a socket; a terminal or /dev/null says nothing about anybody's life. */
const hasParent = (): boolean => {
  const stdin = fstatSync(0);
  return stdin.isFIFO() || stdin.isSocket();
};

const startGenesys = (preferredPort: number) => {
  const { GENESYS_CLIENT_ID: id = 'test', GENESYS_CLIENT_SECRET: secret = 'test' } = process.env;
  const startOn = (port: number) => startFakeGenesys({ port, clients: [{ id, secret }] });
  return startOn(preferredPort).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    return startOn(0);
  });
};

const run = async (awsPort: number, genesysPort: number): Promise<void> => {
  const [aws, genesys] = await Promise.all([startAws(awsPort), startGenesys(genesysPort)]);
  const stop = (): void => {
    void Promise.all([aws.close(), genesys.close()]).finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  if (hasParent()) process.stdin.once('end', stop).once('error', stop).resume();
  process.stdout.write(`${JSON.stringify({ aws: aws.url, genesys: genesys.url })}\n`);
};

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    'genesys-port': { type: 'string', default: '4580' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) process.stdout.write(usage);
else void run(Number(options.port), Number(options['genesys-port']));
