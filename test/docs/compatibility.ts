import { textOrNull } from '../../src/core/json';
import { readCompared } from '../../src/core/registry/genesys/compared';
import type { EventSubject } from '../../src/core/schema-registry';
import { readSchemaFiles } from '../../src/schema-files';
import { registry } from '../outside';

/* docs/compatibility.md, as far as the registry knows it: which release of Genesys, which version of a subject, which mapper. */

const files = readSchemaFiles();

interface Release {
  readonly subject: string;
  readonly version: number;
  /** YYYY-MM-DD; null for what is not Genesys's. */
  readonly since: string | null;
  readonly change: string;
}

const releasesOf = (subject: string): readonly Release[] =>
  registry.versionsOf(subject).map((schema, at) => ({
    subject,
    version: at + 1,
    since: textOrNull(schema['x-since']),
    change: textOrNull(schema['description']) ?? '',
  }));

const byType = (a: EventSubject, b: EventSubject): number => (a.type < b.type ? -1 : 1);

/** The conversation topics, in the order in which they are ranked. */
const topics = registry.eventSubjects
  .filter(({ format, action }) => format === 'genesys' && action === 'reconstruct')
  .sort((a, b) => a.rank - b.rank);
const otherTopics = registry.eventSubjects.filter((one) => one.format === 'genesys' && !topics.includes(one)).sort(byType);
const ofTopics = topics.map(({ subject }) => releasesOf(subject));

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const sdkReleases = files.find(({ path }) => path === 'sdk-releases.json')?.content as Readonly<Record<string, string>>;
const sdkOf = (date: string): string => sdkReleases[date] ?? '';

const datesOf = (releases: readonly Release[]): readonly string[] =>
  [...new Set(releases.flatMap(({ since }) => since ?? []))].sort();

const mapperText = ({ action, mapper, mapperVersion }: EventSubject): string =>
  action === 'reconstruct' ? `${mapper} ${mapperVersion}` : '';

/** The version of a date: the newest that is no younger; bold where it is new. */
const cellOf = (releases: readonly Release[], date: string): string => {
  const current = releases.findLast(({ since }) => since !== null && since <= date);
  if (!current) return '–';
  return current.since === date ? `**${current.version}**` : String(current.version);
};

const releaseTable = (): string =>
  tableOf(
    ['release of', 'SDK', ...topics.map(({ type }) => type)],
    [
      ...datesOf(ofTopics.flat()).map((date) => [date, sdkOf(date), ...ofTopics.map((releases) => cellOf(releases, date))]),
      ['**mapper**', '', ...topics.map(mapperText)],
    ],
  );

const nameOf = new Map(registry.eventSubjects.map(({ subject, type }) => [subject, type]));

/** What several topics got on one day is one row. */
const changeTable = (): string => {
  const rows = new Map<string, Release[]>();
  for (const release of ofTopics.flat()) {
    const key = `${release.since ?? ''} ${release.change}`;
    rows.set(key, [...(rows.get(key) ?? []), release]);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, releases]) => releases);
  const where = ({ subject, version }: Release): string => `${nameOf.get(subject) ?? subject} v${version}`;
  return tableOf(
    ['release of', 'change', 'in'],
    sorted.map((releases) => [releases[0]?.since ?? '', releases[0]?.change ?? '', releases.map(where).join(', ')]),
  );
};

const otherTable = (): string => {
  const ofEvents = registry.eventSubjects.filter(({ format }) => format !== 'genesys').sort(byType);
  const others = registry.subjects.filter(({ kind }) => kind !== 'event');
  const sinceOf = (subject: string): string => releasesOf(subject).at(-1)?.since ?? '';
  return tableOf(
    ['subject', 'what is done with it', 'newest version', 'Genesys release of', 'mapper'],
    [
      ...[...otherTopics, ...ofEvents].map((one) => [
        `\`${one.subject}\``,
        one.action,
        String(one.version),
        sinceOf(one.subject),
        mapperText(one),
      ]),
      ...others.map(({ subject, kind, version }) => [
        `\`${subject}\``,
        kind === 'envelope' ? 'unwrapped' : 'emitted',
        String(version),
        '',
        '',
      ]),
    ],
  );
};

const compared = (): string => {
  const found = readCompared(files);
  return found ? `Last compared with Genesys on **${found.comparedOn}**: ${found.with}.` : 'Never compared with Genesys.';
};

const upcastTable = (): string => {
  const steps = registry.eventSubjects.flatMap(({ subject, version }) =>
    Array.from({ length: version - 1 }, (_, at) => at + 1)
      .filter((from) => registry.hasUpcast(subject, from))
      .map((from) => `\`${subject}\` from v${from} to v${from + 1}`),
  );
  return steps.length === 0
    ? `Of ${registry.eventSubjects.length} subjects of events none has an upcast: no step so far needs one.`
    : `Upcasts: ${steps.join(', ')}.`;
};

export const compatibilityBlocks: Readonly<Record<string, () => string>> = {
  'registry-compared': compared,
  'registry-releases': releaseTable,
  'registry-changes': changeTable,
  'registry-upcasts': upcastTable,
  'registry-others': otherTable,
};
