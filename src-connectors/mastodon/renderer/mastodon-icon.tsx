import type { ComponentProps } from 'react';
import type { Sign } from '../../common/renderer/platform-window.ts';

export function MastodonIcon(props: ComponentProps<Sign>) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
    >
      <path d="M20 9.6c0-4-2.6-5.9-8-5.9S4 5.6 4 9.6c0 6.2 1.6 9.7 8 9.7 1.5 0 3-.3 4.2-.7" />
      <path d="M8 13.5V9.9c0-2.4 4-2.4 4 0v2.3-2.3c0-2.4 4-2.4 4 0v3.6" />
    </svg>
  );
}
