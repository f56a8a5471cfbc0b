import type { ComponentProps } from 'react';
import type { Sign } from '../../common/renderer/platform-window.ts';

export function BlueskyIcon(props: ComponentProps<Sign>) {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" {...props}>
      <path d="M12 11.2C11 9.2 8.2 5.5 5.6 4 3.4 2.7 1.8 3.1 1.8 6c0 1.5.8 5.6 1.3 6.3 1 1.4 2.8 1.7 4.9 1.3-2.6.5-4.6 1.6-2.6 4.2 2.6 3.3 5-.2 6.6-3.4 1.6 3.2 4 6.7 6.6 3.4 2-2.6 0-3.7-2.6-4.2 2.1.4 3.9.1 4.9-1.3.5-.7 1.3-4.8 1.3-6.3 0-2.9-1.6-3.3-3.8-2-2.6 1.5-5.4 5.2-6.4 7.2Z" />
    </svg>
  );
}
