import { analyticsOf } from '../../localstack/traffic/analytics';
import { findCanaries } from '../../localstack/traffic/canary';
import { generateTraffic } from '../../localstack/traffic/generate';
import { details, get, login, start } from './fake-genesys-caller';

const traffic = generateTraffic({ seed: 'analytics', conversations: 50 });

test('Genesys knows the end of exactly those conversations that ended', () => {
  for (const truth of traffic.truths) {
    const ended = 'conversationEnd' in analyticsOf(truth);
    expect({ story: truth.story, ended }).toEqual({ story: truth.story, ended: truth.expected.status === 'final' });
  }
});

test('the fake answers with them, odd ids included, and with the numbers that must not leak', async () => {
  const fake = await start({ unknownIds: 'absent', conversations: traffic.truths.map(analyticsOf) });
  const token = await login(fake);
  const ids = traffic.truths.map(({ conversationId }) => encodeURIComponent(conversationId));
  const { body } = await get(fake, details(ids.join(',')), token);
  expect(body).toEqual({ conversations: traffic.truths.map(analyticsOf) });
  expect(findCanaries(JSON.stringify(body), traffic.canaries).map(({ kind }) => kind)).toContain('number');
});
