import type { ComponentType, SVGProps } from 'react';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { VariantContent } from '../../../src-shared/domain/variant-content.ts';

/** Drawn in the colour of the text. */
export type Sign = ComponentType<
  Pick<SVGProps<SVGSVGElement>, 'className' | 'role' | 'aria-label' | 'aria-hidden'>
>;

export interface AccountFormProps {
  account: Account;
  onDone: () => void;
}

export interface PreviewProps {
  account: Account;
  content: VariantContent;
  time: string;
}

/** What the window shows of a platform. */
export interface PlatformWindow {
  Icon: Sign;
  connect: {
    /** As it is offered. */
    choice: string;
    title: string;
    description: string;
    Form: ComponentType<{ onDone: () => void }>;
  };
  /** Asks for a new secret; there wherever one signs in. */
  ReconnectForm?: ComponentType<AccountFormProps>;
  /** Where its settings can be changed. */
  change?: { action: string; description: string; Form: ComponentType<AccountFormProps> };
  /** How a post looks to its readers; left out: as in a timeline. */
  Preview?: ComponentType<PreviewProps>;
  /** What is different about its timeline. */
  timeline?: { hasSquareFaces: boolean; LastAction: Sign };
  /** The page on which one writes a post; null where none is known. */
  pageToPost?: (account: Account) => string | null;
}
