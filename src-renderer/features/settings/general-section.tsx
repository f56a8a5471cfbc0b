import { Monitor, Moon, Sun } from 'lucide-react';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { bridge } from '../../app/bridge.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { SettingRow, Toggle } from '../../ui/field.tsx';
import { formatLanguage } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { systemFirstWeekday } from '../../ui/week.ts';
import { knownZones, ownZone, zoneCity } from '../../ui/zone-time.ts';
import { weekdayTitle } from '../accounts/queue-slots.ts';
import { Group, Rows, RowsSkeleton } from './section-parts.tsx';
import { SelectRow } from './select-row.tsx';
import { useSettings } from './use-settings.ts';

const themes = [
  { value: 'system', label: 'System', icon: <Monitor /> },
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
] as const;

/** The languages most asked for; any other can still be detected. */
const languageCodes = [
  'ar',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'he',
  'hi',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
];
const languages = languageCodes
  .map((code) => [code, formatLanguage(code)] as const)
  .sort(([, one], [, other]) => one.localeCompare(other));

const weekBegins: readonly (readonly [Settings['firstWeekday'], string])[] = [
  ['system', `This computer: ${weekdayTitle(systemFirstWeekday(bridge.info.systemLanguage), 'long')}`],
  ['monday', 'Monday'],
  ['sunday', 'Sunday'],
  ['saturday', 'Saturday'],
];

/** What is chosen already is among them, also where it is a rare one. */
function languageChoices(chosen: string): (readonly [string, string])[] {
  const isListed = chosen === 'auto' || languageCodes.includes(chosen);
  return [
    ['auto', 'Detect automatically'],
    ...(isListed ? [] : [[chosen, formatLanguage(chosen)] as const]),
    ...languages,
  ];
}

function zoneChoices(): (readonly [string, string])[] {
  return [
    ['', `This computer: ${zoneCity(ownZone())}`],
    ...knownZones()
      .toSorted()
      .map((zone) => [zone, zone.replaceAll('_', ' ')] as const),
  ];
}

export function GeneralSection() {
  const { settings, error, retry, change } = useSettings();
  if (settings === undefined) {
    return error === null ? (
      <RowsSkeleton count={4} />
    ) : (
      <ErrorNotice error={toErrorDto(error)} retry={retry} />
    );
  }
  return (
    <>
      <Group title="Appearance">
        <Rows>
          <SettingRow title="Theme" description="System follows the setting of your computer.">
            {() => (
              <Segmented
                label="Theme"
                value={settings.theme}
                options={themes}
                onChange={(theme) => change({ theme })}
              />
            )}
          </SettingRow>
        </Rows>
      </Group>
      <Group title="In the background">
        <Rows>
          <SettingRow
            title="Keep working when the window is closed"
            description="An icon stays in the tray. Otherwise work stops with the window, and goes on the next time."
          >
            {({ labelId, descriptionId }) => (
              <Toggle
                labelledBy={labelId}
                describedBy={descriptionId}
                isOn={settings.keepRunningInBackground}
                onChange={(keepRunningInBackground) => change({ keepRunningInBackground })}
              />
            )}
          </SettingRow>
          <SettingRow
            title="Notifications"
            description="When a recording is ready for review, or something needs you."
          >
            {({ labelId, descriptionId }) => (
              <Toggle
                labelledBy={labelId}
                describedBy={descriptionId}
                isOn={settings.showNotifications}
                onChange={(showNotifications) => change({ showNotifications })}
              />
            )}
          </SettingRow>
        </Rows>
      </Group>
      <Group title="Time">
        <Rows>
          <SelectRow
            title="Time zone"
            description="Of the calendar, and of what you schedule. Posts keep the zone they were given."
            value={settings.timeZone ?? ''}
            choices={zoneChoices()}
            onChange={(zone) => change({ timeZone: zone === '' ? null : zone })}
          />
          <SelectRow
            title="Weeks begin on"
            description="In the calendar, and where days are picked for a queue."
            value={settings.firstWeekday}
            choices={weekBegins}
            onChange={(firstWeekday) => change({ firstWeekday })}
          />
        </Rows>
      </Group>
      <Group title="Transcription">
        <Rows>
          <SelectRow
            title="Spoken language"
            description="Detected for each recording, unless you choose one."
            value={settings.transcriptionLanguage}
            choices={languageChoices(settings.transcriptionLanguage)}
            onChange={(transcriptionLanguage) => change({ transcriptionLanguage })}
          />
          <SettingRow
            title="Write title, summary and chapters"
            description="With the local model, once a recording is transcribed. What you wrote yourself is kept."
          >
            {({ labelId, descriptionId }) => (
              <Toggle
                labelledBy={labelId}
                describedBy={descriptionId}
                isOn={settings.describeAutomatically}
                onChange={(describeAutomatically) => change({ describeAutomatically })}
              />
            )}
          </SettingRow>
        </Rows>
      </Group>
      <p className="text-xs text-ink-faint">
        Longhand {bridge.info.version}. Everything is worked out on this computer.
      </p>
    </>
  );
}
