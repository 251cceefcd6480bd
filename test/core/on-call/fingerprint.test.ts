import fc from 'fast-check';
import { groupOf, isGroupName, ruleOf } from '../../../src/core/on-call/fingerprint';
import { groupStopped } from '../../../src/core/on-call/stopped-groups';
import { stopped } from '../../on-call/stopped';

const cause = { place: 'worker', reason: 'invalid', type: 'v2.a.{id}.b', rule: '$.a is required', detail: '$.a is required, came nothing' } as const; // prettier-ignore

describe('a group', () => {
  test('is the same whatever ids and numbers its members hold', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.nat(), fc.nat(), (id, other, n, m) => {
        const at = (uuid: string, number: number): string =>
          groupOf({ ...cause, type: `v2.users.${uuid}.x`, detail: `Expected at most ${number} wrappers around ${uuid}.` });
        expect(at(id, n)).toBe(at(other, m));
        expect(isGroupName(at(id, n))).toBe(true);
      }),
    );
  });

  test('is another for another place, reason, type, rule or problem', () => {
    const others = [
      { place: 'eventbridge' },
      { reason: 'unknown-type' },
      { type: 'v2.a.{id}.c' },
      { rule: '$.b is required' },
      { detail: '$.a must be string, came integer' },
    ] as const;
    const names = [cause, ...others.map((other) => ({ ...cause, ...other }))].map(groupOf);
    expect(new Set(names).size).toBe(names.length);
  });

  test('does not depend on how many others were in the message, nor on the order of its problems', () => {
    const one = groupOf(cause);
    const among = '2 of 9 entries refused (details[3, 4]), the others admitted. First: $.a is required, came nothing';
    expect(groupOf({ ...cause, detail: among })).toBe(one);
    const both = ['$.a is required, came nothing', '$.b is required, came nothing'];
    expect(groupOf({ ...cause, detail: both.join('; ') })).toBe(groupOf({ ...cause, detail: both.toReversed().join('; ') }));
  });

  test('is counted alike in whatever order its members are met', () => {
    const some = fc.record({
      id: fc.uuid(),
      group: fc.constantFrom('aaaaaa', 'bbbbbb', 'cccccc'),
      stoppedAtMs: fc.option(fc.nat()),
      beganAtMs: fc.option(fc.nat()),
      outlook: fc.constantFrom('would-pass', 'would-fail', 'unknown'),
    });
    const members = fc.uniqueArray(some, { selector: ({ id }) => id, maxLength: 30 });
    const twice = members.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(twice, ([all, shuffled]) => {
        const groups = groupStopped(all.map((one) => stopped(one)));
        expect(groupStopped(shuffled.map((one) => stopped(one)))).toEqual(groups);
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      }),
    );
  });
});

test.each([
  ['$.eventTime must be integer, came string', '$.eventTime must be integer'],
  ['$.a is required, came nothing; $.b must be string, came null', '$.a is required'],
  [
    'envelope.eventbridge: $.detail.eventBody must be object, came string',
    'envelope.eventbridge: $.detail.eventBody must be object',
  ],
  [
    '1 of 2 entries refused (details[1]), the others admitted. First: $.x[*].y must be string, came integer',
    '$.x[*].y must be string',
  ],
  ['Expected a type that has a subject in the schema registry, got one that has none.', null],
  ['', null],
])('the rule in %p is %p', (detail, rule) => {
  expect(ruleOf(detail)).toBe(rule);
});
