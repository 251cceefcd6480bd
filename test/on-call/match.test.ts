import type { StoppedFilter } from '../../src/core/on-call/filter';
import { JsonPathInvalidError, matcherOf, readJsonPath } from '../../src/on-call/match';
import { noon } from '../factories';
import { stopped } from './stopped';

const matches = (filter: StoppedFilter, one = stopped(), body: string | null = null): boolean =>
  matcherOf(filter, noon)(one, body);

const minute = 60_000;

describe('a filter', () => {
  test('takes everything when nothing is asked', () => {
    expect(matches({})).toBe(true);
  });

  test.each<readonly [string, StoppedFilter, StoppedFilter]>([
    ['id', { ids: ['x', 'letter-1'] }, { ids: ['x'] }],
    ['group', { groups: ['abc123'] }, { groups: ['abc124'] }],
    ['place', { places: ['worker'] }, { places: ['window', 'execution'] }],
    ['reason', { reasons: ['invalid'] }, { reasons: ['not-json'] }],
    ['subject', { subjects: ['a.subject'] }, { subjects: ['a'] }],
    ['type', { types: ['a.type'] }, { types: ['a'] }],
    ['conversation', { conversationId: 'c-2' }, { conversationId: 'c-3' }],
    ['age', { olderThanMs: 5 * minute, newerThanMs: 5 * minute }, { olderThanMs: 5 * minute + 1 }],
    ['age', {}, { newerThanMs: 5 * minute - 1 }],
    ['several parts', { ids: ['letter-1'], reasons: ['invalid'] }, { ids: ['letter-1'], reasons: ['not-json'] }],
  ])('asks for %s', (_, taking, refusing) => {
    const one = stopped({ conversationIds: ['c-1', 'c-2'], stoppedAtMs: noon - 5 * minute });
    expect([matches(taking, one), matches(refusing, one)]).toEqual([true, false]);
  });

  test('goes by the beginning where nobody knows the end, and by nothing where nobody knows either', () => {
    const began = stopped({ stoppedAtMs: null, beganAtMs: noon - 10 * minute });
    expect(matches({ olderThanMs: 10 * minute }, began)).toBe(true);
    const unknown = stopped({ stoppedAtMs: null, beganAtMs: null });
    expect(matches({ olderThanMs: 0 }, unknown)).toBe(false);
    expect(matches({ newerThanMs: 1e12 }, unknown)).toBe(false);
  });

  test('finds by JSONPath what the body holds', () => {
    const body = JSON.stringify({ detail: { eventBody: { mediaType: 'VOICE', n: null } } });
    expect(matches({ where: "$.detail.eventBody[?@ == 'VOICE']" }, stopped(), body)).toBe(true);
    expect(matches({ where: '$..n' }, stopped(), body)).toBe(true);
    expect(matches({ where: "$..[?@.mediaType == 'CHAT']" }, stopped(), body)).toBe(false);
  });

  test.each(['not json', '[1]', '"VOICE"', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, null])(
    'finds nothing by JSONPath where there is no body that a worker would read',
    (body) => {
      expect(matches({ where: '$' }, stopped(), body)).toBe(false);
    },
  );

  test('says where a JSONPath cannot be read', () => {
    expect(() => readJsonPath('$.detail[?@.x == ]')).toThrow(JsonPathInvalidError);
    expect(() => readJsonPath('$.detail[?@.x == ]')).toThrow(`\n  $.detail[?@.x == ]\n  ${' '.repeat(17)}^`);
  });
});
