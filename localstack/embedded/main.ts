import { parseArgs } from 'node:util';
import { startAws } from './aws';
import { startOnPortOrFree } from './genesys/port-or-free';
import { endWhenTold } from './until-told';

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

const startGenesys = (port: number) => {
  const { GENESYS_CLIENT_ID: id = 'test', GENESYS_CLIENT_SECRET: secret = 'test' } = process.env;
  return startOnPortOrFree(port, { clients: [{ id, secret }] });
};

const run = async (awsPort: number, genesysPort: number): Promise<void> => {
  const [aws, genesys] = await Promise.all([startAws(awsPort), startGenesys(genesysPort)]);
  endWhenTold(() => Promise.all([aws.close(), genesys.close()]));
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
