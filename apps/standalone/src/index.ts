export { PEOPLE, serve, settingsFrom, SettingsInvalid, type ServeOptions, type Server, type Settings } from '@fascia/composition';
