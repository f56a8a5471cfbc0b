import { describe, expect, it } from 'vitest';
import { addRecording, ask, beginConversation, read } from '../fixtures/chat-harness.ts';
import { cardOf, openStudio } from '../fixtures/studio.ts';

describe('a recording that is named and not attached', () => {
  it('is found by its title, taken into the conversation, and the answer says which one it is', async () => {
    const studio = await openStudio();
    const assetId = addRecording(studio, 'Tower', ['There was a needle in the tower.']);
    studio.runtime.answerWith((reply) => {
      reply.say('In the tower [1].');
      reply.end();
    });
    const conversationId = await beginConversation(studio);
    const answer = await ask(studio, conversationId, 'Was there a needle in the Tower recording?');
    expect(answer.text).toBe('I read “Tower” for this, since you named it.\n\nIn the tower [1].');
    expect(answer.citations).toMatchObject([{ assetId, isNamed: true }]);
    expect((await read(studio, conversationId)).assets.map((asset) => asset.assetId)).toEqual([assetId]);
    const next = await ask(studio, conversationId, 'Was there a needle?');
    expect(next.text).toBe('In the tower [1].');
  });

  it.each(['"', '“', '«'])('is found by its title in quotation marks too: %s', async (mark) => {
    const closing = { '"': '"', '“': '”', '«': '»' }[mark] ?? '';
    const studio = await openStudio();
    const assetId = addRecording(studio, 'Tower', ['There was a needle in the tower.']);
    addRecording(studio, 'Boats', ['Nothing of the kind.']);
    const conversationId = await beginConversation(studio);
    const question = `Was there a needle in ${mark}Tower${closing}?`;
    const answer = await ask(studio, conversationId, question);
    expect(answer.citations).toMatchObject([{ assetId }]);
    expect((await read(studio, conversationId)).assets.map(({ title }) => title)).toEqual(['Tower']);
    // What is only quoted, and is no title, takes nothing along.
    const other = await beginConversation(studio);
    await ask(studio, other, `What do you think of ${mark}The Tower and the Boats were grand${closing}?`);
    expect((await read(studio, other)).assets).toEqual([]);
  });

  it('is asked about where several fit, and each choice names one', async () => {
    const studio = await openStudio();
    const wanted = addRecording(studio, 'Harbour walk, part two', ['Rye needs time.']);
    addRecording(studio, 'Harbour walk, part one', ['The oven is old.']);
    const conversationId = await beginConversation(studio);
    const question = cardOf(
      await ask(studio, conversationId, 'What did they say about rye in the harbour walk?'),
      'question',
    );
    expect(question.question).toBe('Several recordings fit. Which one is meant?');
    const choice = question.choices.find(({ label }) => label.endsWith('part two'));
    const answer = await ask(studio, conversationId, choice?.wish ?? '');
    expect(answer.text).toContain('“Harbour walk, part two”');
    expect((await read(studio, conversationId)).assets.map(({ assetId }) => assetId)).toEqual([wanted]);
  });

  it('does not come along because of a word of its title where another is attached', async () => {
    const studio = await openStudio();
    const attached = addRecording(studio, 'Tower', ['There was a needle in the tower.']);
    const conversationId = await beginConversation(studio, [attached]);
    await ask(studio, conversationId, 'What does she say in the interview?');
    expect((await read(studio, conversationId)).assets.map(({ assetId }) => assetId)).toEqual([attached]);
    await ask(studio, conversationId, 'And what does she say in the Berlin interview?');
    expect((await read(studio, conversationId)).assets.map(({ title }) => title)).toEqual([
      'Tower',
      'Berlin interview',
    ]);
  });
});

