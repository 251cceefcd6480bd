/* Generated from schemas/ by `npm run schemas:types`: change the schema, then run it again. */

import type { Json } from '../json';

/**
 * schemas/v2.outbound.campaigns.by-id/v1.json: A campaign was set up, changed, switched on or off.
 * What the schema promises, not what may come: any field may be null or of another type, and there may be others.
 */
export interface OutboundCampaignsById {
  readonly dialingMode?: 'agentless' | 'external' | 'preview' | 'power' | 'predictive' | 'progressive';
  readonly campaignStatus?: 'on' | 'off' | 'complete' | 'stopping' | 'invalid';
  readonly contactList?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly queue?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly script?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly edgeGroup?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly site?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly phoneColumns?: readonly {
    readonly columnName?: string;
    readonly type?: string;
    readonly additionalProperties?: {
      readonly [k: string]: Json;
    };
  }[];
  readonly abandonRate?: number;
  readonly dncLists?: readonly {
    readonly id?: string;
    readonly name?: string;
  }[];
  readonly callableTimeSet?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly callAnalysisResponseSet?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly callerName?: string;
  readonly callerAddress?: string;
  readonly outboundLineCount?: number;
  readonly errors?: readonly {
    readonly error?: string;
    readonly details?: string;
    readonly additionalProperties?: {
      readonly [k: string]: Json;
    };
  }[];
  readonly ruleSets?: readonly {
    readonly id?: string;
    readonly name?: string;
  }[];
  readonly skipPreviewDisabled?: boolean;
  readonly previewTimeOutSeconds?: number;
  readonly singleNumberPreview?: boolean;
  readonly contactSort?: {
    readonly direction?: 'ASC' | 'DESC';
    readonly fieldName?: string;
    readonly numeric?: boolean;
    readonly additionalProperties?: {
      readonly [k: string]: Json;
    };
  };
  readonly contactSorts?: readonly {
    readonly direction?: 'ASC' | 'DESC';
    readonly fieldName?: string;
    readonly numeric?: boolean;
    readonly additionalProperties?: {
      readonly [k: string]: Json;
    };
  }[];
  readonly noAnswerTimeout?: number;
  readonly callAnalysisLanguage?: string;
  readonly priority?: number;
  readonly contactListFilters?: readonly {
    readonly id?: string;
    readonly name?: string;
  }[];
  readonly division?: {
    readonly id?: string;
    readonly name?: string;
  };
  readonly agentOwnedColumn?: string;
  readonly additionalProperties?: {
    readonly [k: string]: Json;
  };
  readonly id?: string;
  readonly name?: string;
  readonly dateCreated?: string;
  readonly dateModified?: string;
  readonly version?: number;
}
