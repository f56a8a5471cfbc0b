import { Monitor, Moon, Sun } from 'lucide-react';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { bridge } from '../../app/bridge.ts';
import { toErrorDto } from '../../app/command-error.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Select, SettingRow, Toggle } from '../../ui/field.tsx';
import { formatLanguage } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { systemFirstWeekday } from '../../ui/week.ts';
import { knownZones, ownZone, zoneCity } from '../../ui/zone-time.ts';
import { weekdayTitle } from '../accounts/queue-slots.ts';
import { Group, Rows, RowsSkeleton } from './section-parts.tsx';
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
  .map((code) => ({ code, name: formatLanguage(code) }))
  .sort((one, other) => one.name.localeCompare(other.name));

const weekBegins: Record<Settings['firstWeekday'], string> = {
  system: `This computer: ${weekdayTitle(systemFirstWeekday(bridge.info.systemLanguage), 'long')}`,
  monday: 'Monday',
  sunday: 'Sunday',
  saturday: 'Saturday',
};

export function GeneralSection() {
  const { settings, error, retry, change } = useSettings();
  if (settings === undefined) {
    return error === null ? (
      <RowsSkeleton count={4} />
    ) : (
      <ErrorNotice error={toErrorDto(error)} retry={retry} />
    );
  }
  const isListed =
    languageCodes.includes(settings.transcriptionLanguage) || settings.transcriptionLanguage === 'auto';
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
          <SettingRow
            title="Time zone"
            description="Of the calendar, and of what you schedule. Posts keep the zone they were given."
          >
            {({ descriptionId }) => (
              <Select
                aria-label="Time zone"
                aria-describedby={descriptionId}
                className="w-56"
                value={settings.timeZone ?? ''}
                onChange={({ target }) => change({ timeZone: target.value === '' ? null : target.value })}
              >
                <option value="">This computer: {zoneCity(ownZone())}</option>
                {knownZones()
                  .toSorted()
                  .map((zone) => (
                    <option key={zone} value={zone}>
                      {zone.replaceAll('_', ' ')}
                    </option>
                  ))}
              </Select>
            )}
          </SettingRow>
          <SettingRow
            title="Weeks begin on"
            description="In the calendar, and where days are picked for a queue."
          >
            {({ descriptionId }) => (
              <Select
                aria-label="Weeks begin on"
                aria-describedby={descriptionId}
                className="w-56"
                value={settings.firstWeekday}
                onChange={({ target }) => change({ firstWeekday: target.value as Settings['firstWeekday'] })}
              >
                {Object.entries(weekBegins).map(([value, title]) => (
                  <option key={value} value={value}>
                    {title}
                  </option>
                ))}
              </Select>
            )}
          </SettingRow>
        </Rows>
      </Group>
      <Group title="Transcription">
        <Rows>
          <SettingRow
            title="Spoken language"
            description="Detected for each recording, unless you choose one."
          >
            {({ descriptionId }) => (
              <Select
                aria-label="Spoken language"
                aria-describedby={descriptionId}
                value={settings.transcriptionLanguage}
                onChange={(event) => change({ transcriptionLanguage: event.target.value })}
              >
                <option value="auto">Detect automatically</option>
                {isListed ? null : (
                  <option value={settings.transcriptionLanguage}>
                    {formatLanguage(settings.transcriptionLanguage)}
                  </option>
                )}
                {languages.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </SettingRow>
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
