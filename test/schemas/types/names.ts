/** What the conversation topics share, and what every other topic begins with: neither tells two types apart. */
const prefix = /^v2\.(detail\.events\.conversation\.)?/;

const wordsOf = (subject: string): readonly string[] =>
  subject
    .replace(prefix, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');

/** `v2.detail.events.conversation.acd.end` → `AcdEnd`, `tidemark.execution-input` → `TidemarkExecutionInput`. */
export const typeName = (subject: string): string =>
  wordsOf(subject)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The same words as a file's name: `acd-end`. */
export const moduleName = (subject: string): string => wordsOf(subject).join('-').toLowerCase();

/** Two subjects of one name would overwrite each other; letter case does not tell files apart everywhere. */
export const assertDistinct = (subjects: readonly string[], taken: readonly string[]): void => {
  const owners = new Map(taken.map((name) => [name, 'a file of the generator']));
  for (const subject of subjects) {
    const name = moduleName(subject);
    const owner = owners.get(name);
    if (owner !== undefined) throw new Error(`Expected a type name of its own for ${subject}, got ${name}, which is ${owner}'s.`);
    owners.set(name, subject);
  }
};
