import type { z } from 'zod';
import type { PlatformLimits } from '../../../src-shared/domain/platforms/platform-limits.ts';

/** A way of measuring texts that is a platform's own. */
export interface TextCounting {
  length: (text: string, limits: PlatformLimits['text']) => number;
  /** The text as the platform stores it, whose bytes count; left out: as it is written. */
  toStored?: (text: string) => string;
}

type SettingsOf<Id extends string> = z.ZodObject<{ platform: z.ZodLiteral<Id> }, z.core.$strict>;

/** All that is known of a platform without speaking to it. Runs everywhere: no Node, no DOM. */
export interface PlatformDescription<
  Id extends string = string,
  Settings extends SettingsOf<Id> = SettingsOf<Id>,
> {
  id: Id;
  name: string;
  /** What a person can set per account. */
  settings: Settings;
  /** `by-hand`: publishing puts caption and files at hand, and the person marks it done. */
  delivery: 'automatic' | 'by-hand';
  /** Whether one signs in: such an account can be checked, and connected again. */
  hasCredentials: boolean;
  /** Whether the person, and not the platform, says what an account is called there. */
  isNamedByPerson: boolean;
  /** Whether one can choose who sees a post. */
  hasVisibility: boolean;
  /** What it takes, unless an account says otherwise. */
  limits: PlatformLimits;
  /** Places of it that have limits of their own, by name. */
  places?: Readonly<Record<string, PlatformLimits>>;
  /** Ways of counting that its limits name. */
  countings?: Readonly<Record<string, TextCounting>>;
  /** How far apart the posts of one account are kept. */
  spacingMs: number;
  /** What people call it in a wish to the assistant, in small letters. */
  calledInWishes: readonly string[];
  /** What a deletion there cannot undo, in a sentence. */
  deletionWarning?: string;
  /** Title of the dialog in which the folder of an account is chosen, where it has one. */
  folderTitle?: string;
}

/** Gives a description its exact type: the contract is made of `id` and `settings`. */
export function describePlatform<const Id extends string, Settings extends SettingsOf<Id>>(
  description: PlatformDescription<Id, Settings>,
): PlatformDescription<Id, Settings> {
  return description;
}
