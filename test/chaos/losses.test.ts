import { findLosses } from '../../localstack/chaos/losses';
import { aRevision, evidenceOf, plan } from '../demo/evidence';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 5, 12, 0, second)).toISOString();
const entry = (sequence: number, action: string, second: number) => ({ sequence, action, timestamp: at(second) });
const conversation = plan.conversations[0]!;
const expecting = (...lifecycle: readonly ReturnType<typeof entry>[]) => ({
  ...plan,
  conversations: [{ ...conversation, expected: { ...conversation.expected, lifecycle } }],
});
const observedWith = (...lifecycle: readonly ReturnType<typeof entry>[]) => evidenceOf(aRevision({ lifecycle })).observed;

test('an event that is in no record is named, with its conversation', () => {
  const whole = expecting(entry(1, 'customer.start', 0), entry(2, 'acw', 7), entry(3, 'acw', 7));
  const found = observedWith(entry(1, 'customer.start', 0), entry(2, 'acw', 7));
  expect(findLosses(whole, found)).toEqual([`${conversation.conversationId}: acw of ${at(7)}`]);
});

test('of a conversation without a record everything is lost; a bad message that nobody set aside is lost, too', () => {
  const losses = findLosses(expecting(entry(1, 'customer.start', 0)), { records: new Map(), deadLetters: [] });
  expect(losses).toEqual([`${conversation.conversationId}: customer.start of ${at(0)}`, 'a bad message: not-json']);
});

test('where everything is there nothing is lost, whatever its number', () => {
  expect(findLosses(expecting(entry(1, 'acw', 7)), observedWith(entry(4, 'acw', 7)))).toEqual([]);
});
