import { ask, step, steps, talk, wish } from '../wish.ts';

export const vagueWishes = [
  wish('vague', 'en', 'Hello', talk),
  wish('vague', 'en', 'What can you do?', talk),
  wish('vague', 'en', 'Post it', ask('target'), ask('text')),
  wish('vague', 'en', 'Post "Hello world" on Bluesky', ask('time')),
  wish('vague', 'en', 'Schedule "Hello world" for Friday at 9', ask('account')),
  wish('vague', 'en', 'Schedule "Hello world" on Bluesky for Friday', ask('time')),
  wish('vague', 'en', 'Post "Hello" on Bluesky yesterday at 9', ask('time')),
  wish('vague', 'en', 'Post "Hello" on Bluesky on 10/12 at 9', ask('time')),
  wish('vague', 'en', 'Post "Hello" on Bluesky today at 9', ask('time')),
  wish('vague', 'en', 'Cancel the post', ask('target')),
  wish('vague', 'en', 'Move the Sunday brunch post', ask('time')),
  wish('vague', 'en', 'Watch a folder', ask('folder')),
  wish(
    'vague',
    'en',
    'Schedule something about the harvest on Bluesky for Friday at 9',
    ask('text'),
    steps(step('draft-caption'), step('schedule-post', { at: '2026-11-27T09:00', accounts: ['bluesky'] })),
  ),
  wish('vague', 'en', 'When should I post?', talk, steps(step('summarise-analytics'))),
  wish('vague', 'en', 'Can you schedule posts?', talk),
  wish('vague', 'en', 'How do I publish a podcast?', talk),
  wish('vague', 'en', 'I posted the video yesterday', talk),
  wish('vague', 'de', 'Kannst du Beiträge planen?', talk),
  wish('vague', 'de', 'Wie veröffentliche ich einen Podcast?', talk),
  wish('vague', 'es', '¿Cuándo debería publicar?', talk, steps(step('summarise-analytics'))),
  wish('vague', 'fr', 'Comment publier un podcast ?', talk),
];

export const mixedWishes = [
  wish(
    'mixed',
    'en',
    'Draft three captions about the winter menu for Bluesky and post the best on Friday at nine',
    steps(
      step('draft-caption', { count: 3 }),
      step('schedule-post', { at: '2026-11-27T09:00', accounts: ['bluesky'] }),
    ),
  ),
  wish(
    'mixed',
    'en',
    'Give me four ideas for the market, then plan my week',
    steps(step('generate-ideas', { count: 4 }), step('preview-plan')),
  ),
  wish(
    'mixed',
    'en',
    'Why did the autumn soup recipe fail? Cancel the Sunday brunch post.',
    steps(step('explain-what-happened'), step('cancel-post', { about: 'Sunday brunch is back' })),
  ),
  wish(
    'mixed',
    'en',
    'Show my schedule and move the Sunday brunch post to Saturday at 10',
    steps(step('look-up', { subject: 'schedule' }), step('reschedule-post', { at: '2026-11-28T10:00' })),
  ),
  wish(
    'mixed',
    'de',
    'Schreib zwei Texte über die Winterkarte für Mastodon und poste den besten am Freitag um neun',
    steps(
      step('draft-caption', { count: 2 }),
      step('schedule-post', { at: '2026-11-27T09:00', accounts: ['mastodon'] }),
    ),
  ),
  wish(
    'mixed',
    'es',
    'Escribe tres textos sobre la carta de invierno para Bluesky y publica el mejor el viernes a las nueve',
    steps(
      step('draft-caption', { count: 3 }),
      step('schedule-post', { at: '2026-11-27T09:00', accounts: ['bluesky'] }),
    ),
  ),
  wish(
    'mixed',
    'fr',
    'Rédige trois légendes sur la carte d’hiver pour Bluesky et publie la meilleure vendredi à neuf heures',
    steps(
      step('draft-caption', { count: 3 }),
      step('schedule-post', { at: '2026-11-27T09:00', accounts: ['bluesky'] }),
    ),
  ),
];
