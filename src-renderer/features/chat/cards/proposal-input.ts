import { z } from 'zod';

/** As much of the input of a command about posts as a person changes on a card. */
const editableSchema = z.looseObject({
  content: z
    .looseObject({ parts: z.tuple([z.looseObject({ text: z.string() })], z.looseObject({})) })
    .optional(),
  when: z
    .looseObject({ kind: z.string(), dueAt: z.string().optional(), zone: z.string().optional() })
    .optional(),
  targets: z.array(z.looseObject({ accountId: z.string() })).optional(),
});

export interface EditableProposal {
  /** Undefined where the words are not part of what is proposed. */
  text: string | undefined;
  /** Undefined where it has no time. */
  when: { kind: string; dueAt?: string | undefined; zone?: string | undefined } | undefined;
  accountIds: string[];
}

/** What of a proposed command can be edited in place; null where nothing can. */
export function readEditable(input: unknown): EditableProposal | null {
  const parsed = editableSchema.safeParse(input);
  if (!parsed.success) return null;
  const { content, when, targets = [] } = parsed.data;
  if (content === undefined && when === undefined) return null;
  return {
    text: content?.parts[0].text,
    when,
    accountIds: targets.map(({ accountId }) => accountId),
  };
}

/** The same input with what was edited; all else stays as it was proposed. */
export function applyEdit(
  input: unknown,
  edit: { text: string | undefined; when: object | undefined },
): Record<string, unknown> {
  const before = editableSchema.parse(input);
  const { content } = before;
  return {
    ...before,
    ...(content === undefined || edit.text === undefined
      ? {}
      : {
          content: {
            ...content,
            parts: [{ ...content.parts[0], text: edit.text }, ...content.parts.slice(1)],
          },
        }),
    ...(edit.when === undefined ? {} : { when: edit.when }),
  };
}
