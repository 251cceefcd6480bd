import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startAws } from './aws';

/*
 * The stand-ins in a process of their own. One line of JSON on stdout says that they are ready and where; they end on SIGTERM or
 * SIGINT, and when whoever holds the other end of stdin is gone. All state is in memory.
 */

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '4566' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `Usage: npm run stand-ins [-- --port N]

Starts SQS, SNS, DynamoDB and Step Functions on one local endpoint. A port that is taken is replaced by a free one.
  --port N   for AWS_ENDPOINT_URL (default 4566)
`;

/** A parent holds a pipe or a socket; a terminal or /dev/null says nothing about anybody's life. */
const hasParent = (): boolean => {
  const stdin = fstatSync(0);
  return stdin.isFIFO() || stdin.isSocket();
};

const run = async (): Promise<void> => {
  const aws = await startAws(Number(options.port));
  const stop = (): void => {
    void aws.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (hasParent()) process.stdin.once('end', stop).once('error', stop).resume();
  process.stdout.write(`${JSON.stringify({ aws: aws.url })}\n`);
};

if (options.help) process.stdout.write(usage);
else void run();
