import type { Stuck } from '../../core/registry/draft/outcome';
import type { JudgedProposal, ProposeReport } from './propose-report';
import { schemaText } from './schema-text';

/* The proposal as a person reads it. */

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const verdictText = ({ verdict, version }: JudgedProposal): string =>
  verdict === null
    ? 'new'
    : `after v${version - 1}, ${verdict.isCompatible ? 'compatible' : 'BREAKING'} (${verdict.mode})${verdict.hasUpcast ? ', with an upcast' : ''}`;

const changeLines = ({ changes }: JudgedProposal): readonly string[] => {
  const widest = Math.min(50, Math.max(0, ...changes.map(({ path }) => path.length)));
  return changes.map(({ kind, path, detail }) => `  ${kind.padEnd(19)} ${path.padEnd(widest)}  ${cut(detail, 300)}`);
};

const breakLines = ({ verdict }: JudgedProposal): readonly string[] =>
  (verdict?.changes ?? []).flatMap(({ path, what, breaks }) => breaks.map((hurt) => `  breaks: ${path}: ${what}: ${hurt}`));

/** A next version is told by what it adds; a first one is shown. */
const fileLines = ({ verdict, files }: JudgedProposal): readonly string[] =>
  verdict === null ? files.map(({ path, content }) => `\n  ${path}\n${schemaText(content).trimEnd().replaceAll(/^/gm, '  ')}`) : [];

const proposalText = (proposal: JudgedProposal): string =>
  [
    `${proposal.subject} v${proposal.version} (${verdictText(proposal)}); frees ${count(proposal.frees, 'message')}`,
    ...changeLines(proposal),
    ...breakLines(proposal),
    ...proposal.decide.map((decision) => `  to decide: ${decision}`),
    ...proposal.left.map((why) => `  stays drift: ${why}`),
    ...fileLines(proposal),
  ].join('\n');

const mostStuck = 20;

const stuckText = (stuck: readonly Stuck[]): string => {
  const shown = stuck.slice(0, mostStuck).map(({ reason, detail, count: times }) => `  ${times} × ${reason}: ${detail}`);
  const others = stuck.length - shown.length;
  return ['No schema admits these:', ...shown, ...(others > 0 ? [`  … and ${others} more kinds`] : [])].join('\n');
};

const headText = ({ outcome, proposals }: ProposeReport): string => {
  const { messages, admitted, freed, drifting, stuck } = outcome;
  const left = stuck.reduce((sum, one) => sum + one.count, 0);
  const refused = messages - admitted;
  const first = `${count(messages, 'message')}: ${admitted} admitted by the registry as it is (${drifting.before} with drift), ${refused} refused.`;
  return proposals.length === 0
    ? `${first}\nNothing to propose.`
    : `${first}\nBy what is proposed: ${freed} of the ${refused} are freed, ${left} stay refused; ${drifting.after} drift.`;
};

export const proposeText = (report: ProposeReport): string => {
  const { proposals, unnameable, outcome } = report;
  const unnamed =
    unnameable === 0 ? [] : [`${count(unnameable, 'unknown type')} without a name that a subject could have: file it by hand.`];
  const stuck = outcome.stuck.length === 0 ? [] : [stuckText(outcome.stuck)];
  return `${[headText(report), ...proposals.map(proposalText), ...unnamed, ...stuck].join('\n\n')}\n`;
};
