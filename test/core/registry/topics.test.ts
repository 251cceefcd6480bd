import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventSubject } from '../../../src/core/registry/subject';
import { topicFinder } from '../../../src/core/registry/topics';
import { registry } from '../../outside';

const names = JSON.parse(readFileSync(join(__dirname, '../../samples/genesys/topics.json'), 'utf8')) as readonly string[];

/** Only what a finder asks of a subject. */
const subjects = names.map((name) => ({ subject: name, format: 'genesys', name, formerNames: [] }) as unknown as EventSubject);
const find = topicFinder(subjects);

/** The longest template that fits, an id being any text that is not empty. */
const longestFitting = (topic: string): string | null => {
  const fits = (template: string): boolean =>
    new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '.+')}$`, 's').test(topic);
  const [longest] = names.filter(fits).sort((a, b) => b.length - a.length);
  return longest ?? null;
};

const id = fc.oneof(fc.uuid(), fc.constantFrom('a', 'x.y', '.', '..', '{id}', 'user.end', '\n', 'users', ''));

test('whatever the ids say, the longest template that fits is found', () => {
  const topic = fc
    .tuple(fc.constantFrom(...names), fc.array(id, { minLength: 3, maxLength: 3 }), fc.constantFrom('', '', '', '.x'))
    .map(([template, ids, more]) => template.replaceAll(/\{[^}]*\}/g, () => ids.shift() ?? 'z') + more);
  let found = 0;
  fc.assert(
    fc.property(topic, (one) => {
      const expected = longestFitting(one);
      expect(find(one)?.name.length ?? null).toBe(expected?.length ?? null);
      found += expected === null ? 0 : 1;
    }),
    { numRuns: 2_000 },
  );
  expect(found).toBeGreaterThan(500);
});

test('every topic of the registry is found with its ids filled in', () => {
  for (const { format, name, subject } of registry.eventSubjects) {
    if (format !== 'genesys') continue;
    expect(registry.eventSubjectOfTopic(name.replaceAll(/\{[^}]*\}/g, 'c0ffee00-0000'))?.subject).toBe(subject);
  }
});
