import { inBursts } from '../../localstack/demo/send';

const message = (conversationId: string | null, body: string) => ({ conversationId, body });

test('a burst holds whole conversations and keeps the order in which their messages were shuffled', () => {
  const messages = Array.from({ length: 300 }, (_, index) => message(`conversation-${index % 60}`, String(index)));
  const bursts = inBursts(messages);
  expect(bursts.flat()).toHaveLength(300);
  for (const burst of bursts) {
    const order = burst.map(({ body }) => Number(body));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
  const homes = bursts.map((burst) => new Set(burst.map(({ conversationId }) => conversationId)));
  expect(homes.reduce((total, home) => total + home.size, 0)).toBe(60);
  expect(Math.max(...homes.map((home) => home.size))).toBeLessThanOrEqual(25);
});

test('messages of no conversation are sent, too', () => {
  const messages = Array.from({ length: 60 }, (_, index) => message(null, String(index)));
  expect(inBursts(messages).flat()).toEqual(messages);
});
