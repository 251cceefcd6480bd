import { resources, subscriptionDeadLetterQueue } from '../../src/resources';
import type { AlarmPlaces } from '../../infra/alarms/definition';
import { alarmDefinitions } from '../../infra/alarms/definitions';
import { settingDefinitions } from '../../infra/setting-definitions';

const { intakeQueue, deadLetterQueue, eventDeadLetterQueue, table, stateMachine } = resources();

/** An installation with default settings, a partner event source, a subscriber and ingest. */
export const defaultPlaces: AlarmPlaces = {
  intakeQueue: intakeQueue.name,
  deadLetterQueue: deadLetterQueue.name,
  eventDeadLetterQueue: eventDeadLetterQueue.name,
  subscribers: [{ name: 'warehouse', queue: subscriptionDeadLetterQueue('tidemark', 'warehouse').name }],
  partnerSource: 'aws.partner/genesys.com/cloud/organisation/tidemark',
  bus: 'aws.partner/genesys.com/cloud/organisation/tidemark',
  rules: ['tidemark-feed'],
  stateMachineArn: `arn:aws:states:us-east-1:000000000000:stateMachine:${stateMachine.name}`,
  table: table.name,
  cluster: 'tidemark',
  service: 'tidemark-worker',
  leastTasks: settingDefinitions.leastTasks.default,
  ingest: {
    loadBalancer: 'app/tidemark/0a1b2c3d4e5f6071',
    targetGroup: 'targetgroup/tidemark/0a1b2c3d4e5f6071',
    service: 'tidemark-ingest',
    leastTasks: settingDefinitions.ingestLeastTasks.default,
  },
  silenceMinutes: settingDefinitions.silenceMinutes.default,
};

export const defaultAlarms = alarmDefinitions(defaultPlaces);
