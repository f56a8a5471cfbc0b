import type { NavigationTarget } from '../../src-shared/contract/window-bridge.ts';

export const settingsSections = [
  'general',
  'accounts',
  'folders',
  'models',
  'budgets',
  'access',
  'audit',
  'storage',
  'diagnostics',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

export function toSettingsSection(text: string): SettingsSection {
  return settingsSections.find((section) => section === text) ?? 'general';
}

/**
 * The place in the window as a hash location. Links inside components use the router; this is for what stands outside
 * of it: toasts, notifications, the menu.
 */
export function locationOf(target: NavigationTarget): string {
  switch (target.screen) {
    case 'asset':
      return `/asset/${target.assetId}${target.atMs === undefined ? '' : `?at=${target.atMs}`}`;
    case 'settings':
      return `/settings/${toSettingsSection(target.section)}`;
    case 'post':
      return `/post/${target.postId}`;
    case 'late-posts':
      return '/late-posts';
    case 'compose':
      if (target.postId !== undefined) return `/compose?post=${target.postId}`;
      return target.assetId === undefined ? '/compose' : `/compose?asset=${target.assetId}`;
    case 'approval':
      return `/approvals?approval=${target.approvalId}`;
    case 'library':
    case 'review':
    case 'calendar':
    case 'approvals':
    case 'activity':
      return `/${target.screen}`;
  }
}

export function openTarget(target: NavigationTarget): void {
  window.location.hash = `#${locationOf(target)}`;
}

export function openSettings(section: SettingsSection): void {
  openTarget({ screen: 'settings', section });
}
