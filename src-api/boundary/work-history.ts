import { WorkflowNotFoundError, type Client } from '@temporalio/client';

/** What the work engine knows of a workflow; told to people, never acted upon. */
export interface WorkHistory {
  status: string;
  startedAt: string;
  closedAt: string | null;
  /** Steps that are being tried right now, with what went wrong the last time. */
  attempts: { step: string; attempt: number; lastFailure: string | null }[];
}

export async function readWorkHistory(client: Client, workflowId: string): Promise<WorkHistory | null> {
  try {
    const { status, startTime, closeTime, raw } = await client.workflow.getHandle(workflowId).describe();
    return {
      status: status.name.toLowerCase().replaceAll('_', ' '),
      startedAt: startTime.toISOString(),
      closedAt: closeTime?.toISOString() ?? null,
      attempts: (raw.pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => ({
        step: activityType?.name ?? 'a step',
        attempt: attempt ?? 1,
        lastFailure: lastFailure?.message ?? null,
      })),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
