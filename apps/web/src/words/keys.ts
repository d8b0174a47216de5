/** Words of whoever keeps the keys: which master keys there are, what each is needed for, and turning the current one over. */
export const keys = {
  title: 'Keys',
  about:
    'What is said of a person is sealed with a key of theirs, and that key is wrapped under a master key. Nobody sees a key here: ids and numbers only.',
  current: 'The current master key, under which new keys are wrapped:',
  masters: 'Master keys',
  columns: { id: 'Master key', keys: 'People’s keys under it', state: 'State' },
  states: {
    current: 'Current',
    older_one: 'Here, but older: still needed for {{count}} key',
    older_other: 'Here, but older: still needed for {{count}} keys',
    backups: 'Here, but older: needed for backups of before alone',
    missing: 'Not here',
  },
  missingText:
    'What is sealed with these keys cannot be opened by the process that answers. Unless another process made the master key a moment ago, put it back: the key file, or in FASCIA_KEYS after the current one, and start every process with it.',
  erasedTitle: 'Erased people',
  erasedNobody: 'Nobody was erased.',
  erased_one: '{{count}} person was erased: their key was taken away.',
  erased_other: '{{count}} people were erased: their keys were taken away.',
  erasedText:
    'What the log says of them stays sealed for ever. Lists made before may hold their names until they are rebuilt, and backups of before still hold their keys.',
  turn: 'Turn the master key over',
  steps: {
    newKey:
      'Where the key file is Fascia’s own, a new master key is made and put first in it. Where FASCIA_KEYS gives the keys, put a new one before the others and start every process with it before you go on.',
    goesOn:
      'Some keys are not under the current master key: it goes on with those that can be opened, and makes no new master key.',
    wrapped:
      'Every person’s key is wrapped anew under the current master key. What is said of people is not touched, and nothing is decrypted for anybody.',
    backups: 'Backups of before still need the old master key: keep it with them.',
    takesLong:
      'It may take a while; nothing has to be stopped meanwhile. If there is no answer within half a minute, it goes on all the same, and the table shows when it is over.',
  },
  confirm: 'Turn it over now',
  turned: {
    rewrapped_one: '{{count}} key was wrapped anew.',
    rewrapped_other: '{{count}} keys were wrapped anew.',
    newKey:
      'A new master key was made: keep a copy of the key file, apart from the backups of the database. Keep the old one with the backups of before.',
    noNewKey:
      'No new master key was made: it went on with keys that were under another one, or FASCIA_KEYS gives the keys. There a new one is put first, before the others, every process is started with it, and then this is asked once more.',
    damaged_one: '{{count}} key is damaged',
    damaged_other: '{{count}} keys are damaged',
    damagedText:
      'They do not open under the master key that they name, and were left as they are. Restore these rows of sealing.subject_key from a backup, then turn over once more.',
  },
  unheard: 'No answer came',
  unheardText:
    'If it has begun, it goes on all the same, and is over once no key is under an older master key. The table is asked again every few seconds: look there before you turn it over once more, as that may make one more master key.',
} as const;
