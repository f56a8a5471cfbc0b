import { Hand } from 'lucide-react';
import type { PlatformWindow } from '../../common/renderer/platform-window.ts';
import { manualServiceAddresses } from '../shared/manual-services.ts';
import { ManualForm } from './manual-form.tsx';

export const manualWindow: PlatformWindow = {
  Icon: Hand,
  connect: {
    choice: 'Another place, by hand',
    title: 'Post by hand',
    description: 'At the due time you are told, with caption and file at hand; then you say that it is done.',
    Form: ManualForm,
  },
  pageToPost: ({ settings }) =>
    settings.platform === 'manual' ? manualServiceAddresses[settings.service] : null,
};
