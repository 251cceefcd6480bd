import type { EventSubject } from './subject';

/** Longer than any template with its ids; what is longer is no topic. */
const longestTopic = 1_000;

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '.+')}$`, 's');

/** Nearly every template has one id, and then what stands before and after it says all. */
const matcherOf = (template: string): ((topicName: string) => boolean) => {
  const [start, end, ...more] = template.split(/\{[^}]*\}/);
  if (start === undefined || end === undefined) return (topicName) => topicName === template;
  if (more.length > 0) {
    const pattern = patternOf(template);
    return (topicName) => pattern.test(topicName);
  }
  const least = start.length + end.length + 1;
  return (topicName) => topicName.length >= least && topicName.endsWith(end) && topicName.startsWith(start);
};

interface Template {
  readonly subject: EventSubject;
  readonly last: string;
  readonly matches: (topicName: string) => boolean;
}

const lastPart = (topic: string): string => topic.slice(topic.lastIndexOf('.') + 1);

/** The longest first; by their last part, those that end with an id under each. */
const byLastPart = (subjects: readonly EventSubject[]) => {
  const templates = subjects
    .filter((subject) => subject.format === 'genesys')
    .flatMap((subject) => [subject.name, ...subject.formerNames].map((template) => ({ subject, template })))
    .sort((a, b) => b.template.length - a.template.length)
    .map(({ subject, template }): Template => ({ subject, last: lastPart(template), matches: matcherOf(template) }));
  const withIdAtEnd = templates.filter(({ last }) => last.includes('{'));
  const lasts = new Set(templates.map(({ last }) => last));
  const endingWith = (part: string): readonly Template[] =>
    templates.filter((template) => template.last === part || withIdAtEnd.includes(template));
  return { withIdAtEnd, ending: new Map([...lasts].map((part) => [part, endingWith(part)])) };
};

/** Finds a subject by a topic whose ids are filled in. An id may hold anything, dots too; the most specific template wins. */
export const topicFinder = (subjects: readonly EventSubject[]): ((topicName: string) => EventSubject | null) => {
  const { withIdAtEnd, ending } = byLastPart(subjects);
  return (topicName) => {
    if (topicName.length > longestTopic) return null;
    const candidates = ending.get(lastPart(topicName)) ?? withIdAtEnd;
    return candidates.find(({ matches }) => matches(topicName))?.subject ?? null;
  };
};
