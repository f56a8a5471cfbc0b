import type { Phrases } from './phrase-types.ts';

const steersLoop = 'It steers a loop that runs by itself, so it goes through the same pipeline.';

export const english: Phrases = {
  momentFormat: 'cccc d LLLL, HH:mm',
  dayFormat: 'cccc d LLLL',

  reasonOfMode: {
    think: 'Thinking changes nothing outside this conversation, so it is answered at once.',
    commit:
      'It changes something outside this conversation, so it is recorded, runs as a workflow, and waits for your approval.',
    loop: 'It goes on by itself after this conversation, so it is a loop that survives restarts, and waits for your approval.',
  },
  reasonOf: {
    'schedule-post':
      'Publishing is a real-world commitment that must survive a restart, so it runs as a workflow and waits for your approval.',
    'schedule-plan':
      'Each post of the plan is a commitment of its own, so each runs as a workflow; one approval covers them all.',
    'reschedule-post':
      'It changes a commitment that is already running, so the change goes through the same workflow.',
    'cancel-post': 'It ends a commitment that is already running, so it goes through the same workflow.',
    'delete-published-post':
      'It takes something down that others have seen, for good, so it runs as a workflow and waits for your approval.',
    'describe-asset': 'It takes minutes and must survive a restart, so it runs as a workflow.',
    'watch-folder':
      'It goes on day after day until you stop it, so it is a loop that survives every restart.',
    'pause-watch-folder': steersLoop,
    'resume-watch-folder': steersLoop,
    'remove-watch-folder': 'It ends a loop that runs by itself, so it goes through the same pipeline.',
  },

  deeds: {
    'schedule-post': 'Schedule the post',
    'schedule-plan': 'Schedule the plan',
    'reschedule-post': 'Move the post',
    'cancel-post': 'Cancel the post',
    'delete-published-post': 'Delete the published post',
    'describe-asset': 'Describe the recording again',
    'watch-folder': 'Watch the folder',
    'pause-watch-folder': 'Pause watching the folder',
    'resume-watch-folder': 'Go on watching the folder',
    'remove-watch-folder': 'Stop watching the folder',
  },
  waitsForApproval: (deed, moment) =>
    moment === undefined
      ? `${deed}: this waits for your approval.`
      : `${deed}, ${moment}: this waits for your approval.`,
  scheduledFor: (moment) => `Scheduled for ${moment}.`,
  accepted: (deed) => `${deed}: accepted.`,

  nothingDone: 'All right. Nothing was done.',
  introduce: { error: (said) => said, cause: (said) => said, numbers: (said) => said },
  noAccountYet: 'No account is connected yet.',
  connectOne: 'Nothing was changed. Connect one under Settings, Accounts, then ask again.',
  noPlanYet: 'There is no plan in this conversation yet. Nothing was changed. Ask for a plan first.',
  planWithoutAccounts:
    'The plan has no accounts. Nothing was changed. Connect one, then ask for the plan again.',
  shownAlready: 'That was shown already, so I stop here.',
  stoppedAfterSteps: (count) => `I stopped after ${count} steps.`,
  cutShort: {
    steps: (count) =>
      `The assistant stopped after ${count} steps. What is shown was done; the rest was not. Ask for it on its own.`,
    time: 'The assistant stopped because it took too long. What is shown was done; the rest was not. Ask for it on its own.',
  },

  notSure: 'I am not sure what you would like. Is it one of these?',
  offers: {
    'generate-ideas': { label: 'Give me ideas', wish: 'Give me ideas' },
    'draft-caption': { label: 'Draft a caption', wish: 'Draft a caption' },
    'preview-plan': { label: 'Plan my week', wish: 'Plan my week' },
    'look-up': { label: 'Show what is scheduled', wish: 'What is scheduled?' },
    'search-library': { label: 'Search the library', wish: 'Search my recordings' },
    'read-metadata': { label: 'About a recording', wish: 'Tell me about this recording' },
    'summarise-analytics': { label: 'How did my posts do?', wish: 'How did my posts do?' },
    'explain-what-happened': { label: 'What happened?', wish: 'What happened?' },
    'list-activity': { label: 'What is running?', wish: 'What is running right now?' },
  },

  aboutWhat: {
    'generate-ideas': 'What are the ideas for? Say in a sentence what you offer and to whom.',
    'draft-caption': 'What is the caption about?',
    'preview-plan': 'What is the plan about?',
  },
  whichRecording: 'Which recording?',
  whichOfRecordings: 'Several recordings fit. Which one is meant?',
  whichFolder: 'Which folder? Give its whole path.',
  whichWatchedFolder: 'Which watched folder?',
  whatText: 'What should the post say? You can also name a draft.',
  whichPost: 'Which post?',
  noPostToChange: 'Which post? There is none that could be changed right now.',
  whichAccount: 'On which account?',
  noAccountOn: (platform) => `You have no account on ${platform} yet.`,
  allAccounts: { label: 'All of them', wish: 'on all accounts' },
  when: 'When?',
  nextSlot: { label: 'In the next free slot', wish: 'in the next free slot' },
  now: { label: 'Now', wish: 'now' },
  unclearTime: {
    several: 'More than one time is named. Which one is meant?',
    twice: 'The clocks are set back then, so this time comes twice. Which one is meant?',
    skipped: 'The clocks are set forward then, so this time does not exist. When should it be?',
    'which-day': 'Which day is meant?',
    'part-of-day': 'In the morning or in the afternoon?',
  },
  noHour: (day) => `At what time on ${day}?`,
  hasPassed: (moment) => `${moment} has passed. When should it be?`,

  ideas: (count) => (count === 1 ? 'Here is an idea.' : `Here are ${count} ideas.`),
  captions: (learnedFromCount) =>
    `Here are the captions, within what each platform takes.${learnedFromCount === 0 ? '' : ` Their tone is that of ${learnedFromCount} of your posts.`}`,
  plan: (postCount) =>
    `A plan of ${postCount} ${postCount === 1 ? 'post' : 'posts'}. Nothing of it is committed.`,
  endedEarly: 'My time was up before the model had written more. Ask again for the rest.',
  found: (count) => (count === 1 ? 'There is one.' : `There are ${count}.`),
  recordings: (count) =>
    count === 0 ? 'No recording fits.' : count === 1 ? 'One recording fits.' : `${count} recordings fit.`,
  lookedThroughLibrary: (count) =>
    `No recording is attached here, so I looked through the library: ${count === 1 ? 'one speaks of this' : `${count} speak of this`}. Name one, or attach it, to ask about what was said.`,
  usingRecording: (title) => `I read “${title}” for this, since you named it.`,
  emptyLookUp: {
    posts: 'There are no such posts.',
    accounts: 'No account is connected yet. Connect one under Settings, Accounts.',
    schedule: 'Nothing is planned then.',
  },
  recordingLength: (minutes) => `It is about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} long.`,
  nothingRunning: 'Nothing is running right now.',
};