describe('a question about what was said, with nothing attached and nothing named', () => {
  it.each([
    ['What was planned for the bakery?', 'No recording is attached here'],
    ['Hat er die Bäckerei erwähnt?', 'Hier ist keine Aufnahme angehängt'],
  ])('is looked for in the whole library: %s', async (question, sentence) => {
    const studio = await openStudio();
    const assetId = addRecording(studio, 'Monday', [
      'For the bakery we planned a second oven. Die Bäckerei wird größer.',
    ]);
    const conversationId = await beginConversation(studio);
    const answer = await ask(studio, conversationId, question);
    expect(answer.text).toContain(sentence);
    const { assets, command, mode } = cardOf(answer, 'assets');
    expect([command, mode]).toEqual(['search-library', 'think']);
    expect(assets).toMatchObject([{ assetId, title: 'Monday' }]);
    expect(assets[0]?.detail).toMatch(/bakery|Bäckerei/u);
    expect(studio.runtime.asked).toEqual([]);
  });

  it('is talked about where the library has nothing on it', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const answer = await ask(studio, conversationId, 'What did she say about volcanoes?');
    expect([answer.text, answer.cards]).toEqual(['Hello', []]);
  });
});

describe('the assistant’s own sentences', () => {
  it('are in the language of the wish, with the date as it is written there', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const asked = await ask(studio, conversationId, 'Plane „Der Ofen ist an“ auf Bluesky ein');
    const question = cardOf(asked, 'question');
    expect(question.question).toBe('Wann?');
    expect(question.choices[0]?.label).toMatch(/^(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn).*, 09:00 Uhr$/u);
    expect(question.choices.map(({ label }) => label)).toContain('Jetzt');

    const proposed = await ask(studio, conversationId, 'morgen um 9 Uhr');
    expect(proposed.text).toMatch(/^Beitrag einplanen, .*, 09:00 Uhr: Das wartet auf deine Freigabe\.$/u);
    expect(cardOf(proposed, 'proposal').reason).toContain('Veröffentlichen ist eine Zusage');
  });

  it.each([
    ['Schedule the plan', 'There is no plan in this conversation yet.'],
    ['Plane den Plan ein', 'In diesem Gespräch gibt es noch keinen Plan.'],
    ['Programa el plan', 'Todavía no hay ningún plan en esta conversación.'],
    ['Programme le plan', 'Il n’y a pas encore de plan dans cette conversation.'],
  ])('say in it what cannot be done: %s', async (wish, sentence) => {
    const studio = await openStudio();
    const answer = await ask(studio, await beginConversation(studio), wish);
    expect(answer.text).toContain(sentence);
    expect(cardOf(answer, 'failure').error.userMessage).toBe(answer.text);
  });

  it('introduce in it what a command says in English, and are not in the way where the wish is English', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    const german = await ask(
      studio,
      conversationId,
      'Warum wurde der Beitrag Sunday brunch is back nicht veröffentlicht?',
    );
    const { cause } = cardOf(german, 'explanation').explanation;
    expect(german.text).toBe(`So steht es in den Aufzeichnungen (auf Englisch): ${cause}`);
    const english = await ask(studio, conversationId, 'Why was the Sunday brunch post not posted?');
    expect(english.text).toBe(cardOf(english, 'explanation').explanation.cause);
    await studio.runtime.kill();
    const refused = await ask(studio, conversationId, 'Gib mir Ideen für meine Bäckerei');
    expect(refused.text).toBe(
      `Das ging nicht. Longhand sagt dazu (auf Englisch): ${cardOf(refused, 'failure').error.userMessage}`,
    );
  });

  it('stay in it for an answer of a word or two, which tells no language', async () => {
    const studio = await openStudio();
    const conversationId = await beginConversation(studio);
    await ask(studio, conversationId, 'Programa «El horno está encendido» para mañana a las 9');
    const question = await ask(studio, conversationId, 'Mastodon');
    expect(question.text).toContain('espera tu aprobación');
  });

  it('say when it is scheduled, never that it was posted, where a standing grant lets it through', async () => {
    const studio = await openStudio();
    await studio.client.commands.createGrant({ command: 'schedule-post', principal: 'assistant' });
    const conversationId = await beginConversation(studio);
    const answer = await ask(
      studio,
      conversationId,
      'Programme « Le four est chaud » sur Bluesky demain à 9 h',
    );
    expect(answer.text).toBe('Programmer la publication : accepté.');
  });
});
