import { expect, test } from './app.ts';
import { findViolations } from './axe.ts';
import { chooseTheme, openPlace } from './window.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`every screen passes the accessibility check in ${theme}`, async ({ launch }) => {
    const { page } = await launch();
    await chooseTheme(page, theme);
    await openPlace(page, 'Review');
    await expect(page.getByText(/your country/).first()).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await page.keyboard.press('e');
    await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await openPlace(page, 'Library');
    await expect(page.getByText('Sample').first()).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await openPlace(page, 'Chat');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await openPlace(page, 'Activity');
    await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);

    await openPlace(page, 'Settings');
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    for (let index = 0; index < (await sections.count()); index += 1) {
      await sections.nth(index).click();
      await expect(sections.nth(index)).toHaveAttribute('aria-current', 'page');
      expect(await findViolations(page)).toEqual([]);
    }
  });
}
