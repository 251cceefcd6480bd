import { createFloor } from '../../localstack/bench/core/floor';
import { corpora } from '../../localstack/bench/core/corpora';
import { createTidemark } from '../../localstack/bench/core/tidemark';
import { registry } from '../outside';
import { feedMessage } from '../factories';

const floor = createFloor(registry);
const tidemark = createTidemark(registry);

/* Two sides that do not do the same job cannot be compared. */

test.each(corpora().map(({ name, bodies }) => [name, bodies] as const))(
  'both sides see the same events in %s',
  (_name, bodies) => {
    expect(bodies.filter((body) => floor(body) !== tidemark(body))).toEqual([]);
    expect(bodies.filter((body) => floor(body) !== null).length).toBeGreaterThan(bodies.length * 0.9);
  },
);

test.each([
  ['an event of no known type', feedMessage({ type: 'nothing.known' })],
  ['an event without what is needed of it', feedMessage({ body: { conversationId: null } })],
  ['an event whose time is a text', feedMessage({ body: { eventTime: 'noon' } })],
])('both sides refuse %s', (_what, message) => {
  const body = JSON.stringify(message);
  expect([floor(body), tidemark(body)]).toEqual([null, null]);
});

test('both sides take an event that departs where nothing depends on it', () => {
  const body = JSON.stringify(feedMessage({ body: { mediaType: 'TELEPATHY', novel: 1, queueId: null } }));
  expect([floor(body), tidemark(body)]).toEqual([1, 1]);
});
