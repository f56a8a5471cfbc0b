const approvalTabs = ['waiting', 'decided', 'standing'] as const;
export type ApprovalTab = (typeof approvalTabs)[number];

/** What the approvals show, as it stands in the address. */
export interface ApprovalsSearch {
  tab?: ApprovalTab;
  approval?: string;
}

export function parseApprovalsSearch(raw: Record<string, unknown>): ApprovalsSearch {
  const tab = approvalTabs.find((known) => known === raw['tab']);
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(typeof raw['approval'] === 'string' ? { approval: raw['approval'] } : {}),
  };
}
