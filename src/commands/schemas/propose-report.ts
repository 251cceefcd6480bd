import { judgeVersion, type VersionVerdict } from '../../core/registry/compatibility/compatibility';
import { draftProposals, type Proposal } from '../../core/registry/draft/draft';
import { judgeProposals, registryWith, type Outcome } from '../../core/registry/draft/outcome';
import type { RegistryFile, SchemaRegistry } from '../../core/schema-registry';
import type { RegistryAt } from './registry-at';

/** A proposal with what it does to those before it and to the messages that it was made from. */
export interface JudgedProposal extends Proposal {
  /** Null for a subject that is new: it breaks nothing. */
  readonly verdict: VersionVerdict | null;
  /** Refused messages that hold the subject and are admitted now. */
  readonly frees: number;
}

export interface ProposeReport {
  readonly proposals: readonly JudgedProposal[];
  readonly unnameable: number;
  readonly outcome: Outcome;
}

const verdictOf = (proposal: Proposal, after: SchemaRegistry): VersionVerdict | null => {
  const subject = after.subjects.find((candidate) => candidate.subject === proposal.subject);
  if (proposal.before === null || !subject) return null;
  const schemas = new Map(after.subjects.flatMap((one) => after.versionsOf(one.subject)).map((schema) => [schema['$id'], schema]));
  return judgeVersion(subject, after.versionsOf(subject.subject), proposal.version, {
    find: (id) => schemas.get(id),
    upcast: after.hasUpcast,
  });
};

/** What is left to a person where a reader of the version before would stumble. */
const brokenNames = (verdict: VersionVerdict | null): readonly string[] =>
  verdict && !verdict.isAllowed ? ['it breaks what is named above: `tidemark schemas release` refuses it without an upcast'] : [];

/** Drafts what the messages ask for, and reads each of them by the registry as it is and as it would be. */
export const proposeFor = (bodies: readonly string[], { files, registry }: RegistryAt): ProposeReport => {
  const { proposals, unnameable } = draftProposals(bodies, registry);
  const after = proposals.length === 0 ? registry : registryWith(files, proposals);
  const outcome = judgeProposals(bodies, registry, after);
  // One that frees nothing and ends no drift would be a version for nobody.
  const useful = proposals.filter(({ subject }) => outcome.helped.has(subject));
  return {
    proposals: useful.map((proposal) => {
      const verdict = verdictOf(proposal, after);
      const decide = [...proposal.decide, ...brokenNames(verdict)];
      return { ...proposal, decide, verdict, frees: outcome.freedBySubject.get(proposal.subject) ?? 0 };
    }),
    unnameable,
    outcome,
  };
};

export const filesOf = ({ proposals }: ProposeReport): readonly RegistryFile[] => proposals.flatMap(({ files }) => files);

/** For other programs. */
export const proposeJson = ({ proposals, unnameable, outcome }: ProposeReport) => ({
  ...outcome,
  helped: [...outcome.helped].sort(),
  freedBySubject: Object.fromEntries(outcome.freedBySubject),
  unnameable,
  proposals: proposals.map(({ subject, version, frees, changes, decide, left, verdict, files }) => ({
    subject,
    version,
    frees,
    isCompatible: verdict?.isCompatible ?? true,
    breaks: verdict?.changes.filter(({ breaks }) => breaks.length > 0) ?? [],
    changes,
    decide,
    left,
    files: Object.fromEntries(files.map(({ path, content }) => [path, content])),
  })),
});
