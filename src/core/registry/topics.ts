import type { EventSubject } from './subject';

/** Longer than any template with its ids; what is longer is no topic. */
const longestTopic = 1_000;

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '.+')}$`, 's');

/** Finds a subject by a topic whose ids are filled in. An id may hold anything, dots too; the most specific template wins. */
export const topicFinder = (subjects: readonly EventSubject[]): ((topicName: string) => EventSubject | null) => {
  const templates = subjects
    .filter((subject) => subject.format === 'genesys')
    .flatMap((subject) => [subject.name, ...subject.formerNames].map((template) => ({ subject, template })))
    .sort((a, b) => b.template.length - a.template.length)
    .map(({ subject, template }) => ({ subject, pattern: patternOf(template) }));
  return (topicName) =>
    topicName.length > longestTopic ? null : (templates.find(({ pattern }) => pattern.test(topicName))?.subject ?? null);
};
