import { type ConfigRow, describeConfig } from '../../src/config-described';
import { defaultPrefix, resources, stackOutputs } from '../../src/resources';

/* .env.example, written from the definitions that read the environment. */

const account = '123456789012';
const region = 'eu-central-1';
const { intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, stateMachine, topic } = resources();
const queueUrl = (name: string): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

/** What an installation cannot do without, as it would look; the names are those of the stack. */
const examples: Readonly<Record<string, string>> = {
  QUEUE_URL: queueUrl(intakeQueue.name),
  DEAD_LETTER_QUEUE_URL: queueUrl(deadLetterQueue.name),
  EVENT_DEAD_LETTER_QUEUE_URL: queueUrl(eventDeadLetterQueue.name),
  TABLE_NAME: table.name,
  STATE_MACHINE_ARN: `arn:aws:states:${region}:${account}:stateMachine:${stateMachine.name}`,
  RECORD_TOPIC_ARN: `arn:aws:sns:${region}:${account}:${topic.name}`,
  AWS_REGION: region,
  GENESYS_REGION: region,
  GENESYS_SECRET_ARN: `arn:aws:secretsmanager:${region}:${account}:secret:tidemark-genesys-AbCdEf`,
};

const meaningOf = ({ description, required, default: value }: ConfigRow): string =>
  `# ${description}${required === 'no' || value !== '' ? '' : ` (required${required === 'yes' ? '' : ` ${required}`})`}`;

/** Commented out where there is no example: the default holds, or something else is given instead. */
const lineOf = (row: ConfigRow): string => {
  const example = examples[row.name];
  return `${meaningOf(row)}\n${example === undefined ? `#${row.name}=${row.default}` : `${row.name}=${example}`}`;
};

const head = `# Variables of a worker, with their defaults; what each may be: docs/configuration.md. Copy this to worker.env, and put in your own names:
# commands read them from a stack with \`--stack ${defaultPrefix}\` (outputs ${stackOutputs.QUEUE_URL}, ${stackOutputs.TABLE_NAME}, …).
# Lines are NAME=value, without quotes. Check it: docker run --rm --env-file worker.env tidemark worker --check-config`;

export const envExample = (): string => {
  const rows = describeConfig();
  const isFirst = ({ name, required }: ConfigRow): boolean => name in examples || required !== 'no';
  return `${[
    head,
    '# ---- What must be set, and where things are',
    ...rows.filter(isFirst).map(lineOf),
    '# ---- What may be set; the value is the default, nothing is none',
    ...rows.filter((row) => !isFirst(row)).map(lineOf),
  ].join('\n\n')}\n`;
};
