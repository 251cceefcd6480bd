export interface Client {
  readonly id: string;
  readonly secret: string;
  /** Default: `defaultPermissions`. Scopes do not exist for client credentials, roles do. */
  readonly permissions?: readonly string[];
  /** The only region that knows it; default: any does. */
  readonly region?: string;
}

/** What a client has that is given no others: what the worker asks for with everything switched on. */
export const defaultPermissions: readonly string[] = [
  'analytics:conversationDetail:view',
  'analytics:agentConversationDetail:view',
  'conversation:communication:view',
  'recording:recording:view',
  'routing:queue:view',
  'routing:wrapupCode:view',
  'speechAndTextAnalytics:data:view',
];
