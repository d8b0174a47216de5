import { placeOf, returned } from './place.js';

describe('where somebody goes on after signing in', () => {
  it.each(['/', '/referrals', '/referrals?show=mine', '/referrals/0198d0a0-0000-7000-8000-000000000001'])(
    'is where they were: %s',
    (place) => {
      expect(placeOf(place)).toBe(place);
    },
  );

  it.each([
    ['another site', 'https://evil.example/'],
    ['another site by two slashes', '//evil.example/'],
    ['another site by a backslash', String.raw`/\evil.example`],
    ['a script', 'javascript:alert(1)'],
    ['the way back itself, which would go round', '/signed-in?state=x'],
    ['nothing', undefined],
    ['something else', { path: '/' }],
  ])('is never %s', (_what, state) => {
    expect(placeOf(state)).toBe('/');
  });
});

describe('where somebody goes on after a screen was covered', () => {
  const state = { to: '/referrals/0198d0a0-0000-7000-8000-000000000001', of: 'one' };

  it('is where they were', () => {
    expect(returned(state, 'one')).toEqual({ place: state.to, another: false });
    expect(returned({ to: state.to }, 'anybody')).toEqual({ place: state.to, another: false });
  });

  it('is not where somebody else was', () => {
    expect(returned(state, 'other')).toEqual({ place: '/', another: true });
    expect(returned(null, 'other')).toEqual({ place: '/', another: false });
  });
});
