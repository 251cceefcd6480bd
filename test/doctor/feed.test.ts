import { judgeFeed, type SeenFeed, type SeenRule } from '../../src/doctor/feed-check';
import type { Seen } from '../../src/doctor/seen';
import type { DescribedRule, RuleTarget } from '../../src/ports-doctor';
import { amiss, busName, queueArn, rule, target } from './samples';

const seen = <T>(value: T): Seen<T> => ({ kind: 'seen', value });
const absent: Seen<never> = { kind: 'absent' };

type Amiss = readonly string[];

describe('the feed', () => {
  const good: SeenFeed = {
    on: busName,
    bus: seen({ arn: 'arn' }),
    rules: [{ name: 'tidemark-feed', rule: seen(rule), targets: seen([target]) }],
    archives: seen([{ name: 'archive', state: 'ENABLED', retentionDays: 30 }]),
    source: seen({ state: 'ACTIVE', expiresAtMs: null }),
  };
  const queues = { intakeArn: queueArn('tidemark-intake'), eventDeadLetterArn: queueArn('tidemark-event-dead-letters') };
  const [first] = good.rules;
  const changedTo = (changed: Partial<SeenRule>): SeenFeed => ({ ...good, rules: [{ ...first!, ...changed }] });
  const withRule = (changed: Partial<DescribedRule>): SeenFeed => changedTo({ rule: seen({ ...rule, ...changed }) });
  const withTarget = (changed: Partial<RuleTarget>): SeenFeed => changedTo({ targets: seen([{ ...target, ...changed }]) });
  const second: SeenRule = { ...first!, name: 'tidemark-feed-2', rule: seen({ ...rule, state: 'DISABLED' }) };

  test.each<readonly [string, SeenFeed, Amiss]>([
    ['as it should be', good, []],
    ['of a bus that is no partner’s', { ...withRule({ pattern: '{"source":["mine"]}' }), on: 'own', source: null }, []],
    [
      'of a source that waits for its bus',
      { ...good, source: seen({ state: 'PENDING', expiresAtMs: 0 }) },
      ['partner source: wrong'],
    ],
    [
      'of a source that Genesys took away',
      { ...good, source: seen({ state: 'DELETED', expiresAtMs: null }) },
      ['partner source: wrong'],
    ],
    ['of a source that is not there', { ...good, source: absent }, ['partner source: wrong']],
    ['without a bus', { ...good, bus: absent }, ['bus: wrong']],
    ['without a rule', changedTo({ rule: absent }), ['rule: wrong']],
    ['of two rules, the second switched off', { ...good, rules: [...good.rules, second] }, ['rule: wrong']],
    ['of a rule that is switched off', withRule({ state: 'DISABLED' }), ['rule: wrong']],
    ['of a rule for another source', withRule({ pattern: '{"source":["aws.ec2"]}' }), ['pattern: wrong']],
    ['of a rule that is no pattern', withRule({ pattern: null }), ['pattern: wrong']],
    ['of a rule with a matcher that is not known here', withRule({ pattern: '{"source":[{"suffix":"x"}]}' }), ['pattern: warn']],
    ['of a rule for some types', withRule({ pattern: `{"source":["${busName}"],"detail-type":["a"]}` }), []],
    ['that goes elsewhere', withTarget({ arn: queueArn('other') }), ['target: wrong']],
    ['that goes nowhere', changedTo({ targets: seen([]) }), ['target: wrong']],
    ['whose target gives up into nothing', withTarget({ deadLetterArn: null }), ["target's dead letters: wrong"]],
    ['whose target gives up elsewhere', withTarget({ deadLetterArn: queueArn('other') }), ["target's dead letters: warn"]],
    ['whose target gives up early', withTarget({ retryAttempts: 2 }), ['retries: warn']],
    ['whose target says nothing of retries', withTarget({ retryAttempts: null, maxAgeSeconds: null }), []],
  ])('%s', (_, given, expected) => {
    expect(amiss(judgeFeed(given, queues))).toEqual(expected);
  });

  test('says that what is sent is lost while the source is pending, and until when', () => {
    const found = judgeFeed({ ...good, source: seen({ state: 'PENDING', expiresAtMs: 0 }) }, queues);
    expect(found[0]).toMatchObject({ actual: 'PENDING, goes away at 1970-01-01T00:00:00.000Z' });
    expect(found[0]?.todo).toContain('is lost until then');
  });
});
