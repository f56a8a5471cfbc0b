import { getRouteApi, Link } from '@tanstack/react-router';
import {
  FolderSync,
  Gauge,
  HardDrive,
  KeyRound,
  Plug,
  ScrollText,
  SlidersHorizontal,
  Sparkles,
  Stethoscope,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { toSettingsSection, type SettingsSection } from '../../app/navigation.ts';
import { AccountsSection } from '../accounts/accounts-section.tsx';
import { AuditSection } from '../audit/audit-section.tsx';
import { BudgetsSection } from '../budgets/budgets-section.tsx';
import { ApiAccessSection } from '../tokens/api-access-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { FoldersSection } from './folders-section.tsx';
import { GeneralSection } from './general-section.tsx';
import { ModelsSection } from './models-section.tsx';
import { StorageSection } from './storage-section.tsx';

const route = getRouteApi('/settings/$section');

const sections: Record<SettingsSection, { title: string; icon: ReactNode; content: ReactNode }> = {
  general: { title: 'General', icon: <SlidersHorizontal />, content: <GeneralSection /> },
  accounts: { title: 'Accounts', icon: <Plug />, content: <AccountsSection /> },
  folders: { title: 'Watched folders', icon: <FolderSync />, content: <FoldersSection /> },
  models: { title: 'Models', icon: <Sparkles />, content: <ModelsSection /> },
  budgets: { title: 'Budgets', icon: <Gauge />, content: <BudgetsSection /> },
  access: { title: 'API access', icon: <KeyRound />, content: <ApiAccessSection /> },
  audit: { title: 'Audit log', icon: <ScrollText />, content: <AuditSection /> },
  storage: { title: 'Storage', icon: <HardDrive />, content: <StorageSection /> },
  diagnostics: { title: 'Diagnostics', icon: <Stethoscope />, content: <DiagnosticsSection /> },
};

export function SettingsScreen() {
  const params = route.useParams();
  const current = toSettingsSection(params.section);
  return (
    <div className="flex h-full">
      <nav aria-label="Settings" className="w-52 shrink-0 px-4 pt-5 max-lg:w-44">
        <p className="mb-4 px-2 font-serif text-3xl leading-none font-medium tracking-tight">Settings</p>
        <ul className="flex flex-col gap-0.5">
          {Object.entries(sections).map(([section, { title, icon }]) => (
            <li key={section}>
              <Link
                to="/settings/$section"
                params={{ section }}
                {...(section === current ? { 'aria-current': 'page' as const } : {})}
                className="flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-4"
              >
                {icon} {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div
        key={current}
        className="min-w-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]"
        tabIndex={0}
        role="region"
        aria-label={sections[current].title}
      >
        <div className="mx-auto max-w-3xl px-6 pt-5 pb-16">
          <h1 className="mb-5 text-xl leading-8 font-semibold">{sections[current].title}</h1>
          {sections[current].content}
        </div>
      </div>
    </div>
  );
}
