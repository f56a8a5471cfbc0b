import { describe, expect, it } from 'vitest';
import { locationFromTags, parseIso6709 } from './parse-location.ts';

describe('location', () => {
  it.each([
    ['+48.8577+002.2950+035.0/', 48.8577, 2.295, 35],
    ['+27.5916+086.5640+8850CRSWGS_84/', 27.5916, 86.564, 8850],
    ['-33.8568+151.2153/', -33.8568, 151.2153, null],
    ['+4851.462+00217.700/', 48.8577, 2.295, null],
    ['-121543.5-0770130.0', -12.262083, -77.025, null],
  ])('reads %s', (text, latitude, longitude, altitudeM) => {
    const location = parseIso6709(text);
    expect(location?.latitude).toBeCloseTo(latitude, 5);
    expect(location?.longitude).toBeCloseTo(longitude, 5);
    expect(location?.altitudeM).toBe(altitudeM);
  });

  it.each(['', 'Paris', '+00.0000+000.0000/', '+95.0000+010.0000/', '+10.0000+190.0000/', '+1+2/'])(
    'takes "%s" for no location',
    (text) => {
      expect(parseIso6709(text)).toBeNull();
    },
  );

  it('prefers the more exact of two tags', () => {
    const tags = {
      location: '+10.0000+010.0000/',
      'com.apple.quicktime.location.iso6709': '+48.8577+002.2950/',
    };
    expect(locationFromTags(tags)?.latitude).toBe(48.8577);
    expect(locationFromTags({ title: 'x' })).toBeNull();
  });
});
