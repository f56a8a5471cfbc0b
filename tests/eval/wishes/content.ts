import { ask, step, steps, talk, wish, type Wish } from '../wish.ts';

const attached = (each: Wish): Wish => ({ ...each, assetIds: ['asset-berlin'] });

/** Questions about what was said, and small talk: answered in words, with and without a recording at hand. */
const questions = [
  wish('content', 'en', 'Was there a needle?', talk),
  wish('content', 'en', 'Are you there?', talk),
  wish('content', 'en', 'What did she say about the budget?', talk),
  wish('content', 'en', 'what did she say about the budget', talk),
  wish('content', 'en', 'What is the recording about?', talk),
  wish('content', 'en', 'Who speaks in the interview?', talk),
  wish('content', 'en', 'When do they mention the oven?', talk),
  wish('content', 'en', 'What happens after the intro?', talk),
  wish('content', 'en', 'What happened to the bakery?', talk),
  wish('content', 'en', 'Did something happen to the oven?', talk),
  wish('content', 'en', 'Which ideas does she mention?', talk),
  wish('content', 'en', 'What are the main ideas in this recording?', talk),
  wish('content', 'en', 'Did they mention the post office?', talk),
  wish('content', 'en', 'What does he plan to do next week?', talk),
  wish('content', 'en', 'What does the speaker say about analytics?', talk),
  wish('content', 'en', 'How did she do it?', talk),
  wish('content', 'en', 'What did she post about?', talk),
  wish('content', 'en', 'Is there anything about bread?', talk),
  wish('content', 'en', 'How many people were there?', talk),
  wish('content', 'en', 'Tell me what she said about money', talk),
  wish('content', 'en', 'What was planned for the bakery?', talk),
  wish('content', 'en', 'Thank you', talk),
  wish('content', 'en', 'How are you?', talk),
  wish('content', 'de', 'Was sagt sie über das Budget?', talk),
  wish('content', 'de', 'Gab es eine Nadel?', talk),
  wish('content', 'de', 'Hat er die Idee erklärt?', talk),
  wish('content', 'de', 'Bist du da?', talk),
  wish('content', 'de', 'Wer spricht in der Aufnahme?', talk),
  wish('content', 'de', 'Danke', talk),
  wish('content', 'es', '¿Qué dijo sobre el presupuesto?', talk),
  wish('content', 'es', '¿Había una aguja?', talk),
  wish('content', 'es', '¿De qué habla la grabación?', talk),
  wish('content', 'fr', 'Qu’a-t-elle dit sur le budget ?', talk),
  wish('content', 'fr', 'Y avait-il une aiguille ?', talk),
  wish('content', 'fr', 'De quoi parle l’enregistrement ?', talk),
];

/** With a recording at hand these are about it. */
const onlyAttached = [
  wish('content', 'en', 'What failed in the experiment?', talk),
  wish('content', 'en', 'Summarise this recording', talk),
  wish('content', 'en', 'Where in the recording do they talk about the oven?', talk),
  wish('content', 'en', 'Give me the quote about the oven', talk),
  wish('content', 'en', 'Can you explain what happened at the end?', talk),
  wish('content', 'en', 'What did they decide about the schedule?', talk),
  wish('content', 'en', 'What is running in the background noise?', talk),
];

/** These ask for what a command makes or does, whatever is attached. */
const stillCommands = [
  wish('content', 'en', 'Give me ideas', steps(step('generate-ideas'))),
  wish('content', 'en', 'Draft a caption', steps(step('draft-caption'))),
  wish('content', 'en', 'What is scheduled for tomorrow?', steps(step('look-up', { subject: 'schedule' }))),
  wish('content', 'en', 'Which accounts are connected?', steps(step('look-up', { subject: 'accounts' }))),
  wish('content', 'en', 'How did my posts do?', steps(step('summarise-analytics'))),
  wish('content', 'en', 'Why was this not posted?', steps(step('explain-what-happened'))),
  wish('content', 'en', 'What happened?', steps(step('explain-what-happened'))),
  wish('content', 'en', 'Are there any posts that failed?', steps(step('look-up', { subject: 'posts' }))),
  wish('content', 'en', 'What should I post about the oven?', steps(step('generate-ideas'))),
  wish('content', 'en', 'Can you post "The oven is old" on Bluesky?', ask('time')),
  wish(
    'content',
    'en',
    'Post "The oven is old" on Bluesky tomorrow at 10',
    steps(step('schedule-post', { at: '2026-11-26T10:00', accounts: ['bluesky'], text: 'The oven is old' })),
  ),
  wish('content', 'de', 'Was ist morgen geplant?', steps(step('look-up', { subject: 'schedule' }))),
  wish('content', 'fr', 'Pourquoi cela n’a pas été publié ?', steps(step('explain-what-happened'))),
];

export const contentWishes: Wish[] = [
  ...questions,
  ...[...questions, ...onlyAttached, ...stillCommands].map(attached),
];
