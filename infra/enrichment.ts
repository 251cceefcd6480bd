import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { DefinitionSubstitution, StateMachineDefinition } from '../src/resources';
import { ApiConnection } from './api-connection';
import { enrichmentRights, type Callee } from './enrichment-rights';
import { acknowledge } from './nag';
import type { StackSettings } from './settings';

interface EnrichmentProps {
  readonly table: ITable;
  readonly definition: StateMachineDefinition;
  readonly settings: StackSettings;
}

/** The workflow of enrichment.asl.json, its role, and the connections that hold the keys of CRM and ticket system. */
export class Enrichment extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { table, definition, settings }: EnrichmentProps) {
    super(scope, id);
    const crm = this.crmOf(settings);
    const tickets = this.ticketsOf(settings);
    const substitutions: Readonly<Record<DefinitionSubstitution, string>> = {
      TableName: table.tableName,
      CrmApiEndpoint: crm?.url ?? 'https://crm.invalid',
      CrmConnectionArn: crm?.connection.connectionArn ?? this.nobody(),
      TicketApiEndpoint: tickets?.url ?? 'https://tickets.invalid',
      TicketConnectionArn: tickets?.connection.connectionArn ?? this.nobody(),
    };
    this.stateMachine = this.workflowOf(definition, substitutions);
    const callees = [crm, tickets].filter((callee) => callee !== null);
    const world = { stack: Stack.of(this), name: definition.name, table, callees };
    for (const right of enrichmentRights(world)) this.stateMachine.addToRolePolicy(right);
  }

  private workflowOf(definition: StateMachineDefinition, substitutions: Readonly<Record<string, string>>): StateMachine {
    const file = path.join(__dirname, '..', definition.definitionFile);
    const { level, includeExecutionData } = definition.logging;
    const workflow = new StateMachine(this, 'Workflow', {
      stateMachineName: definition.name,
      stateMachineType: StateMachineType[definition.type],
      definitionBody: DefinitionBody.fromString(readFileSync(file, 'utf8')),
      definitionSubstitutions: { ...substitutions },
      role: this.role(definition.name),
      logs: { destination: this.log(definition.name), level: LogLevel[level], includeExecutionData },
      tracingEnabled: true,
    });
    acknowledge(workflow, {
      'AwsSolutions-SF1': 'Errors are logged; each step of each execution is in its history, and inputs hold customer data.',
    });
    return workflow;
  }

  private role(name: string): Role {
    const states = new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    const role = new Role(this, 'Role', { assumedBy: states });
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]': 'Comprehend, X-Ray and the delivery of logs know no resources.',
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`]:
        'Whether the holder of a guard still runs is asked of executions of this workflow alone; each has a name of its own.',
    });
    return role;
  }

  private log(name: string): ILogGroup {
    return new LogGroup(this, 'Log', {
      // Under this prefix AWS keeps the policy of log deliveries, which has a limit, from growing.
      logGroupName: `/aws/vendedlogs/states/${name}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private crmOf({ stackName, crmUrl, crmKeyHeader, crmKeyVersion }: StackSettings): Callee | null {
    if (crmUrl === null) return null;
    const props = { name: `${stackName}-crm`, system: 'CRM', keyHeader: crmKeyHeader, keyVersion: crmKeyVersion };
    return { url: crmUrl, connection: new ApiConnection(this, 'Crm', props).connection };
  }

  private ticketsOf({ stackName, ticketUrl, ticketKeyHeader, ticketKeyVersion }: StackSettings): Callee | null {
    if (ticketUrl === null) return null;
    const props = {
      name: `${stackName}-tickets`,
      system: 'ticket system',
      keyHeader: ticketKeyHeader,
      keyVersion: ticketKeyVersion,
    };
    return { url: ticketUrl, connection: new ApiConnection(this, 'Tickets', props).connection };
  }

  /** The definition must name a connection where no step will call; the steps are left out of `ENRICHMENT_STEPS`. */
  private nobody(): string {
    const resourceName = 'nobody-is-called/00000000-0000-0000-0000-000000000000';
    return Stack.of(this).formatArn({ service: 'events', resource: 'connection', resourceName });
  }
}
