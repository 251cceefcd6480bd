import { isObject, type Json } from '../../core/json';
import { parseObject } from '../../core/formats/parse';
import { maskedJson, maskedLines } from '../../core/on-call/masked-body';
import type { Stopped } from '../../core/on-call/stopped';
import type { StoppedGroup } from '../../core/on-call/stopped-groups';
import type { SchemaRegistry } from '../../core/schema-registry';
import { examineBody, type Examined } from '../../on-call/examine';
import type { Found } from '../../on-call/find-stopped';
import { tryMessage } from '../schemas/try-report';
import { instant } from './inbox-text';
import { stoppedJson } from './list';

/** All that `show` has to say of one. */
export interface ShowReport {
  readonly found: Found;
  readonly group: StoppedGroup | null;
  /** Of what has a body. */
  readonly examined: Examined | null;
  /** As it is: only where somebody asked for it. */
  readonly unmasked: string | null;
  /** Steps of the workflow and the names of their errors. */
  readonly failedSteps: readonly string[];
  readonly next: readonly string[];
}

/** The workflow's cause is a text of JSON: of each step what became of it, and the name of its error. */
const failedStepsIn = (cause: string | null): readonly string[] => {
  const parsed = parseObject(cause ?? '', 'the cause');
  if ('reason' in parsed) return [];
  const isName = (text: Json | undefined): text is string => typeof text === 'string' && /^[\w.-]{1,100}$/.test(text);
  return Object.entries(parsed.object).flatMap(([step, told]) =>
    isName(step) && isObject(told) && told['outcome'] === 'failed'
      ? [isName(told['error']) ? `${step}: ${told['error']}` : step]
      : [],
  );
};

const redriveBy = ({ group, place, id }: Stopped): string =>
  place === 'window' || place === 'execution'
    ? `tidemark dead-letters redrive ${id} --why TEXT`
    : `tidemark dead-letters redrive --group ${group} --why TEXT`;

/** What a schema can mend is proposed from the queue itself, where that can be read so. */
const mendBy = (registry: SchemaRegistry, { stopped, ...found }: Found): string => {
  const mend = 'letter' in found ? tryMessage(found.letter.body, registry) : null;
  const isForSchemas = mend?.rejection?.reason === 'unknown-type' || mend?.rejection?.reason === 'invalid';
  if (isForSchemas && stopped.place === 'worker')
    return 'tidemark schemas propose --dead-letters  # which version of which schema would admit it, and whether one can';
  return mend?.next ?? 'Mend what it fails with, and deploy that, before it is moved back.';
};

const advice = (registry: SchemaRegistry, found: Found): readonly string[] => {
  const { stopped } = found;
  switch (stopped.outlook) {
    case 'would-fail':
      return [mendBy(registry, found)];
    case 'would-duplicate':
      return ['Nothing is lost without it: discard it, or leave it.'];
    case 'would-pass':
    case 'unknown':
      return [`${redriveBy(stopped)}  # a dry run; --execute moves`];
  }
};

const bodyOf = (found: Found): string | null => {
  switch (found.kind) {
    case 'letter':
      return found.letter.body;
    case 'execution':
      return found.execution.input;
    case 'window':
      return null;
  }
};

/** The unmasked text of an execution holds its cause as well: what a step was told. */
const unmaskedOf = (found: Found): string | null =>
  found.kind === 'execution' ? `${found.execution.input}\n${found.execution.cause ?? ''}` : bodyOf(found);

export const reportFound = (
  registry: SchemaRegistry,
  found: Found,
  group: StoppedGroup | null,
  showsData: boolean,
): ShowReport => {
  const body = bodyOf(found);
  return {
    found,
    group,
    examined: body === null ? null : examineBody(registry, body),
    unmasked: showsData ? unmaskedOf(found) : null,
    failedSteps: found.kind === 'execution' ? failedStepsIn(found.execution.cause) : [],
    next: advice(registry, found),
  };
};

const groupJson = ({ firstMs, lastMs, ...group }: StoppedGroup) => ({
  ...group,
  firstAt: instant(firstMs),
  lastAt: instant(lastMs),
});

/** Documented, for programs. */
export const showJson = ({ found, group, examined, unmasked, failedSteps, next }: ShowReport): string => {
  const shown = examined && {
    wrappedIn: examined.wrappedIn,
    body: unmasked === null ? maskedJson(examined.masked) : unmasked,
    isMasked: unmasked === null,
    pointed: maskedLines(examined.masked),
    closest: examined.closest,
    nearestTypes: examined.near,
  };
  const window = found.kind === 'window' ? { state: found.head.state, attempts: found.head.attempts, finished: found.head.finished, life: found.head.life } : null; // prettier-ignore
  const report = {
    stopped: stoppedJson(found.stopped),
    group: group && groupJson(group),
    message: shown,
    window,
    failedSteps,
    next,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};
