import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { StateMachineDefinition } from '../src/resources';
import type { StackSettings } from './settings';

interface EnrichmentProps {
  readonly table: Table;
  readonly definition: StateMachineDefinition;
  readonly settings: StackSettings;
}

/** The workflow of enrichment.asl.json, its role, and the connections that hold the credentials of CRM and tickets. */
export class Enrichment extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { table, definition, settings }: EnrichmentProps) {
    super(scope, id);
    const file = path.join(__dirname, '..', definition.definitionFile);
    this.stateMachine = new StateMachine(this, 'Workflow', {
      stateMachineName: definition.name,
      stateMachineType: StateMachineType[definition.type],
      definitionBody: DefinitionBody.fromString(readFileSync(file, 'utf8')),
      definitionSubstitutions: {
        TableName: table.tableName,
        CrmConnectionArn: 'arn:aws:events:us-east-1:000000000000:connection/crm/none',
        TicketConnectionArn: 'arn:aws:events:us-east-1:000000000000:connection/tickets/none',
        CrmApiEndpoint: settings.crmUrl ?? 'https://crm.invalid',
        TicketApiEndpoint: settings.ticketUrl ?? 'https://tickets.invalid',
      },
    });
  }
}
