import { randomUUID } from 'node:crypto';
import { startFakeGenesys, type FakeGenesys } from '../../localstack/embedded/genesys/server';
import { defaultPermissions } from '../../localstack/embedded/genesys/clients';
import { checkedSwitches } from '../../localstack/embedded/genesys/unverified';
import { fakeGenesysContract } from './genesys.contract';

const fakes: FakeGenesys[] = [];
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
});

const client = {
  id: 'client-1',
  secret: 'secret-1',
  permissions: [
    ...defaultPermissions,
    'integrations:integration:view',
    'integrations:integration:add',
    'integrations:integration:edit',
  ],
};

fakeGenesysContract(async (switches = {}) => {
  let nowMs = Date.UTC(2026, 0, 7);
  const ended = ['09:00', '09:30'].map((time) => ({
    conversationId: randomUUID(),
    conversationStart: `2026-01-05T${time}:00.000Z`,
    conversationEnd: '2026-01-05T10:00:00.000Z',
  }));
  const fake = await startFakeGenesys({
    clients: [client],
    unknownIds: 'absent',
    conversations: ended,
    nowMs: () => nowMs,
    switches: checkedSwitches(switches),
  });
  fakes.push(fake);
  return {
    apiUrl: fake.url,
    loginUrl: fake.url,
    client,
    script: { control: fake.control, advance: (ms) => void (nowMs += ms) },
    ended: () => Promise.resolve(ended),
  };
});
