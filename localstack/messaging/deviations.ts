import { withoutCalls } from '../definition';
import type { Template, TemplateResource } from './template';

/*
 * What of the template cannot be on LocalStack, all of it. Each is an edit of one kind of resource; everything else is deployed as
 * production gets it.
 */

type Properties = Readonly<Record<string, unknown>>;

interface Deviation {
  readonly why: string;
  readonly type: string;
  /** Null: it is left out. */
  readonly edit: ((properties: Properties) => Properties) | null;
}

const isSecretOfConnection = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'Fn::GetAtt' in value && [value['Fn::GetAtt']].flat()[1] === 'SecretArn';

const someSecret = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:events!connection/not-told';

/** Every part of a template, the innermost first, as `edit` has it. */
const mapParts = (part: unknown, edit: (part: unknown) => unknown): unknown => {
  if (Array.isArray(part)) return edit(part.map((one) => mapParts(one, edit)));
  if (typeof part !== 'object' || part === null) return edit(part);
  return edit(Object.fromEntries(Object.entries(part).map(([key, value]) => [key, mapParts(value, edit)])));
};

const deviations: readonly Deviation[] = [
  {
    why: 'Its CloudFormation makes no archive: it passes over it with a warning, and later versions fail.',
    type: 'AWS::Events::Archive',
    edit: null,
  },
  {
    why: 'It has no HTTP task and no Comprehend, and refuses a workflow that names them: the three calls are states that only say so.',
    type: 'AWS::StepFunctions::StateMachine',
    edit: (properties) => ({ ...properties, DefinitionString: withoutCalls(String(properties['DefinitionString'])) }),
  },
  {
    why: 'It does not tell which secret a connection keeps its key in, and a policy about "unknown" is refused.',
    type: 'AWS::IAM::Policy',
    edit: (properties) => mapParts(properties, (part) => (isSecretOfConnection(part) ? someSecret : part)) as Properties,
  },
];

/** With the deviations of its kind; null: it is left out. */
const editOf = (resource: TemplateResource): TemplateResource | null =>
  deviations
    .filter(({ type }) => type === resource.Type)
    .reduce<TemplateResource | null>(
      (edited, { edit }) => (edited && edit ? { ...edited, Properties: edit(edited.Properties ?? {}) } : null),
      resource,
    );

export const forLocalStack = (template: Template): Template => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(template.Resources).flatMap(([id, resource]) => {
      const edited = editOf(resource);
      return edited ? [[id, edited]] : [];
    }),
  ),
});
