import type { VersionVerdict } from '../../core/registry/compatibility/compatibility';

const judged = ({ version, mode, isCompatible, hasUpcast }: VersionVerdict): string => {
  if (version === 1) return 'the first version, so there is nothing that it could break';
  if (isCompatible) return `compatible (${mode})`;
  return `breaking (${mode})${hasUpcast ? `, with an upcast from v${version - 1}` : ''}`;
};

/** One version: the verdict, then each change with what it breaks and for whom. */
export const verdictText = (verdict: VersionVerdict, isReleased: boolean): string => {
  const { subject, version, changes, isAllowed } = verdict;
  const what = changes.flatMap(({ path, what: text, from, breaks }) => [
    `  ${path}: ${text}${from < version - 1 ? ` (since v${from})` : ''}`,
    ...breaks.map((broken) => `      breaks: ${broken}`),
  ]);
  const mend = isAllowed
    ? []
    : [`  Expected nothing to break, or an upcast from v${version - 1}; undo what breaks, or add one to the upcasts.`];
  const title = `${subject} v${version}${isReleased ? '' : ', not released'}: ${judged(verdict)}`;
  return `${[title, ...what, ...mend].join('\n')}\n`;
};
