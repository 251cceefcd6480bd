import { resources, type DefinitionSubstitution } from '../src/resources';

/** Where CRM and tickets are. */
export interface BackOfficeUrls {
  readonly crmUrl: string;
  readonly ticketUrl: string;
}

type Values = Readonly<Record<DefinitionSubstitution, string>>;

/** As CloudFormation fills in a definition; a name that is not among the values, or a value that is not asked for, is a mistake. */
export const substitute = (template: string, values: Values): string => {
  const wanted = new Set<string>(resources().stateMachine.substitutions);
  const filled = template.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    if (!wanted.has(name)) throw new Error(`Expected one of ${[...wanted].join(', ')} in the definition; got ${placeholder}.`);
    return values[name as DefinitionSubstitution];
  });
  const unused = [...wanted].filter((name) => !template.includes(`\${${name}}`));
  if (unused.length > 0) throw new Error(`Expected the definition to ask for ${unused.join(', ')}.`);
  return filled;
};

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: { readonly Method?: string };
  readonly ResultPath?: string;
  readonly Next?: string;
}

const uncalled: Readonly<Record<string, object>> = {
  'arn:aws:states:::http:invoke GET': { answer: { contacts: [{ id: 'nobody-was-asked' }] } },
  'arn:aws:states:::http:invoke PUT': { outcome: 'stubbed' },
  'arn:aws:states:::aws-sdk:comprehend:batchDetectSentiment': { results: [], read: 1, refused: 0 },
};

const withoutCall = (state: State): State => {
  const result = uncalled[[state.Resource, state.Parameters?.Method].filter((part) => part !== undefined).join(' ')];
  if (!result) return state;
  const { ResultPath, Next } = state;
  return { Type: 'Pass', Result: result, ResultPath, Next } as State;
};

/**
 * The same workflow without a call to CRM, tickets or Comprehend: for endpoints that have no HTTP task, as LocalStack 4. What guards
 * the calls stays, and runs on the table.
 */
export const withoutCalls = (definition: string): string => {
  const parsed = JSON.parse(definition) as { readonly States: Readonly<Record<string, State>> };
  const states = Object.entries(parsed.States).map(([name, state]) => [name, withoutCall(state)] as const);
  return JSON.stringify({ ...parsed, States: Object.fromEntries(states) });
};

const connection = (name: string): string => `arn:aws:events:us-east-1:000000000000:connection/${name}/no-secret`;

/** Ready to be created: with every name filled in and, where there is nobody to call, without calls. */
export const workflowDefinition = (template: string, tableName: string, backOffice?: BackOfficeUrls): string => {
  const { crmUrl, ticketUrl } = backOffice ?? { crmUrl: 'https://crm.invalid', ticketUrl: 'https://tickets.invalid' };
  const definition = substitute(template, {
    TableName: tableName,
    CrmApiEndpoint: crmUrl,
    CrmConnectionArn: connection('crm'),
    TicketApiEndpoint: ticketUrl,
    TicketConnectionArn: connection('tickets'),
  });
  return backOffice ? definition : withoutCalls(definition);
};
