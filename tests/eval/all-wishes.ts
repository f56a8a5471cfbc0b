import { contentWishes } from './wishes/content.ts';
import { buttonWishes, clearWishes } from './wishes/clear.ts';
import { heldOutWishes } from './wishes/held-out.ts';
import { laterHeldOutWishes } from './wishes/held-out-later.ts';
import { hostileWishes, misspeltWishes } from './wishes/rough.ts';
import { mixedWishes, vagueWishes } from './wishes/unclear.ts';

export { heldOutWishes, laterHeldOutWishes };

/** The wishes that the rules were made with. */
export const tunedWishes = [
  ...buttonWishes,
  ...clearWishes,
  ...vagueWishes,
  ...mixedWishes,
  ...misspeltWishes,
  ...hostileWishes,
  ...contentWishes,
];
